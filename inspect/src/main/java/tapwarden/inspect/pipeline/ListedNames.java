package tapwarden.inspect.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.codec.dns.AnswerAddresses;
import tapwarden.inspect.codec.dns.CnameChain;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsMessage.Section;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.detect.Contact.SaidName;
import tapwarden.inspect.detect.Lookup;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.intel.NameMatcher;
import tapwarden.inspect.names.ListedLookups;
import tapwarden.inspect.wire.IpAddress;

/**
 * What one worker finds on lists in DNS messages, and in other requests for a name. A request
 * becomes objects only when something in it is listed.
 */
final class ListedNames {
  /** Most addresses, and most names, of one answer that detectors are shown. */
  private static final int MOST_SHOWN = 32;

  private final InspectionOptions options;
  private final Ownership ownership;
  private final ContactJudge judge;
  private final ContactWatch.Out out;
  private final ListedLookups told;
  private final CnameChain chain;
  private final AnswerAddresses answers;
  private final NameMatcher names;

  /**
   * @param chain follows the message at hand
   * @param answers to go through addresses with
   * @param names the worker's own
   */
  ListedNames(
      InspectionOptions options,
      Ownership ownership,
      ContactJudge judge,
      ContactWatch.Out out,
      ListedLookups told,
      CnameChain chain,
      AnswerAddresses answers,
      NameMatcher names) {
    this.options = options;
    this.ownership = ownership;
    this.judge = judge;
    this.out = out;
    this.told = told;
    this.chain = chain;
    this.answers = answers;
    this.names = names;
  }

  /** Whether the question is listed or, if it is the first, anything in the answer. */
  boolean isListed(Packet packet, DnsMessage message, int question) {
    names.begin(packet.number());
    return questionIsListed(message, question) || (question == 0 && answerMayBeListed(message));
  }

  private boolean answerMayBeListed(DnsMessage message) {
    IndicatorSet set = options.indicators().get();
    if (set.isEmpty()) {
      return false;
    }
    byte[] text = message.lowerNames();
    for (int i = 1; i < chain.count(); i++) {
      if (names.match(set, text, chain.start(i), chain.length(i)) >= 0) {
        return true;
      }
    }
    if (!message.isResponse()) {
      return false;
    }
    if (nextListedTarget(message, set, message.first(Section.ANSWER)) >= 0) {
      return true;
    }
    answers.of(message);
    while (answers.next()) {
      if (chain.ownerOf(message, answers.entry()) >= 0
          && set.matchAddress(answers.version(), answers.high(), answers.low(), 0) >= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The first answer from that entry on whose data has a listed name, or -1: a server that serves
   * the name asked for (MX, NS, SRV, SVCB, HTTPS), or the name of an address (PTR). Those of
   * aliases are in the chain.
   */
  private int nextListedTarget(DnsMessage message, IndicatorSet set, int from) {
    int end = message.first(Section.ANSWER) + message.count(Section.ANSWER);
    for (int e = from; e < end; e++) {
      int type = message.type(e);
      if (message.hasTarget(e)
          && type != DnsType.CNAME
          && type != DnsType.SOA
          && chain.ownerOf(message, e) >= 0
          && names.match(set, message.lowerNames(), message.targetStart(e), message.targetLength(e))
              >= 0) {
        return e;
      }
    }
    return -1;
  }

  private boolean questionIsListed(DnsMessage message, int question) {
    IndicatorSet set = options.indicators().get();
    return names.match(
            set, message.lowerNames(), message.nameStart(question), message.nameLength(question))
        >= 0;
  }

  /**
   * Shows detectors a question and, with the first one, what it was answered.
   *
   * @param query fingerprint of the query that the packet is, or answers
   */
  void show(Packet packet, DnsMessage message, int question, Flow carrier, long query) {
    boolean response = message.isResponse();
    boolean answered = response && question == 0;
    Lookup lookup =
        new Lookup(
            client(packet, !response),
            response ? "was resolved" : "was looked up",
            lowerName(message, message.nameStart(question), message.nameLength(question)),
            null,
            answered ? aliases(message) : List.of(),
            answered ? targets(message) : List.of(),
            answered ? addresses(message) : List.of(),
            packet.number(),
            packet.timestampNanos());
    judge.lookup(lookup, carrier.snapshot(null));
    report(packet, carrier, lookup, query);
  }

  private void report(Packet packet, Flow carrier, Lookup lookup, long query) {
    for (Finding found : judge.findings()) {
      String what = found.signature().detector() + '|' + found.endpoint().key();
      boolean isNew =
          told.isNew(carrier.flowId(), query, lookup.name(), what, packet.timestampNanos());
      Finding finding = isNew ? found : found.with(Finding.News.PROGRESS);
      carrier.userFlags(carrier.userFlags() | Flow.ALERTED);
      out.finding(finding, out.nextOrder(), null, packet, carrier.ownerIndex());
    }
  }

  /**
   * A client asks somebody at home, such as a proxy, for a listed name or address.
   *
   * @param packet the one that says so
   */
  void askedFor(Packet packet, Flow carrier, boolean sentByClient, SaidName said) {
    Lookup lookup =
        new Lookup(
            client(packet, sentByClient),
            "was asked for (" + said.source() + ')',
            said.name(),
            said,
            List.of(),
            List.of(),
            List.of(),
            packet.number(),
            packet.timestampNanos());
    judge.lookup(lookup, carrier.snapshot(null));
    report(packet, carrier, lookup, 0);
  }

  private List<String> aliases(DnsMessage message) {
    List<String> aliases = new ArrayList<>();
    for (int i = 1; i < chain.count(); i++) {
      aliases.add(lowerName(message, chain.start(i), chain.length(i)));
    }
    return aliases;
  }

  private List<String> targets(DnsMessage message) {
    IndicatorSet set = options.indicators().get();
    List<String> targets = new ArrayList<>();
    int e = nextListedTarget(message, set, message.first(Section.ANSWER));
    while (e >= 0 && targets.size() < MOST_SHOWN) {
      String target = lowerName(message, message.targetStart(e), message.targetLength(e));
      if (!targets.contains(target)) {
        targets.add(target);
      }
      e = nextListedTarget(message, set, e + 1);
    }
    return targets;
  }

  private static String lowerName(DnsMessage message, int start, int length) {
    return new String(message.lowerNames(), start, length, StandardCharsets.ISO_8859_1);
  }

  private List<IpAddress> addresses(DnsMessage message) {
    List<IpAddress> addresses = new ArrayList<>();
    answers.of(message);
    while (addresses.size() < MOST_SHOWN && answers.next()) {
      if (chain.ownerOf(message, answers.entry()) >= 0) {
        addresses.add(new IpAddress(answers.version(), answers.high(), answers.low()));
      }
    }
    return addresses;
  }

  private Subject client(Packet packet, boolean source) {
    Equipment equipment = ownership.resolve(packet, source);
    return ContactWatch.subject(
        equipment,
        ownership.identifiedBy(),
        packet.ipVersion(),
        source ? packet.sourceHigh() : packet.destinationHigh(),
        source ? packet.sourceLow() : packet.destinationLow());
  }
}
