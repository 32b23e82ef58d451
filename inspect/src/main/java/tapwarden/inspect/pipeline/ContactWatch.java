package tapwarden.inspect.pipeline;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.IdentifiedBy;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowChange;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.flow.PacketClock;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.sink.evidence.EvidenceFrame;
import tapwarden.inspect.wire.IpAddress;

/**
 * Turns flows into contacts and follows those that matter: asks the judge at the first packet,
 * whenever the contact gets further, and when the lists are others or the flow is turned round;
 * waits for names, and hands findings and the packets that prove them to the output.
 */
final class ContactWatch {
  /** A verdict that hangs on a name waits for so many packets ... */
  static final int NAME_WAIT_PACKETS = 10;

  /** ... or so long in packet time, whichever is first. */
  static final long NAME_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Phase of what the worker itself has an order for. */
  private static final int OF_WORKER = -1;

  private static final int TCP_RST = 0x04;

  /** A user flag of a flow: a list has spoken of it; there is nothing new in another list. */
  private static final int LISTED = Flow.ALERTED << 1;

  /** Where findings and evidence go. */
  interface Out {
    void finding(
        Finding finding,
        long order,
        @Nullable EvidenceFrame opening,
        @Nullable Packet packet,
        int historyIndex);

    void aftermath(List<IncidentKey> incidents, long order, Packet packet);

    /** Equipment without a policy met an external address for the first time. */
    void unpolicedContact(Contact contact, Flow flow);

    /** The next order for something that this packet caused. */
    long nextOrder();

    /** Where in the stream that is. */
    long place();
  }

  private final DnsInspection names;
  private final ContactSides sides;
  private final InspectionOptions options;
  private final ContactJudge judge;
  private final ContactMemory memory;
  private final SubjectHistory history;
  private final CounterBlock counters;
  private final Out out;
  private final FollowedContacts followed = new FollowedContacts();

  /** Packet time at the last tick. */
  private long clockNanos;

  ContactWatch(
      InspectionOptions options,
      Ownership ownership,
      DnsInspection names,
      ContactJudge judge,
      ContactMemory memory,
      SubjectHistory history,
      CounterBlock counters,
      Out out) {
    this.options = options;
    this.names = names;
    sides = new ContactSides(options, ownership, names);
    this.judge = judge;
    this.memory = memory;
    this.history = history;
    this.counters = counters;
    this.out = out;
  }

  /** Reads what {@link #begin} will read; the answer means nothing. */
  long touch(Packet packet) {
    IndicatorSet set = options.indicators().get();
    return set.touchAddress(packet.ipVersion(), packet.sourceHigh(), packet.sourceLow())
        + set.touchAddress(packet.ipVersion(), packet.destinationHigh(), packet.destinationLow());
  }

  /** Whether a list names one side or the other. */
  boolean isListed(Packet packet) {
    return sides.isListed(packet, true) || sides.isListed(packet, false);
  }

  /**
   * A flow begins with this packet.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  void begin(Packet packet, Flow flow, boolean sourceIsClient, boolean carried) {
    sides.look(packet, sourceIsClient, carried);
    if (sides.anyEquipment()) {
      flow.ownerPriority(1);
    }
    if (sides.matter()) {
      Followed state = meet(packet, flow);
      if (sides.ours()) {
        flow.ownerIndex(history.indexOf(state.contact.parties()));
        if (state.contact.isFirst() && sides.withoutPolicy()) {
          out.unpolicedContact(state.contact, flow);
        }
      }
      judge.begin(state);
      settle(state, flow, packet);
    }
  }

  /**
   * A flow goes on with this packet, but what was decided when it began does not hold any more: its
   * direction was turned round, or there are other lists.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  void again(Packet packet, Flow flow, int change, boolean carried) {
    boolean turned = (change & FlowChange.DIRECTION_FLIPPED) != 0;
    int slot = flow.attachment();
    Followed before = slot < 0 ? null : followed.get(slot);
    if (before != null) {
      if (turned) {
        Followed after = before.turnedRound(flow.snapshot(null));
        followed.remove(slot);
        flow.attachment(-1);
        after.contact.at(packet.number(), packet.timestampNanos());
        judge.begin(after);
        settle(after, flow, packet);
      } else {
        before.contact.at(packet.number(), packet.timestampNanos());
        before.snapshot = flow.snapshot(null);
        judge.relisted(before);
        report(before, flow, packet);
      }
      return;
    }
    if (!turned && (flow.userFlags() & LISTED) != 0) {
      return;
    }
    sides.look(packet, (change & FlowChange.TO_SERVER) != 0, carried);
    if (sides.matter()) {
      Followed state = meet(packet, flow);
      state.contact.stage(stageOf(flow));
      if (turned) {
        judge.begin(state);
      } else {
        judge.relisted(state);
      }
      settle(state, flow, packet);
    }
  }

  private static Stage stageOf(Flow flow) {
    if (flow.payloadToServer() && flow.payloadToClient()) {
      return Stage.DATA;
    }
    boolean established = flow.state() == FlowSnapshot.State.ESTABLISHED;
    return established ? Stage.ESTABLISHED : Stage.ATTEMPT;
  }

  /** The contact of the two sides at hand, as it is at this packet. */
  private Followed meet(Packet packet, Flow flow) {
    Contact.Parties parties = sides.parties();
    boolean first =
        sides.inShard()
            && memory.isFirst(
                parties.ipVersion(),
                parties.localHigh(),
                parties.localLow(),
                parties.remoteHigh(),
                parties.remoteLow());
    Contact contact =
        new Contact(
            parties,
            sides.subject(),
            sides.equipment(),
            flow.startNumber(),
            flow.startNanos(),
            first);
    contact.at(packet.number(), packet.timestampNanos());
    if (saysSomethingBack(contact, packet)) {
      contact.stage(Stage.ESTABLISHED);
    }
    String name = sides.name();
    if (name != null) {
      contact.name(name);
    }
    if (!sides.named()) {
      contact.nameFinal();
    }
    Followed met = new Followed(contact, believable(packet), flow.snapshot(null));
    met.startOrder = flow.startOrder();
    met.recall(flow.userFlags());
    return met;
  }

  /** Says what was found of a contact, and follows it as long as somebody wants to know more. */
  private void settle(Followed state, Flow flow, Packet packet) {
    report(state, flow, packet);
    if (!state.isDone()) {
      follow(state, flow, packet);
    } else if (state.opening != null) {
      letGo(state);
    }
  }

  private void follow(Followed state, Flow flow, Packet packet) {
    if (followed.isFull()) {
      counters.increment(Counter.CONTACTS_NOT_FOLLOWED);
      // Nobody may wait for a name where there is no room: the verdict is given without one.
      if (state.awaiting != 0) {
        state.contact.nameFinal();
        judge.named(state);
        report(state, flow, packet);
      }
      return;
    }
    flow.attachment(followed.add(state));
    if (state.awaiting != 0 && state.opening == null) {
      state.opening = history.hold(packet);
    }
  }

  /**
   * Whether the local side of a contact that came from outside sends payload: an answer, even where
   * no handshake was seen or was ever made. The text in a reset is none.
   */
  private static boolean saysSomethingBack(Contact contact, Packet packet) {
    Contact.Parties p = contact.parties();
    return !p.outbound()
        && packet.wirePayloadLength() > 0
        && packet.quote().ipVersion() == 0
        && (packet.tcpFlags() & TCP_RST) == 0
        && packet.sourceLow() == p.localLow()
        && packet.sourceHigh() == p.localHigh();
  }

  /**
   * Whether the flow's shard is that of its two addresses, so that every worker count remembers the
   * same of them. What a tunnel carries may be in the shard of the tunnel's ends.
   */
  static boolean isInShard(Packet packet) {
    return !packet.isUserPlane() || packet.outerIpVersion() == 0;
  }

  /** The equipment, or the host that has just its address. */
  static Subject subject(
      @Nullable Equipment equipment, int identifiedBy, int version, long high, long low) {
    if (equipment == null) {
      return new Subject(
          new IpAddress(version, high, low).toString(), null, null, List.of("address"));
    }
    return new Subject(
        equipment.id(), equipment.vendor(), equipment.role(), IdentifiedBy.ids(identifiedBy));
  }

  /** A packet of a flow whose contact is followed. */
  void progress(Packet packet, Flow flow, int change) {
    Followed state = followed.get(flow.attachment());
    if (state == null) {
      return;
    }
    Contact contact = state.contact;
    contact.at(packet.number(), packet.timestampNanos());
    if (state.evidenceLeft > 0) {
      state.evidenceLeft--;
      out.aftermath(state.incidents, out.nextOrder(), packet);
    }
    boolean changed = false;
    if ((change & FlowChange.ESTABLISHED) != 0) {
      contact.stage(Stage.ESTABLISHED);
      changed = true;
    }
    if (contact.stage() == Stage.ATTEMPT
        && (change & FlowChange.FIRST_PAYLOAD) != 0
        && saysSomethingBack(contact, packet)) {
      contact.stage(Stage.ESTABLISHED);
      changed = true;
    }
    if ((change & FlowChange.DATA) != 0) {
      contact.stage(Stage.DATA);
      changed = true;
    }
    if (changed && state.followers != 0) {
      state.snapshot = flow.snapshot(null);
      judge.progress(state);
      report(state, flow, packet);
    }
    if (state.awaiting != 0 && nameWaitIsOver(state, packet, flow)) {
      judge.named(state);
      report(state, flow, packet);
    }
    if (state.awaiting == 0 && state.opening != null) {
      letGo(state);
    }
    if (state.isDone()) {
      flow.userFlags(flow.userFlags() | state.flowFlags());
      followed.remove(flow.attachment());
      flow.attachment(-1);
    }
  }

  /** Whether detectors want to know more of the contact that the flow is. */
  boolean isFollowed(Flow flow) {
    return flow.attachment() >= 0 && followed.get(flow.attachment()) != null;
  }

  /**
   * The flow itself says what its server is called, or what address it is asked for.
   *
   * @param packet the one that says so; null at the end of a flow
   */
  void said(
      @Nullable Packet packet,
      Flow flow,
      boolean carried,
      Contact.SaidName said,
      boolean isListed) {
    Followed state = flow.attachment() < 0 ? null : followed.get(flow.attachment());
    if (state != null) {
      if (state.contact.parties().outbound()) {
        state.contact.says(said, isListed);
        if (isListed) {
          lookAgain(state, flow, packet);
        }
      }
      return;
    }
    if (!isListed || packet == null || (flow.userFlags() & LISTED) != 0) {
      return;
    }
    boolean fromClient = isFromClient(packet, flow);
    sides.look(packet, fromClient, carried);
    Contact.Parties parties = sides.parties();
    if (parties.outbound() && parties.remoteExternal()) {
      Followed met = meet(packet, flow);
      met.contact.stage(stageOf(flow));
      met.contact.says(said, true);
      judge.relisted(met);
      settle(met, flow, packet);
    } else if (!sides.isClientExternal(packet, fromClient)) {
      flow.userFlags(flow.userFlags() | LISTED);
      names.listed().askedFor(packet, flow, fromClient, said);
    }
  }

  private void lookAgain(Followed state, Flow flow, @Nullable Packet packet) {
    if (packet != null) {
      state.contact.at(packet.number(), packet.timestampNanos());
    }
    state.snapshot = flow.snapshot(null);
    judge.relisted(state);
    report(state, flow, packet);
  }

  private static boolean isFromClient(Packet packet, Flow flow) {
    return packet.sourceLow() == flow.clientLow()
        && packet.sourceHigh() == flow.clientHigh()
        && packet.sourcePort() == flow.clientPort();
  }

  /**
   * Whether flows between the packet's two addresses are all the same worker's: one of them is
   * declared or at home ({@link OwnerShards}).
   */
  boolean isShardOfAddresses(Packet packet) {
    return isInShard(packet) && sides.anyHomeOrDeclared(packet);
  }

  /** No verdict needs the first packet any more. */
  private void letGo(Followed state) {
    history.letGo(state.opening);
    state.opening = null;
  }

  /** One more packet without a name; true if the wait is over. */
  private boolean nameWaitIsOver(Followed state, Packet packet, Flow flow) {
    Contact contact = state.contact;
    Contact.Parties p = contact.parties();
    state.packets++;
    state.snapshot = flow.snapshot(null);
    boolean sourceIsLocal =
        packet.sourceHigh() == p.localHigh() && packet.sourceLow() == p.localLow();
    String name = names.nameOf(packet, sourceIsLocal);
    if (name != null) {
      contact.name(name);
    }
    if (name == null
        && state.packets < NAME_WAIT_PACKETS
        && believable(packet) - state.begunNanos < NAME_WAIT_NANOS) {
      return false;
    }
    contact.nameFinal();
    return true;
  }

  private long believable(Packet packet) {
    return PacketClock.believable(packet.timestampNanos(), clockNanos);
  }

  /** Packet time has moved on: verdicts that waited long enough are given. */
  void tick(long nowNanos, int phase) {
    clockNanos = nowNanos;
    names.tick(nowNanos);
    for (Followed state : followed.awaiting()) {
      if (state.awaiting != 0 && nowNanos - state.begunNanos >= NAME_WAIT_NANOS) {
        giveVerdict(state, phase);
      }
    }
  }

  /** The flow is over; a verdict that still waited for a name is given now. */
  void end(Flow flow) {
    int slot = flow.attachment();
    Followed state = slot < 0 ? null : followed.get(slot);
    if (state == null) {
      return;
    }
    if (state.awaiting != 0) {
      state.snapshot = flow.snapshot(null);
      giveVerdict(state, OF_WORKER);
    }
    letGo(state);
    if (!state.incidents.isEmpty()) {
      flow.userFlags(flow.userFlags() | Flow.ALERTED);
    }
    followed.remove(slot);
  }

  /** A verdict that no packet brings is given at the flow's last packet. */
  private void giveVerdict(Followed state, int phase) {
    state.contact.nameFinal();
    state.contact.at(state.snapshot.lastNumber(), state.snapshot.lastNanos());
    judge.named(state);
    int ordinal = 0;
    for (Finding finding : judge.findings()) {
      note(state, finding);
      long order =
          phase == OF_WORKER ? out.nextOrder() : Stamp.ofTick(phase, state.startOrder, ordinal++);
      out.finding(finding, order, state.opening, null, history.indexOf(state.contact.parties()));
    }
    letGo(state);
  }

  private void report(Followed state, Flow flow, @Nullable Packet packet) {
    if (judge.isListed(state)) {
      flow.userFlags(flow.userFlags() | LISTED);
    }
    for (Finding finding : judge.findings()) {
      note(state, finding);
      flow.userFlags(flow.userFlags() | Flow.ALERTED | state.flowFlags());
      out.finding(finding, out.nextOrder(), state.opening, packet, flow.ownerIndex());
    }
  }

  private void note(Followed state, Finding finding) {
    IncidentKey key = IncidentKey.of(finding);
    if (!state.incidents.contains(key) && state.incidents.size() < Followed.MAX_INCIDENTS) {
      state.incidents.add(key);
      state.evidenceLeft = options.evidence().after();
    }
  }
}
