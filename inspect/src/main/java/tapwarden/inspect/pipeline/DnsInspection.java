package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.codec.dns.AnswerAddresses;
import tapwarden.inspect.codec.dns.CnameChain;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsMessage.Section;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.equipment.SegmentSender;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.intel.NameMatcher;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.names.KnownName;
import tapwarden.inspect.names.ListedLookups;
import tapwarden.inspect.names.NamePath;
import tapwarden.inspect.names.QuerySenders;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.protocol.dns.DnsAnalyser;
import tapwarden.inspect.protocol.dns.DnsConnection;
import tapwarden.inspect.protocol.dns.DnsDatagrams;
import tapwarden.inspect.protocol.dns.DnsEve;
import tapwarden.inspect.protocol.dns.DnsKind;
import tapwarden.inspect.protocol.dns.DnsRecognition;
import tapwarden.inspect.stream.StreamMemory;

/**
 * What one worker does with DNS: events, names for contacts, and look-ups for detectors. A look-up
 * becomes objects only when something in it is on a list.
 */
final class DnsInspection {
  private static final int DNS_PORT = 53;
  private static final int TCP = 6;

  private final InspectionOptions options;
  private final Ownership ownership;
  private final ContactWatch.Out out;
  private final EveLines lines;
  private final DnsAnalyser analyser;
  private final DatagramReader datagrams;
  private final DnsRecognition recognition = new DnsRecognition();
  private final DnsEve eve;
  private final ClientNames names;
  private final QuerySenders senders;
  private final ListedNames listed;
  private final CounterBlock counters;
  private final CnameChain chain = new CnameChain();
  private final AnswerAddresses answers = new AnswerAddresses();
  private final NamePath path = new NamePath();
  private final FirstFragments beginnings = new FirstFragments();
  private final DnsMessage again = new DnsMessage();
  private @Nullable Flow flow;
  private boolean toServer;
  private boolean carried;
  private boolean secondReading;
  private boolean wholeComes;
  private boolean anyRead;

  DnsInspection(
      InspectionOptions options,
      Ownership ownership,
      ContactJudge judge,
      ContactWatch.Out out,
      EveLines lines,
      ClientNames names,
      QuerySenders senders,
      ListedLookups listed,
      CounterBlock counters) {
    this.options = options;
    this.ownership = ownership;
    this.out = out;
    this.lines = lines;
    analyser = new DnsAnalyser(counters, this::onMessage);
    datagrams = new DnsDatagrams(analyser);
    eve = new DnsEve(options.dnsVersion() == 3 ? DnsEve.Version.V3 : DnsEve.Version.V2);
    this.names = names;
    this.senders = senders;
    NameMatcher matcher = new NameMatcher(counters);
    this.listed = new ListedNames(options, ownership, judge, out, listed, chain, answers, matcher);
    this.counters = counters;
  }

  /** Whether the packet's ports say so. */
  static boolean concerns(Packet packet) {
    return packet.payloadLength() > 0 && DnsAnalyser.kindOf(packet) != null;
  }

  /**
   * @param carried whether it came in a tunnel that crosses the border
   */
  void inspect(Packet packet, Flow carrier, boolean sentByClient, boolean carried) {
    enter(carrier, sentByClient, carried);
    analyser.analyse(packet);
    leave();
  }

  /**
   * The same for the first fragment of a message, since the others may never come: what is in it is
   * learnt and searched. The event waits for the whole, or for the end of the flow; unless the
   * capture has cut this one short, so that there will be no whole.
   */
  void inspectFirstFragment(Packet packet, Flow carrier, boolean sentByClient, boolean inTunnel) {
    boolean isDatagram = packet.protocol() != TCP;
    wholeComes = !packet.isCut() && (!isDatagram || beginnings.hasRoom(packet.payloadLength()));
    anyRead = false;
    inspect(packet, carrier, sentByClient, inTunnel);
    DnsKind kind = DnsAnalyser.kindOf(packet);
    if (wholeComes && anyRead && isDatagram && kind != null) {
      beginnings.keep(kind, packet, carrier, sentByClient);
    }
    wholeComes = false;
  }

  /** The flow is over: what is not whole will not be. */
  void end(Flow over) {
    for (FirstFragments.Beginning beginning : beginnings.take(over)) {
      MemorySegment bytes = beginning.bytes();
      if (options.events().wants("dns", over) && again.parse(bytes, 0, (int) bytes.byteSize())) {
        tell(beginning, over);
      }
    }
  }

  private void tell(FirstFragments.Beginning beginning, Flow over) {
    DnsKind kind = beginning.kind();
    for (int i = 0, n = eve.events(kind, again); i < n; i++) {
      JsonWriter json =
          lines.beginProtocol(
              kind.word(), over, beginning.toServer(), out.place(), out.nextOrder());
      eve.write(json, kind, again, i, 0);
      lines.endProtocol(json);
    }
  }

  /** What a {@link #reader} reads from now on comes with a packet of this flow. */
  void enter(Flow carrier, boolean sentByClient, boolean inTunnel) {
    carried = inTunnel;
    flow = carrier;
    toServer = sentByClient;
  }

  void leave() {
    flow = null;
  }

  /**
   * What is read from now on is only the other way to read an ambiguous stream: it is searched for
   * listed names, and teaches none.
   */
  void secondReading(boolean on) {
    secondReading = on;
  }

  /** For one connection whose segments are put in order. */
  StreamReader reader(DnsKind kind, StreamMemory memory) {
    return new DnsConnection(kind, analyser, memory);
  }

  /** For flows of datagrams that are told by {@link #recognise}. */
  DatagramReader datagrams() {
    return datagrams;
  }

  /** Whether what a flow on any port begins with is DNS. */
  Recognition recognise(Opening opening) {
    return recognition.recognise(opening);
  }

  /** What is found on lists is told by this. */
  ListedNames listed() {
    return listed;
  }

  /** Packet time has moved on, by the clock. */
  void tick(long nowNanos) {
    names.advance(nowNanos);
  }

  /**
   * The name under which the packet's local side knows the remote one, or null. Whoever sends the
   * contact and had sent the answer with the name has made it up, unless he is a forwarder.
   */
  @Nullable String nameOf(Packet packet, boolean sourceIsLocal) {
    int version = packet.ipVersion();
    long localHigh = sourceIsLocal ? packet.sourceHigh() : packet.destinationHigh();
    long localLow = sourceIsLocal ? packet.sourceLow() : packet.destinationLow();
    long remoteHigh = sourceIsLocal ? packet.destinationHigh() : packet.sourceHigh();
    long remoteLow = sourceIsLocal ? packet.destinationLow() : packet.sourceLow();
    KnownName known = names.knownAs(version, localHigh, localLow, remoteHigh, remoteLow);
    if (known == null) {
      return null;
    }
    long mac = sourceIsLocal ? SegmentSender.source(packet) : SegmentSender.destination(packet);
    if (mac != SegmentSender.NO_MAC
        && mac == names.teacherOf(version, localHigh, localLow, remoteHigh, remoteLow)
        && !ownership.view().isForwarder(mac)) {
      counters.increment(Counter.NAMES_FORGED);
      return null;
    }
    return known.name();
  }

  private void onMessage(DnsKind kind, Packet packet, DnsMessage message) {
    Flow carrier = flow;
    if (carrier == null) {
      return;
    }
    if (carrier.protocolNumber() == ProtocolRegistry.NONE) {
      carrier.protocolNumber(ProtocolRegistry.numberOf(kind));
    }
    anyRead = true;
    if (!secondReading && !wholeComes) {
      beginnings.forget(carrier, toServer, message.id());
    }
    if (!secondReading && !wholeComes && options.events().wants("dns", carrier)) {
      write(kind, packet, message, carrier);
    }
    if (kind != DnsKind.DNS || message.count(Section.QUESTION) == 0) {
      return;
    }
    chain.follow(message);
    if (chain.isCut()) {
      counters.increment(Counter.NAMES_CHAIN_CUT);
    }
    if (!secondReading) {
      teach(packet, message, carrier);
    }
    for (int q = 0, n = message.count(Section.QUESTION); q < n; q++) {
      if (listed.isListed(packet, message, q)) {
        listed.show(packet, message, q, carrier, queryOf(packet, message, !message.isResponse()));
      }
    }
  }

  private void teach(Packet packet, DnsMessage message, Flow carrier) {
    if (message.isResponse()) {
      if (!mayTeach(packet, carrier) || isUnasked(packet, message, carrier)) {
        counters.increment(Counter.NAMES_NOT_ASKED_FOR);
      } else if (isForged(packet, message)) {
        counters.increment(Counter.NAMES_FORGED);
      } else {
        learn(packet, message);
      }
    } else {
      remember(packet, message);
    }
  }

  private void write(DnsKind kind, Packet packet, DnsMessage message, Flow carrier) {
    int events = eve.events(kind, message);
    for (int i = 0; i < events; i++) {
      JsonWriter json =
          lines.beginProtocol(kind.word(), packet, carrier, toServer, out.nextOrder());
      eve.write(json, kind, message, i, 0);
      lines.endProtocol(json);
    }
  }

  /**
   * Whether the answer may name addresses: one from outside only if the client was seen to ask
   * there. Else whoever is contacted later could give himself a name that a policy allows.
   */
  private boolean mayTeach(Packet packet, Flow carrier) {
    return isBetweenClientAndServer(packet, false)
        && ((!toServer && carrier.packetsToServer() > 0)
            || !options
                .networks()
                .isExternal(packet.ipVersion(), packet.sourceHigh(), packet.sourceLow()));
  }

  /**
   * Whether the client's queries are visible but the one that this answers was not seen: an answer
   * from anywhere, home or not, that somebody made up. (Of a client that was never seen to ask
   * anything answers are believed, because some mirrors show answers only.) Over TCP it is enough
   * that the client sent something there: a query of which a segment is missing is not read.
   */
  private boolean isUnasked(Packet packet, DnsMessage message, Flow carrier) {
    if (packet.protocol() == TCP && !toServer && carrier.packetsToServer() > 0) {
      return false;
    }
    return senders.mayBeSeenToAsk(
            packet.ipVersion(), packet.destinationHigh(), packet.destinationLow())
        && !senders.wasAsked(queryOf(packet, message, false));
  }

  private void remember(Packet packet, DnsMessage message) {
    if (isBetweenClientAndServer(packet, true)) {
      senders.asked(queryOf(packet, message, true), SegmentSender.source(packet));
      senders.asks(packet.ipVersion(), packet.sourceHigh(), packet.sourceLow());
    }
  }

  /**
   * Whether every worker count has the message where it has the client's others and its contacts,
   * so that what is remembered of it is the same: the client is declared by address or at home, it
   * is told from the server by the port of DNS, and no tunnel moves the message into another shard.
   */
  private boolean isBetweenClientAndServer(Packet packet, boolean isQuery) {
    int clientPort = isQuery ? packet.sourcePort() : packet.destinationPort();
    int serverPort = isQuery ? packet.destinationPort() : packet.sourcePort();
    if (carried || !ContactWatch.isInShard(packet) || serverPort != DNS_PORT) {
      return false;
    }
    boolean declared = isDeclared(packet, isQuery);
    if (!declared && !isHome(packet, isQuery)) {
      return false;
    }
    // With the port of DNS on both sides the shard is that of equipment, else of who is at home.
    return clientPort != DNS_PORT
        || (!isDeclared(packet, !isQuery) && (declared || !isHome(packet, !isQuery)));
  }

  private boolean isHome(Packet packet, boolean source) {
    return options
        .networks()
        .isHome(
            packet.ipVersion(),
            source ? packet.sourceHigh() : packet.destinationHigh(),
            source ? packet.sourceLow() : packet.destinationLow());
  }

  private boolean isDeclared(Packet packet, boolean source) {
    return options
            .directory()
            .byAddress(
                packet.ipVersion(),
                source ? packet.sourceHigh() : packet.destinationHigh(),
                source ? packet.sourceLow() : packet.destinationLow())
        != EquipmentDirectory.NONE;
  }

  /**
   * Whether who sent the query sent the answer too, on the same segment: equipment that gives an
   * address a name of its own choice, with the resolver's address as the sender's. A forwarder may
   * well send both, and a mirror that writes its own hardware address into all frames looks like
   * one.
   */
  private boolean isForged(Packet packet, DnsMessage message) {
    long mac = SegmentSender.source(packet);
    return mac != SegmentSender.NO_MAC
        && mac == senders.senderOf(queryOf(packet, message, false))
        && !ownership.view().isForwarder(mac);
  }

  /** The fingerprint of the query that the packet is, or answers. */
  private long queryOf(Packet packet, DnsMessage message, boolean isQuery) {
    return isQuery
        ? senders.print(
            packet.ipVersion(),
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.sourcePort(),
            packet.destinationHigh(),
            packet.destinationLow(),
            message.id())
        : senders.print(
            packet.ipVersion(),
            packet.destinationHigh(),
            packet.destinationLow(),
            packet.destinationPort(),
            packet.sourceHigh(),
            packet.sourceLow(),
            message.id());
  }

  /** Every address of the answer whose owner is the question or one of its aliases. */
  private void learn(Packet packet, DnsMessage message) {
    answers.of(message);
    while (answers.next()) {
      int owner = chain.ownerOf(message, answers.entry());
      if (owner < 0) {
        counters.increment(Counter.NAMES_NOT_ASKED_FOR);
        continue;
      }
      path.clear(message.lowerNames());
      pathTo(owner);
      names.learn(
          packet.ipVersion(),
          packet.destinationHigh(),
          packet.destinationLow(),
          answers.version(),
          answers.high(),
          answers.low(),
          path,
          SegmentSender.source(packet));
    }
    if (answers.isCut()) {
      counters.increment(Counter.NAMES_HINTS_CUT);
    }
  }

  /** The names from the question to that one; as deep as the chain is long at most. */
  private void pathTo(int name) {
    if (chain.cause(name) >= 0) {
      pathTo(chain.cause(name));
    }
    path.add(chain.start(name), chain.length(name));
  }
}
