package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowChange;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.dns.DnsKind;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The flows of datagrams of one worker: finds the protocol in one of the first datagrams, and lets
 * its analyser read the others.
 */
final class DatagramInspection {
  /** In how many packets of a flow a protocol is looked for. */
  static final int MOST_TRIED_DATAGRAMS = 8;

  /**
   * How often a flow that something else was found in is asked again whether it is TLS's after all.
   */
  static final int MOST_LATE_TRIES = 8;

  private static final int QUIC = ProtocolRegistry.numberOf("quic");
  private static final int DTLS = ProtocolRegistry.numberOf("dtls");
  private static final int DNS = ProtocolRegistry.numberOf(DnsKind.DNS);

  private final DnsInspection dns;
  private final ProtocolReport report;
  private final CounterBlock counters;
  private final Recogniser recogniser;
  private final StreamMemory memory;
  private final Opening opening = new Opening();
  private final ConversationPool pool;

  /**
   * @param capacity most flows that are followed at a time
   */
  DatagramInspection(
      int capacity,
      Recogniser recogniser,
      StreamMemory memory,
      CounterBlock counters,
      DnsInspection dns,
      ProtocolReport report) {
    this.dns = dns;
    this.recogniser = recogniser;
    this.memory = memory;
    this.counters = counters;
    this.report = report;
    pool = new ConversationPool(capacity);
  }

  /**
   * A UDP datagram that is whole, and what it did to its flow.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  void inspect(Packet packet, Flow flow, int change, boolean carried) {
    int slot = flow.stream();
    if (packet.payloadLength() == 0) {
      return;
    }
    boolean toServer = (change & FlowChange.TO_SERVER) != 0;
    Conversation conversation = slot >= 0 ? pool.at(slot) : null;
    if (conversation == null) {
      boolean isPassed = (change & FlowChange.FIRST_PAYLOAD) == 0 && isUnknown(flow);
      if (isPassed && !takesOver(packet, flow, toServer)) {
        return;
      }
      conversation = meet(packet, flow, toServer);
    } else if (takesOver(packet, flow, toServer)) {
      report.enter(packet, flow, conversation, carried);
      end(flow, conversation);
      report.leave();
      conversation = meet(packet, flow, toServer);
    }
    if (conversation == null) {
      return;
    }
    DatagramReader reader = conversation.datagrams;
    if (reader == null) {
      return;
    }
    boolean seenToServer = toServer ^ conversation.turned;
    report.enter(packet, flow, conversation, carried);
    dns.enter(flow, toServer, carried);
    boolean more =
        reader.datagram(
            report, seenToServer, packet.segment(), packet.payloadOffset(), packet.payloadLength());
    if (!more || conversation.over) {
      end(flow, conversation);
    }
    dns.leave();
    report.leave();
  }

  /**
   * Another reading of a datagram than the one that was inspected: a reader of its own looks for
   * names that are listed, and nothing else is made of it.
   */
  void search(Packet packet, Flow flow, int change, boolean carried) {
    boolean toServer = (change & FlowChange.TO_SERVER) != 0;
    opening
        .flow(false, flow.clientPort(), flow.serverPort())
        .bytes(toServer, packet.segment(), packet.payloadOffset(), packet.payloadLength());
    int number = recognise();
    DatagramReader reader = number == ProtocolRegistry.NONE ? null : newReader(number, null);
    if (reader == null) {
      return;
    }
    Conversation aside = new Conversation(-1);
    aside.protocol = number;
    report.enter(packet, flow, aside, carried);
    report.secondReading(true);
    dns.enter(flow, toServer, carried);
    dns.secondReading(true);
    reader.datagram(
        report, toServer, packet.segment(), packet.payloadOffset(), packet.payloadLength());
    reader.close(report);
    dns.secondReading(false);
    dns.leave();
    report.leave();
  }

  /**
   * Whether the datagram begins QUIC or DTLS in a flow that began with something else: connections
   * that were found through STUN, or whoever says something harmless first.
   */
  private boolean takesOver(Packet packet, Flow flow, boolean toServer) {
    if (!LateHello.mayBe(packet.segment(), packet.payloadOffset(), packet.payloadLength())) {
      return false;
    }
    int tries = flow.lateTries();
    int known = flow.protocolNumber();
    if (known == QUIC || known == DTLS || tries == MOST_LATE_TRIES) {
      return false;
    }
    flow.lateTries(tries + 1);
    opening
        .flow(false, flow.clientPort(), flow.serverPort())
        .bytes(toServer, packet.segment(), packet.payloadOffset(), packet.payloadLength());
    int number = recogniser.recognise(opening, true);
    return number == QUIC || number == DTLS;
  }

  /** Whether the protocol of datagrams was looked for often enough. */
  private static boolean isUnknown(Flow flow) {
    long packets = flow.packetsToServer() + flow.packetsToClient();
    if (packets == MOST_TRIED_DATAGRAMS + 1 && flow.protocolNumber() == ProtocolRegistry.NONE) {
      flow.streamOver();
    }
    return packets > MOST_TRIED_DATAGRAMS || flow.isStreamOver();
  }

  private @Nullable Conversation meet(Packet packet, Flow flow, boolean toServer) {
    Expectations.Expected expected = report.expected(flow, packet.timestampNanos());
    int number;
    if (expected != null) {
      number = expected.protocol();
    } else {
      opening
          .flow(false, flow.clientPort(), flow.serverPort())
          .bytes(toServer, packet.segment(), packet.payloadOffset(), packet.payloadLength());
      number = recognise();
    }
    if (number == ProtocolRegistry.NONE) {
      return null;
    }
    counters.increment(Counter.PROTOCOLS_CONFIRMED);
    flow.protocolNumber(number);
    DatagramReader reader = newReader(number, expected == null ? null : expected.note());
    if (reader == null) {
      flow.streamOver();
      return null;
    }
    Conversation conversation = pool.open();
    if (conversation == null) {
      counters.increment(Counter.DATAGRAM_FLOWS_NOT_FOLLOWED);
      conversation = new Conversation(-1);
    } else {
      flow.stream(conversation.slot);
    }
    conversation.protocol = number;
    conversation.datagrams = reader;
    return conversation;
  }

  /** Whose the datagram in the opening is. */
  private int recognise() {
    int number = recogniser.recognise(opening, true);
    return number == ProtocolRegistry.NONE && dns.recognise(opening) == Recognition.YES
        ? DNS
        : number;
  }

  private @Nullable DatagramReader newReader(int number, @Nullable Object note) {
    return recogniser.isProvided(number)
        ? recogniser.at(number).newDatagrams(note)
        : dns.datagrams();
  }

  private void end(Flow flow, Conversation conversation) {
    DatagramReader reader = conversation.datagrams;
    conversation.datagrams = null;
    if (reader != null) {
      reader.close(report);
    }
    flow.stream(-1);
    flow.streamOver();
    if (conversation.slot >= 0) {
      conversation.reset(memory);
      pool.close(conversation);
    }
  }

  /** The flow was turned round: who was taken for the client is the server. */
  void turned(Flow flow) {
    Conversation conversation = flow.stream() < 0 ? null : pool.at(flow.stream());
    if (conversation != null) {
      conversation.turned = !conversation.turned;
    }
  }

  /** The flow is over. */
  void end(Flow flow) {
    Conversation conversation = flow.stream() < 0 ? null : pool.at(flow.stream());
    if (conversation != null) {
      report.enter(null, flow, conversation, false);
      end(flow, conversation);
      report.leave();
    }
  }
}
