package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowChange;
import tapwarden.inspect.flow.FlowTable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.protocol.dns.DnsKind;
import tapwarden.inspect.stream.Ambiguity;
import tapwarden.inspect.stream.StreamListener;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.stream.StreamOptions;
import tapwarden.inspect.stream.TcpStream;
import tapwarden.inspect.stream.TcpStreams;

/**
 * The connections of one worker: puts the segments of each in order, finds the protocol in what
 * either side says first, and lets the protocol's analyser read until it has heard enough or the
 * connection ends.
 */
final class ConnectionInspection implements StreamListener {
  /** How often a protocol is looked for in what one side of a connection says ... */
  static final int MOST_TRIES = 2;

  /** ... and if its beginning was not seen: any segment may be the beginning of a message then. */
  static final int MOST_TRIES_IN_THE_MIDDLE = 8;

  /** How often one protocol may give way to another in a connection. */
  static final int MOST_HAND_OVERS = 4;

  /** How many connections are looked at for one that is worth little, when one must give way. */
  static final int MOST_PASSED_BY = 64;

  private static final int SYN = 0x02;
  private static final int DNS_PORT = 53;
  private static final int DNS = ProtocolRegistry.numberOf(DnsKind.DNS);
  private static final int LLMNR = ProtocolRegistry.numberOf(DnsKind.LLMNR);

  private final DnsInspection dns;
  private final ProtocolReport report;
  private final CounterBlock counters;
  private final TcpStreams streams;
  private final Recogniser recogniser;
  private final Opening opening = new Opening();

  private final FlowTable flows;

  /** By number of the stream. */
  private final @Nullable Conversation[] connections;

  /** Where it was last looked for one to give up. */
  private int hand;

  /** The flow at hand. */
  private @Nullable Flow flow;

  ConnectionInspection(
      StreamOptions options,
      int workers,
      CounterBlock counters,
      FlowTable flows,
      DnsInspection dns,
      ProtocolReport report) {
    this.flows = flows;
    this.dns = dns;
    this.report = report;
    this.counters = counters;
    streams = new TcpStreams(options, workers, counters, this);
    recogniser =
        new Recogniser(new ProtocolContext(streams.memory(), counters, options.depthBytes()));
    connections = new Conversation[streams.capacity()];
  }

  /** This worker's analysers, for connections and for whatever else they read. */
  Recogniser recogniser() {
    return recogniser;
  }

  /** What they keep, they keep in this. */
  StreamMemory memory() {
    return streams.memory();
  }

  /** Most connections that are followed at a time. */
  int capacity() {
    return streams.capacity();
  }

  /**
   * A TCP segment, and what it did to its flow.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  void inspect(Packet segment, Flow flow, int change, boolean carried) {
    boolean toServer = (change & FlowChange.TO_SERVER) != 0;
    int slot = flow.stream();
    if (slot < 0) {
      boolean otherStart = TcpStreams.isOtherStart(flow, segment, toServer);
      if (segment.payloadLength() == 0 && !otherStart) {
        return;
      }
      if (((change & FlowChange.FIRST_PAYLOAD) != 0 || otherStart) && !flow.isStreamOver()) {
        slot = open(segment, flow, toServer);
      }
      if (slot < 0) {
        if (DnsInspection.concerns(segment) && !flow.isStreamOver()) {
          // No room to wait for anything: what is whole in one segment is read all the same.
          dns.inspect(segment, flow, toServer, carried);
        }
        return;
      }
    }
    Conversation conversation = connections[slot];
    if (conversation == null) {
      return;
    }
    TcpStream stream = streams.at(slot);
    this.flow = flow;
    report.enter(segment, flow, conversation, carried);
    dns.enter(flow, toServer, carried);
    streams.segment(stream, segment, toServer);
    if (stream.isOver() || (conversation.over && stream.isSettled())) {
      end(flow, conversation);
    }
    dns.leave();
    report.leave();
    this.flow = null;
  }

  private int open(Packet segment, Flow flow, boolean toServer) {
    if (streams.isFull()) {
      giveOneUp();
    }
    TcpStream stream = streams.open();
    if (stream == null) {
      return -1;
    }
    streams.begin(stream, flow, segment, toServer);
    int slot = stream.slot();
    Conversation conversation = connections[slot];
    if (conversation == null) {
      conversation = new Conversation(slot);
      connections[slot] = conversation;
    }
    conversation.place = flow.place();
    flow.stream(slot);
    Expectations.Expected expected = report.expected(flow, segment.timestampNanos());
    if (expected != null) {
      begin(flow, conversation, expected.protocol(), expected.note());
    }
    return slot;
  }

  /**
   * Whoever opens as many connections as are followed must not hide those that come after: one
   * gives way. It is one that no protocol was found in, if there is one near the hand that goes
   * round, as with connections that are opened for nothing; else the one at the hand.
   */
  private void giveOneUp() {
    Conversation victim = null;
    for (int i = 0; i < MOST_PASSED_BY && victim == null; i++) {
      hand = hand + 1 == connections.length ? 0 : hand + 1;
      Conversation here = connections[hand];
      victim = here != null && here.protocol == ProtocolRegistry.NONE ? here : null;
    }
    victim = victim == null ? connections[hand] : victim;
    if (victim != null) {
      counters.increment(Counter.STREAMS_GIVEN_UP);
      end(flows.at(victim.place));
    }
  }

  /** The flow was turned round: who was taken for the client is the server. */
  void turned(Flow flow) {
    Conversation conversation = flow.stream() < 0 ? null : connections[flow.stream()];
    if (conversation != null) {
      streams.turnRound(streams.at(conversation.slot));
      conversation.turned = !conversation.turned;
    }
  }

  /** The flow is over. */
  void end(Flow flow) {
    Conversation conversation = flow.stream() < 0 ? null : connections[flow.stream()];
    if (conversation != null) {
      this.flow = flow;
      report.enter(null, flow, conversation, false);
      end(flow, conversation);
      report.leave();
      this.flow = null;
    }
  }

  private void end(Flow flow, Conversation conversation) {
    streams.close(streams.at(conversation.slot));
    if (conversation.protocol == ProtocolRegistry.NONE) {
      lastTry(conversation, true);
      lastTry(conversation, false);
    }
    close(conversation);
    if (report.handedOver() >= 0) {
      // What one side said ahead of the other's consent is all that there will be.
      handOver(conversation, true);
      lastTry(conversation, true);
      close(conversation);
    }
    if (conversation.protocol == ProtocolRegistry.NONE) {
      counters.increment(Counter.PROTOCOLS_UNKNOWN);
    }
    conversation.reset(streams.memory());
    flow.stream(-1);
    flow.streamOver();
  }

  private void close(Conversation conversation) {
    StreamReader reader = conversation.stream;
    conversation.stream = null;
    if (reader != null) {
      reader.close(report);
    }
  }

  @Override
  public boolean data(
      TcpStream stream, boolean toServer, MemorySegment segment, long offset, int length) {
    Conversation conversation = connections[stream.slot()];
    return conversation != null
        && feed(conversation, toServer ^ conversation.turned, segment, offset, length);
  }

  private boolean feed(
      Conversation c, boolean toServer, MemorySegment segment, long offset, int length) {
    long at = offset;
    int left = length;
    while (!c.over) {
      StreamReader reader = c.stream;
      if (reader == null) {
        return recognise(c, toServer, segment, at, left, false);
      }
      boolean more = reader.data(report, toServer, segment, at, left);
      int taken = report.handedOver();
      if (taken < 0) {
        return more && !c.over;
      }
      boolean wanted = handOver(c, toServer);
      at += Math.min(taken, left);
      left -= Math.min(taken, left);
      if (left == 0 || !wanted) {
        return wanted && !c.over;
      }
    }
    return false;
  }

  /**
   * What follows is another protocol's, and what of it was read already.
   *
   * @return whether more of this direction is wanted
   */
  private boolean handOver(Conversation c, boolean toServer) {
    byte[] before = report.handedBack();
    byte[] ahead = report.handedAhead();
    boolean isAheadToServer = report.isAheadToServer();
    close(c);
    report.forgetHandOver();
    c.protocol = ProtocolRegistry.NONE;
    c.client.reset(streams.memory());
    c.server.reset(streams.memory());
    Conversation.Half half = c.half(toServer);
    MemorySegment first = MemorySegment.ofArray(before);
    if (before.length > 0 && !half.keep(streams.memory(), first, 0, before.length)) {
      half.lost += before.length;
    }
    if (++c.handOvers > MOST_HAND_OVERS) {
      c.over = true;
    }
    boolean more =
        ahead.length == 0
            || feed(c, isAheadToServer, MemorySegment.ofArray(ahead), 0, ahead.length);
    return more || isAheadToServer != toServer;
  }

  @Override
  public boolean gap(TcpStream stream, boolean toServer, long bytes) {
    Conversation c = connections[stream.slot()];
    if (c == null || c.over) {
      return false;
    }
    boolean seen = toServer ^ c.turned;
    StreamReader reader = c.stream;
    if (reader != null) {
      boolean more = reader.gap(report, seen, bytes);
      if (report.handedOver() < 0) {
        return more && !c.over;
      }
      if (!handOver(c, seen) || c.over) {
        return false;
      }
      // The gap is in what follows.
      StreamReader next = c.stream;
      if (next != null) {
        return next.gap(report, seen, bytes);
      }
    }
    Conversation.Half half = c.half(seen);
    half.lost += half.keptBytes() + bytes;
    half.forget(streams.memory());
    return true;
  }

  /**
   * @param isAgain whether these bytes were looked at already, behind others
   */
  private boolean recognise(
      Conversation c,
      boolean toServer,
      MemorySegment segment,
      long offset,
      int length,
      boolean isAgain) {
    Flow carrier = flow;
    if (carrier == null || length == 0) {
      return true;
    }
    Conversation.Half half = c.half(toServer);
    int before = half.keptBytes();
    int shown = Math.min(Opening.MOST_BYTES - before, length);
    boolean last = before + shown == Opening.MOST_BYTES;
    opening.flow(true, carrier.clientPort(), carrier.serverPort());
    if (before == 0) {
      opening.bytes(toServer, segment, offset, shown);
    } else if (half.keep(streams.memory(), segment, offset, shown)) {
      opening.bytes(toServer, half.kept(), 0, before + shown);
    } else {
      last = true;
      opening.bytes(toServer, half.kept(), 0, before);
    }
    int number = recogniser.recognise(opening, last);
    if (number <= ProtocolRegistry.NONE) {
      number = orDns(carrier, number, before + shown, last);
    }
    if (number == Recogniser.MORE) {
      if (before > 0 || half.keep(streams.memory(), segment, offset, shown)) {
        return true;
      }
      number = ProtocolRegistry.NONE;
    }
    if (number == ProtocolRegistry.NONE) {
      half.lost += before > 0 ? before : length;
      half.forget(streams.memory());
      half.failures += isAgain ? 0 : 1;
      boolean fromStart = ((carrier.tcpFlagsToServer() | carrier.tcpFlagsToClient()) & SYN) != 0;
      int most = fromStart ? MOST_TRIES : MOST_TRIES_IN_THE_MIDDLE;
      c.over = c.client.failures >= most && c.server.failures >= most;
      // What came before may have been the end of something else.
      return half.failures < most
          && (before == 0 || recognise(c, toServer, segment, offset, length, true));
    }
    begin(carrier, c, number, null);
    // If nothing more is wanted of the other side, its next bytes will say so.
    replay(c, !toServer, false, 0);
    return replay(c, toServer, true, before) && feed(c, toServer, segment, offset, length);
  }

  /** DNS or LLMNR, or perhaps with more bytes, where no other protocol is found. */
  private int orDns(Flow carrier, int number, int bytes, boolean last) {
    if (isDns(carrier, number, bytes)) {
      return DNS;
    }
    Recognition said = dns.recognise(opening);
    return said == Recognition.YES
        ? opening.isPort(DnsKind.LLMNR.port()) ? LLMNR : DNS
        : said == Recognition.MORE && !last ? Recogniser.MORE : number;
  }

  /** Something on port 53 that is no other protocol's, and may be a message after its length. */
  private static boolean isDns(Flow flow, int number, int bytes) {
    boolean decided = number == ProtocolRegistry.NONE || bytes > 2;
    return decided && (flow.serverPort() == DNS_PORT || flow.clientPort() == DNS_PORT);
  }

  /** What was kept of a side when the flow ends is all that there will be. */
  private void lastTry(Conversation c, boolean toServer) {
    Flow carrier = flow;
    Conversation.Half half = c.half(toServer);
    if (carrier == null || c.protocol != ProtocolRegistry.NONE || half.keptBytes() == 0) {
      return;
    }
    opening
        .flow(true, carrier.clientPort(), carrier.serverPort())
        .bytes(toServer, half.kept(), 0, half.keptBytes());
    int number = recogniser.recognise(opening, true);
    if (number != ProtocolRegistry.NONE) {
      begin(carrier, c, number, null);
      replay(c, true, true, c.client.keptBytes());
      replay(c, false, true, c.server.keptBytes());
    }
  }

  private void begin(Flow carrier, Conversation c, int number, @Nullable Object note) {
    counters.increment(Counter.PROTOCOLS_CONFIRMED);
    carrier.protocolNumber(number);
    c.protocol = number;
    c.stream = newReader(number, note);
    c.over = c.stream == null;
  }

  private @Nullable StreamReader newReader(int number, @Nullable Object note) {
    return recogniser.isProvided(number)
        ? recogniser.at(number).newStream(note)
        : dns.reader(number == LLMNR ? DnsKind.LLMNR : DnsKind.DNS, streams.memory());
  }

  /**
   * Tells the reader what was not read of a side, and lets it read what was kept.
   *
   * @param count how much of it, unless {@code limited} is false: all
   */
  private boolean replay(Conversation c, boolean toServer, boolean limited, int count) {
    Conversation.Half half = c.half(toServer);
    boolean more = true;
    StreamReader reader = c.stream;
    if (half.lost > 0 && reader != null) {
      more = reader.gap(report, toServer, half.lost);
    }
    half.lost = 0;
    int bytes = limited ? count : half.keptBytes();
    MemorySegment kept = half.kept();
    half.forget(streams.memory());
    return more && (bytes == 0 || feed(c, toServer, kept, 0, bytes));
  }

  @Override
  public void ambiguous(
      TcpStream stream,
      boolean toServer,
      Ambiguity kind,
      long position,
      MemorySegment segment,
      long offset,
      int length) {
    Conversation c = connections[stream.slot()];
    int bit = 1 << kind.ordinal();
    if (c != null && (c.ambiguities & bit) == 0) {
      c.ambiguities |= bit;
      report.ambiguous(toServer, kind.name().toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public void alternative(
      TcpStream stream,
      boolean toServer,
      long position,
      MemorySegment segment,
      long offset,
      int length) {
    Conversation c = connections[stream.slot()];
    Flow carrier = flow;
    if (c == null || carrier == null || length == 0) {
      return;
    }
    boolean seen = toServer ^ c.turned;
    opening
        .flow(true, carrier.clientPort(), carrier.serverPort())
        .bytes(seen, segment, offset, Math.min(length, Opening.MOST_BYTES));
    int number = recogniser.recognise(opening, true);
    if (number == ProtocolRegistry.NONE) {
      number = orDns(carrier, number, length, true);
    }
    if (number == ProtocolRegistry.NONE) {
      number = c.protocol;
    }
    StreamReader reader = number == ProtocolRegistry.NONE ? null : newReader(number, null);
    if (reader != null) {
      report.secondReading(true);
      dns.secondReading(true);
      reader.data(report, seen, segment, offset, length);
      reader.close(report);
      report.forgetHandOver();
      dns.secondReading(false);
      report.secondReading(false);
    }
  }
}
