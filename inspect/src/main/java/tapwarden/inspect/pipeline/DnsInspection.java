package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsMessage.Section;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.detect.Lookup;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.HashKey;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.names.NameCache;
import tapwarden.inspect.protocol.dns.DnsAnalyser;
import tapwarden.inspect.protocol.dns.DnsEve;
import tapwarden.inspect.protocol.dns.DnsKind;
import tapwarden.inspect.wire.IpAddress;

/**
 * What one worker does with DNS: events, names for contacts, and look-ups for detectors. A look-up
 * becomes objects only when something in it is on a list.
 */
final class DnsInspection {
  /** Most aliases and addresses of one answer that detectors are shown. */
  private static final int MOST_SHOWN = 32;

  private final InspectionOptions options;
  private final Ownership ownership;
  private final ContactJudge judge;
  private final ContactWatch.Out out;
  private final EveLines lines;
  private final DnsAnalyser analyser;
  private final DnsEve eve;
  private final NameCache names;
  private @Nullable Flow flow;
  private boolean toServer;

  DnsInspection(
      InspectionOptions options,
      Ownership ownership,
      ContactJudge judge,
      ContactWatch.Out out,
      EveLines lines,
      HashKey key,
      CounterBlock counters) {
    this.options = options;
    this.ownership = ownership;
    this.judge = judge;
    this.out = out;
    this.lines = lines;
    analyser = new DnsAnalyser(counters, this::onMessage);
    eve = new DnsEve(options.dnsVersion() == 3 ? DnsEve.Version.V3 : DnsEve.Version.V2);
    int capacity = NameCache.DEFAULT_CAPACITY / options.ring().workers();
    names = new NameCache(capacity, key.second(), counters);
  }

  static boolean concerns(Packet packet) {
    return packet.payloadLength() > 0 && DnsAnalyser.kindOf(packet) != null;
  }

  void inspect(Packet packet, Flow carrier, boolean sentByClient) {
    flow = carrier;
    toServer = sentByClient;
    analyser.analyse(packet);
    flow = null;
  }

  /** The name under which the local address knows the remote one, or null. */
  @Nullable String nameOf(
      int version, long localHigh, long localLow, long remoteHigh, long remoteLow, long nowNanos) {
    return names.nameOf(version, localHigh, localLow, version, remoteHigh, remoteLow, nowNanos);
  }

  private void onMessage(DnsKind kind, Packet packet, DnsMessage message) {
    Flow carrier = flow;
    if (carrier == null) {
      return;
    }
    if (options.events().dns()) {
      write(kind, packet, message, carrier);
    }
    if (kind != DnsKind.DNS || message.count(Section.QUESTION) == 0) {
      return;
    }
    if (message.isResponse()) {
      learn(packet, message);
    }
    if (mayBeListed(message)) {
      show(packet, message, carrier);
    }
  }

  private void write(DnsKind kind, Packet packet, DnsMessage message, Flow carrier) {
    FlowSnapshot snapshot = carrier.snapshot(null);
    int events = eve.events(kind, message);
    for (int i = 0; i < events; i++) {
      JsonWriter json =
          lines.beginProtocol(kind.word(), packet, snapshot, toServer, out.nextOrder());
      eve.write(json, kind, message, i, 0);
      lines.endProtocol(json);
    }
  }

  private void learn(Packet packet, DnsMessage message) {
    int question = message.first(Section.QUESTION);
    int first = message.first(Section.ANSWER);
    int end = first + message.count(Section.ANSWER);
    for (int i = first; i < end; i++) {
      int version = message.addressVersion(i);
      if (version != 0) {
        names.learn(
            packet.ipVersion(),
            packet.destinationHigh(),
            packet.destinationLow(),
            version,
            message.addressHigh(i),
            message.addressLow(i),
            message.lowerNames(),
            message.nameStart(question),
            message.nameLength(question),
            packet.timestampNanos());
      }
    }
  }

  private boolean mayBeListed(DnsMessage message) {
    IndicatorSet set = options.indicators().get();
    if (set.isEmpty()) {
      return false;
    }
    int question = message.first(Section.QUESTION);
    byte[] text = message.lowerNames();
    if (set.matchName(text, message.nameStart(question), message.nameLength(question)) >= 0) {
      return true;
    }
    int first = message.first(Section.ANSWER);
    int end = message.isResponse() ? first + message.count(Section.ANSWER) : first;
    for (int i = first; i < end; i++) {
      int version = message.addressVersion(i);
      if (version != 0
          ? set.matchAddress(version, message.addressHigh(i), message.addressLow(i), 0) >= 0
          : message.hasTarget(i)
              && set.matchName(text, message.targetStart(i), message.targetLength(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private void show(Packet packet, DnsMessage message, Flow carrier) {
    boolean response = message.isResponse();
    List<String> aliases = new ArrayList<>();
    List<IpAddress> addresses = new ArrayList<>();
    int first = message.first(Section.ANSWER);
    int end = response ? first + message.count(Section.ANSWER) : first;
    for (int i = first; i < end; i++) {
      int version = message.addressVersion(i);
      if (version != 0 && addresses.size() < MOST_SHOWN) {
        addresses.add(new IpAddress(version, message.addressHigh(i), message.addressLow(i)));
      } else if (message.type(i) == DnsType.CNAME && aliases.size() < MOST_SHOWN) {
        aliases.add(message.target(i).toLowerCase(java.util.Locale.ROOT));
      }
    }
    String asked = message.name(message.first(Section.QUESTION)).toLowerCase(java.util.Locale.ROOT);
    Lookup lookup =
        new Lookup(
            client(packet, !response),
            response,
            asked,
            aliases,
            addresses,
            packet.number(),
            packet.timestampNanos());
    judge.lookup(lookup, carrier.snapshot(null));
    for (Finding finding : judge.findings()) {
      carrier.userFlags(carrier.userFlags() | Flow.ALERTED);
      out.finding(finding, out.nextOrder(), packet, carrier.ownerIndex());
    }
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
