package tapwarden.inspect.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.FrameHandler;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.decode.Checksums;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.LayerCounts;
import tapwarden.inspect.decode.MalformationCounts;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.IdentityFact;
import tapwarden.inspect.equipment.IdentityTracker;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.equipment.TraitWatch;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowChange;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.flow.FlowTable;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.intel.NameMatcher;
import tapwarden.inspect.sink.evidence.EvidenceFrame;

/**
 * One worker: frame by frame from decoding to findings. Everything it holds is its own; what leaves
 * it goes through {@link WorkerOutput} under a stamp.
 */
final class Inspector
    implements FrameHandler, ContactWatch.Out, ProtocolReport.Worker, Fragments.Out {
  private static final int PHASE_VERDICTS = 0;
  private static final int PHASE_FLOW_ENDS = 1;
  private static final int PHASE_LEARNT = 2;

  /** Phase of what a packet itself causes; not a phase of a tick. */
  private static final int BY_PACKET = -1;

  private static final long NO_NOTICE = -1;
  private static final int TCP = 6;
  private static final int UDP = 17;

  /** A flow's end has so many orders, and some for verdicts ({@link Stamp#LAST_ORDINAL}). */
  private static final int MOST_EVENTS_AT_END = 900;

  /** One frame in 16 has its checksums verified. */
  private static final int CHECKSUM_SAMPLE_MASK = 15;

  private final int worker;
  private final Supplier<IndicatorSet> indicators;

  /** The lists by which flows are judged since the last batch. */
  private IndicatorSet judgedBy;

  private final @Nullable IdentityTracker identities;
  private final @Nullable Fragments fragments;
  private final ReassembledReader reassembled = new ReassembledReader();

  /** The frame that completed the datagram at hand. */
  private Packet completedBy = reassembled.onWire();

  private final Ownership ownership;
  private final InterfaceWatch interfaces;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet[] packets = new Packet[LOOK_AHEAD];

  /** Of the expected packets: see {@link Carriers#levels}. */
  private final int[] levels = new int[LOOK_AHEAD];

  private final LayerCounts layers = new LayerCounts();
  private final MalformationCounts malformations = new MalformationCounts();
  private final CounterBlock counters;
  private final FlowTable flows;
  private final Carriers carriers;
  private final ContactWatch contacts;
  private final DnsInspection dns;
  private final ProtocolInspection protocols;
  private final TraitWatch traits;
  private final SubjectHistory history;
  private final WorkerOutput output;
  private final EveLines lines;

  /** The packet at hand. */
  private Packet packet;

  /** What was read ahead; kept so that the compiler does not leave the reads out. */
  long fetched;

  private int ordinal;

  /** Of the flow that ends: where it began, and how much was said at its end. */
  private long endingStart;

  private int endingOrdinal;
  private int endPhase = BY_PACKET;
  private long noticePlace = NO_NOTICE;

  /** Up to there everything is out; a batch without frames takes nothing of that back. */
  private long donePlace;

  private long handedOverNanos;

  /**
   * @param worker number of this worker; the first speaks for all where a notice is to be told once
   * @param identities set when there is one worker, which then learns from each packet itself, and
   *     puts fragments together; with several the capture thread does both and sends notices
   */
  Inspector(WorkerParts parts, int worker, @Nullable IdentityTracker identities) {
    this.worker = worker;
    fragments = identities == null ? null : parts.fragments(this);
    this.identities = identities;
    Arrays.setAll(packets, place -> new Packet());
    packet = packets[0];
    InspectionOptions options = parts.options();
    indicators = options.indicators();
    judgedBy = indicators.get();
    ownership = parts.ownership();
    SourceNames sources = parts.sources();
    interfaces =
        new InterfaceWatch(
            sources,
            names -> {
              ownership.interfaces(names);
              if (identities != null) {
                identities.interfaces(names);
              }
            });
    counters = parts.counters();
    flows = parts.flowTable(this::onFlowEnd);
    carriers = new Carriers(options.directory(), options.networks());
    history = parts.history();
    output = parts.output();
    lines = new EveLines(options, sources, output);
    ContactJudge judge = parts.judge();
    DnsInspection names = parts.dns(judge, this, lines);
    dns = names;
    contacts =
        new ContactWatch(
            options, ownership, names, judge, parts.contactMemory(), history, counters, this);
    traits = parts.traits();
    protocols =
        parts.protocols(
            flows,
            names,
            new ProtocolReport(
                options,
                ownership,
                lines,
                this,
                new SaidNames(contacts, options.indicators(), new NameMatcher(counters)),
                new DeviceTraits(traits, this, output),
                counters));
    flows.nameProtocols(ProtocolRegistry.words());
  }

  MalformationCounts malformations() {
    return malformations;
  }

  LayerCounts layers() {
    return layers;
  }

  @Override
  public void onBatchStart(FrameBatch batch) {
    handedOverNanos = batch.handedOverNanos();
    IndicatorSet now = indicators.get();
    if (now != judgedBy) {
      judgedBy = now;
      flows.nextGeneration();
    }
  }

  @Override
  public void expect(int place, Frame frame) {
    Packet expected = packets[place];
    decoder.decode(frame, expected);
    int tunnels = carriers.levels(expected);
    levels[place] = tunnels;
    int shardLevel = Carriers.shardLevel(expected, tunnels);
    flows.expect(place, expected, shardLevel == 0 ? 0 : carriers.ends(expected, shardLevel));
    if (identities != null) {
      identities.expect(place, expected);
    }
  }

  @Override
  public void fetch(int count) {
    flows.fetch(count);
    if (identities != null) {
      identities.fetch(count);
    }
    long sum = 0;
    for (int place = 0; place < count; place++) {
      if (flows.looksNew(place) && packets[place].ipVersion() != 0) {
        sum += contacts.touch(packets[place]);
      }
    }
    fetched = sum;
  }

  @Override
  public void onFrame(int place, Frame frame) {
    packet = packets[place];
    ordinal = 0;
    interfaces.see(frame.interfaceIndex());
    // First of all, as with several workers, to whom it comes in front of the frame.
    if (identities != null) {
      int facts = identities.observe(place, packet);
      for (int i = 0; i < facts; i++) {
        learn(identities.fact(i), packet.number(), i);
      }
    }
    layers.count(packet);
    if (packet.malformations() != 0) {
      malformations.count(packet);
      lines.anomaly(packet, nextOrder());
    }
    if ((packet.number() & CHECKSUM_SAMPLE_MASK) == 0) {
      sampleChecksums();
    }
    int tunnels = levels[place];
    follow(flows.update(place, packet), Carriers.crossings(tunnels) != 0);
    if (tunnels != 0) {
      followCarriers(frame, tunnels);
    }
    if (fragments != null && packets[place].has(Layer.FRAGMENT)) {
      completedBy = packets[place];
      fragments.take(frame, packets[place]);
    }
  }

  /** What carries the packet at hand is a packet of its own, innermost first. */
  private void followCarriers(Frame frame, int tunnels) {
    int shardLevel = Carriers.shardLevel(packet, tunnels);
    long shardEnds = carriers.ends(packet, shardLevel);
    int crossings = Carriers.crossings(tunnels);
    int left = crossings | Carriers.outside(tunnels);
    while (left != 0) {
      int bit = Integer.highestOneBit(left);
      left ^= bit;
      int level = Integer.numberOfTrailingZeros(bit) + 1;
      Packet carrier = carriers.of(frame, level);
      if ((crossings & bit) != 0 || contacts.isListed(carrier)) {
        packet = carrier;
        boolean own = level == shardLevel;
        follow(flows.update(carrier, own ? 0 : shardEnds), !own);
      }
    }
  }

  /**
   * What a packet means for its flow, now the table's.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  private void follow(int change, boolean carried) {
    if ((change & FlowChange.FLOW) == 0) {
      protocols.frame(packet);
      return;
    }
    Flow flow = flows.flow();
    if ((change & FlowChange.NEW) != 0) {
      contacts.begin(packet, flow, (change & FlowChange.TO_SERVER) != 0, carried);
    } else {
      reconsider(flow, change, carried);
      if (flow.attachment() >= 0) {
        contacts.progress(packet, flow, change);
      }
    }
    if (!packet.has(Layer.FRAGMENT)) {
      read(flow, change, carried);
    } else if (packet.isFirstFragment() && DnsInspection.concerns(packet)) {
      dns.inspectFirstFragment(packet, flow, (change & FlowChange.TO_SERVER) != 0, carried);
    }
    if (flow.ownerIndex() >= 0) {
      history.record(flow.ownerIndex(), packet);
    }
  }

  private void reconsider(Flow flow, int change, boolean carried) {
    if ((change & (FlowChange.DIRECTION_FLIPPED | FlowChange.NEW_GENERATION)) != 0) {
      contacts.again(packet, flow, change, carried);
      if ((change & FlowChange.DIRECTION_FLIPPED) != 0) {
        protocols.turned(flow);
      }
    }
  }

  /** What a packet says that is whole. */
  private void read(Flow flow, int change, boolean carried) {
    if (packet.protocol() == TCP) {
      protocols.segment(packet, flow, change, carried);
    } else if (DnsInspection.concerns(packet)) {
      dns.inspect(packet, flow, (change & FlowChange.TO_SERVER) != 0, carried);
    } else if (packet.protocol() == UDP) {
      protocols.datagram(packet, flow, change, carried);
    }
  }

  /** The same of a reading that is not the one to go by. */
  private void search(Flow flow, int change, boolean carried) {
    if (packet.protocol() == TCP) {
      // A segment that says something else than another did: the connection knows what to do.
      protocols.segment(packet, flow, change, carried);
    } else if (DnsInspection.concerns(packet)) {
      dns.secondReading(true);
      dns.inspect(packet, flow, (change & FlowChange.TO_SERVER) != 0, carried);
      dns.secondReading(false);
    } else if (packet.protocol() == UDP) {
      protocols.search(packet, flow, change, carried);
    }
  }

  /**
   * A datagram that came in fragments: they were accounted as they came, so it only says what could
   * not be read of them. If no fragment showed its flow it is a packet as any other.
   */
  @Override
  public void whole(Packet whole, Frame carrying, int ipOffset, boolean chosen, int sequence) {
    packet = whole;
    ordinal = Stamp.ofWhole(sequence);
    history.standIn(completedBy, whole);
    int tunnels = carriers.levels(whole);
    int shardLevel = Carriers.shardLevel(whole, tunnels);
    long shardEnds = shardLevel == 0 ? 0 : carriers.ends(whole, shardLevel);
    boolean carried = Carriers.crossings(tunnels) != 0;
    int change = flows.join(whole, shardEnds, chosen);
    if (change == 0) {
      int place = Math.min(sequence + 1, FlowTable.MOST_PLACES);
      follow(flows.update(whole, shardEnds, place), carried);
      return;
    }
    Flow flow = flows.flow();
    reconsider(flow, change, carried);
    if (flow.attachment() >= 0 && (change & (FlowChange.ESTABLISHED | FlowChange.DATA)) != 0) {
      contacts.progress(whole, flow, change);
    }
    if (whole.has(Layer.FRAGMENT)) {
      return;
    }
    if (chosen) {
      // The first fragment has had its say as the flow's first payload, but was not read.
      boolean isTcp = whole.protocol() == TCP;
      read(flow, isTcp ? change : change | FlowChange.FIRST_PAYLOAD, carried);
    } else {
      search(flow, change, carried);
    }
  }

  @Override
  public void differ(Packet fragment, Frame carrying, int ipOffset, int level, int sequence) {
    packet = fragment;
    ordinal = Stamp.ofWhole(sequence);
    Equipment sender = ownership.resolve(fragment, true);
    lines.fragmentsDiffer(
        fragment,
        sender == null
            ? null
            : ContactWatch.subject(
                sender,
                ownership.identifiedBy(),
                fragment.ipVersion(),
                fragment.sourceHigh(),
                fragment.sourceLow()),
        nextOrder());
  }

  @Override
  public void onNotice(Object message) {
    if (message instanceof Tick tick) {
      noticePlace = Stamp.atTick(tick);
      endPhase = PHASE_FLOW_ENDS;
      output.tick(tick.nanos());
      history.tick(tick.nanos());
      traits.tick(tick.nanos());
      try {
        if (fragments != null) {
          fragments.advance(tick.nanos());
        }
        contacts.tick(tick.nanos(), PHASE_VERDICTS);
        flows.advance(tick.nanos());
      } finally {
        endPhase = BY_PACKET;
        noticePlace = NO_NOTICE;
        // The ticks of a silent wire stand behind its last packet.
        donePlace = Math.max(donePlace, Stamp.atTick(tick));
      }
    } else if (message instanceof Reassembled found && found.worker() == worker) {
      completedBy = reassembled.onWire();
      reassembled.read(found, this);
    } else if (message instanceof Learnt learnt) {
      learn(learnt.fact(), learnt.beforeNumber(), learnt.ordinal());
    }
  }

  @Override
  public void onBatchEnd(FrameBatch batch, long lastNumber) {
    donePlace = Math.max(donePlace, Stamp.atPacket(lastNumber));
    output.progress(donePlace);
  }

  @Override
  public void onEnd() {
    endPhase = PHASE_FLOW_ENDS;
    noticePlace = Stamp.END;
    flows.endAll(FlowSnapshot.End.SHUTDOWN);
    output.progress(Long.MAX_VALUE);
  }

  /**
   * A fault of the mirror shows in a sample; by number, so that every worker count samples alike.
   */
  private void sampleChecksums() {
    if (Checksums.ipv4Header(packet) == Checksums.Verdict.BAD
        || Checksums.transport(packet) == Checksums.Verdict.BAD) {
      counters.increment(Counter.FRAMES_BAD_CHECKSUM);
    }
  }

  private void learn(IdentityFact fact, long beforeNumber, int factOrdinal) {
    ownership.view().apply(fact);
    if (worker == 0 && fact instanceof IdentityFact.DeviceSeen seen) {
      output.send(Stamp.atPacket(beforeNumber), Stamp.ofTick(PHASE_LEARNT, 0, factOrdinal), seen);
    }
  }

  private void onFlowEnd(Flow flow, FlowSnapshot.End reason) {
    long place = place();
    endingStart = flow.startOrder();
    endingOrdinal = 0;
    protocols.end(flow);
    dns.end(flow);
    if (flow.attachment() >= 0) {
      contacts.end(flow);
    }
    if (!lines.wantFlow(flow)) {
      return;
    }
    long order =
        endPhase == BY_PACKET
            ? nextOrder()
            // What the flow said and a verdict about it come first.
            : Stamp.ofTick(endPhase, endingStart, Stamp.LAST_ORDINAL);
    lines.flow(flow, reason, place, order);
  }

  @Override
  public long nextOrder() {
    return endPhase == BY_PACKET
        ? Stamp.ofPacket(ordinal++)
        : Stamp.ofTick(endPhase, endingStart, endingOrdinal++);
  }

  @Override
  public boolean saidTooMuch() {
    boolean tooMuch = endPhase != BY_PACKET && endingOrdinal >= MOST_EVENTS_AT_END;
    if (tooMuch) {
      counters.increment(Counter.PROTOCOL_EVENTS_LEFT_OUT);
    }
    return tooMuch;
  }

  @Override
  public void finding(
      Finding finding,
      long order,
      @Nullable EvidenceFrame opening,
      @Nullable Packet at,
      int historyIndex) {
    Interest interest = new Interest();
    List<EvidenceFrame> proof = history.proof(finding, opening, at, historyIndex, interest);
    output.send(place(), order, new Raised(finding, proof, handedOverNanos, interest));
  }

  @Override
  public void aftermath(List<IncidentKey> incidents, long order, Packet at) {
    if (history.wantsMore(incidents)) {
      output.sendUnhurried(place(), order, new Aftermath(incidents, history.frameOf(at)));
    }
  }

  @Override
  public void unpolicedContact(Contact contact, Flow flow) {
    lines.unpolicedContact(contact, flow, packet.number(), nextOrder());
  }

  @Override
  public long place() {
    return noticePlace == NO_NOTICE ? Stamp.atPacket(packet.number()) : noticePlace;
  }
}
