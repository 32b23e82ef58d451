package tapwarden.inspect.flow;

import java.lang.foreign.MemorySegment;
import java.util.List;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;

/**
 * The conversations of one worker. Fixed capacity, off-heap, used by one thread; a packet of a
 * known flow allocates nothing and takes one look-up.
 *
 * <p>A flow's key is IP version, addresses, ports, protocol, and by option VLAN ids and tunnel. Its
 * client is who sent the SYN (or received the SYN+ACK), else who sent the first packet, whatever
 * order the mirror delivers; {@link TcpTracker#senderIsClient} tells the one exception.
 *
 * <p>Flows end idle, by {@link #advance} at ticks or, at the latest, by the packet that would have
 * continued them; what a flow is does therefore not depend on when ticks come. They end forced when
 * the table is full, see {@link FlowAges}, counted as {@link Counter#FLOWS_EVICTED}. Nothing that
 * leaves the table depends on the secret of its hash or, below capacity, on how packets of
 * different flows are spread over several tables.
 */
public final class FlowTable {
  /** Most packets that may be expected at a time. */
  public static final int MAX_EXPECTED = 64;

  /** Most places at which flows may begin at one packet, after the packet itself. */
  public static final int MOST_PLACES = (1 << Flow.PLACE_BITS) - 1;

  /** A place of its own, so that those of expected packets stay as they are. */
  private static final int UNEXPECTED = MAX_EXPECTED;

  /** Bits of a slot number: the largest capacity is 2^24 flows a table. */
  static final int SLOT_BITS = 24;

  private static final int TCP = 6;

  private final FlowEndListener listener;
  private final CounterBlock counters;
  private final FlowHash hash;
  private final FlowKey[] keys;
  private final int[] hashes;
  private final int[] guesses = new int[MAX_EXPECTED];
  private final int[] dueHashes = new int[MAX_EXPECTED];
  private final FlowKey oldKey;
  private final FlowSlots slots;
  private final FlowIndex index;
  private final FlowWheel wheel;
  private final FlowAges ages;
  private final Flow cursor;
  private final Flow ending;
  private final Flow other;

  /** As in {@link FlowSlots#START_NUMBER}. */
  private long startPlace;

  /** In place, as in {@link FlowSlots#SCOPE}. */
  private long generation;

  /** What was read ahead; kept so that the compiler does not leave the reads out. */
  long fetched;

  /**
   * @param capacity most flows of this table: {@code options.capacity()} over the number of workers
   * @param secret key of the hash; observable nowhere
   */
  public FlowTable(
      FlowOptions options,
      int capacity,
      long secret,
      CounterBlock counters,
      FlowEndListener listener) {
    if (capacity < 1 || capacity > 1 << SLOT_BITS) {
      throw new IllegalArgumentException("flow table of " + capacity + " flows");
    }
    this.listener = listener;
    this.counters = counters;
    hash = new FlowHash(secret);
    keys = new FlowKey[MAX_EXPECTED + 1];
    hashes = new int[MAX_EXPECTED + 1];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new FlowKey(options.vlanInKey(), options.tunnelInKey());
    }
    oldKey = new FlowKey(options.vlanInKey(), options.tunnelInKey());
    slots = new FlowSlots(capacity);
    index = new FlowIndex(capacity);
    wheel = new FlowWheel(slots, new FlowTimeouts(options));
    ages = new FlowAges(slots);
    cursor = new Flow(slots, ages);
    ending = new Flow(slots, ages);
    other = new Flow(slots, ages);
  }

  /**
   * From now on the next packet of every flow says {@link FlowChange#NEW_GENERATION}, once: what
   * flows are judged by has changed. There are eight generations: a flow that is silent while
   * exactly eight, or sixteen, ... begin misses them.
   */
  public void nextGeneration() {
    generation = (generation + (1L << FlowSlots.GENERATION_SHIFT)) & FlowSlots.GENERATION_MASK;
  }

  /** Flows at present. */
  public int size() {
    return slots.size();
  }

  /** The flow of the last packet for which {@link #update} returned {@link FlowChange#FLOW}. */
  public Flow flow() {
    return cursor;
  }

  /**
   * Takes note of a packet that {@link #update} will get at the same place; changes nothing.
   *
   * @param place from 0, below {@link #MAX_EXPECTED}
   * @param shardEnds unless 0, {@link #ends} of the addresses by which the packet came to this
   *     table, which are not its own: the same packet in another tunnel is another flow then,
   *     whatever identifier the tunnels have
   */
  public void expect(int place, Packet packet, long shardEnds) {
    FlowKey key = keys[place];
    if (packet.ipVersion() == 0) {
      hashes[place] = 0;
      return;
    }
    key.take(packet, shardEnds);
    hashes[place] = hash.hash(key);
  }

  /**
   * Reads what the first {@code count} expected packets will need, all at once: the accesses then
   * overlap, where one packet after the other would wait for the memory each time.
   */
  public void fetch(int count) {
    long sum = 0;
    // Without a branch on what was read: a wrongly predicted one waits for the memory.
    for (int i = 0; i < count; i++) {
      sum += index.touch(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      guesses[i] = index.guess(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      int slot = guesses[i];
      if (slot >= 0) {
        sum += slots.touchHot(slot);
        // Most packets of TCP's short flows begin, establish or end something.
        if (keys[i].protocol == TCP) {
          sum += slots.touchCold(slot);
        }
      }
    }
    fetched = sum;
  }

  /** Whether the packet expected at that place most likely begins a flow; after {@link #fetch}. */
  public boolean looksNew(int place) {
    return guesses[place] < 0;
  }

  /** Two addresses in any order as a number that flows can be told apart by. */
  public static long ends(
      long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
    return FlowKey.ends(sourceHigh, sourceLow, destinationHigh, destinationLow);
  }

  /** The same as {@link #update(int, Packet)} for a packet that was not expected. */
  public int update(Packet packet) {
    return update(packet, 0);
  }

  /** The same; {@code shardEnds} as for {@link #expect}. */
  public int update(Packet packet, long shardEnds) {
    expect(UNEXPECTED, packet, shardEnds);
    return update(UNEXPECTED, packet);
  }

  /**
   * Accounts a packet to its flow, which begins with it if there is none.
   *
   * @param place where {@link #expect} was told of this very packet
   * @return bits of {@link FlowChange}; 0 if the packet carries no IP
   */
  public int update(int place, Packet packet) {
    if (packet.ipVersion() == 0) {
      return 0;
    }
    FlowKey key = keys[place];
    int keyHash = hashes[place];
    int signature = MirrorCheck.signature(packet);
    int slot = find(key, keyHash);
    int change = FlowChange.FLOW;
    if (slot >= 0 && isOver(slot, key, packet, signature)) {
      change |= FlowChange.REUSED;
      slot = -1;
    }
    if (slot < 0) {
      slot = begin(key, packet, keyHash);
      change |= FlowChange.NEW;
    }
    cursor.show(slot);
    return change | account(slot, key, packet, signature, (change & FlowChange.NEW) != 0);
  }

  /**
   * The same as {@link #update(Packet, long)} for a datagram that a fragment made whole.
   *
   * @param place among what the fragment caused, from 1, at most {@link #MOST_PLACES}: a flow that
   *     begins with it begins behind those that began with the fragment itself
   */
  public int update(Packet whole, long shardEnds, int place) {
    startPlace = (long) place << FlowSlots.PLACE_SHIFT;
    int change = update(whole, shardEnds);
    startPlace = 0;
    return change;
  }

  private int find(FlowKey key, int keyHash) {
    for (int at = index.start(keyHash); !index.isFree(at); at = index.next(at)) {
      int slot = index.slotIf(at, keyHash);
      if (slot >= 0 && matches(slot, key)) {
        return slot;
      }
    }
    return -1;
  }

  private boolean matches(int slot, FlowKey key) {
    MemorySegment s = slots.segment(slot);
    long at = FlowSlots.hot(slot);
    return s.get(FlowSlots.LONG, at + FlowSlots.TUPLE) == key.tuple
        && s.get(FlowSlots.LONG, at + FlowSlots.A_LOW) == key.aLow
        && s.get(FlowSlots.LONG, at + FlowSlots.B_LOW) == key.bLow
        && s.get(FlowSlots.LONG, at + FlowSlots.A_HIGH) == key.aHigh
        && s.get(FlowSlots.LONG, at + FlowSlots.B_HIGH) == key.bHigh
        && (s.get(FlowSlots.LONG, at + FlowSlots.SCOPE) & FlowKey.SCOPE_MASK) == key.scope
        && s.get(FlowSlots.INT, at + FlowSlots.TUNNEL_ID) == key.tunnelId;
  }

  /** Ends the flow found if this packet cannot continue it: idle too long, or a new connection. */
  private boolean isOver(int slot, FlowKey key, Packet packet, int signature) {
    if (wheel.isIdle(slot, wheel.effective(packet.timestampNanos()))) {
      end(slot, FlowSnapshot.End.TIMEOUT);
      return true;
    }
    if (key.protocol != TCP || !TcpTracker.isOpening(packet.tcpFlags())) {
      return false;
    }
    MemorySegment s = slots.segment(slot);
    long at = FlowSlots.hot(slot);
    int flags = s.get(FlowSlots.INT, at + FlowSlots.FLAGS);
    long remembered = s.get(FlowSlots.LONG, at + signatureField(key));
    if (FlowFlags.state(flags) != FlowSnapshot.State.CLOSED.ordinal()
        || MirrorCheck.isCopy(remembered, signature, packet.timestampNanos())) {
      return false;
    }
    end(slot, FlowSnapshot.End.TCP_REUSE);
    return true;
  }

  /** The flow that lives at that place; a view of its own, moved by the next call. */
  public Flow at(int place) {
    return other.show(place);
  }

  /**
   * Says what {@link Flow#protocolNumber} means.
   *
   * @param words by number, the first for none; at most {@link Flow#MOST_PROTOCOLS}
   */
  public void nameProtocols(List<String> words) {
    if (words.size() > Flow.MOST_PROTOCOLS) {
      throw new IllegalArgumentException("more than " + Flow.MOST_PROTOCOLS + " protocols");
    }
    slots.protocolWords = List.copyOf(words);
  }

  private static int signatureField(FlowKey key) {
    return FlowSlots.SIGNATURE_A + FlowSlots.SIDE * key.sender;
  }

  private int begin(FlowKey key, Packet packet, int keyHash) {
    if (slots.isFull()) {
      counters.increment(Counter.FLOWS_EVICTED);
      end(ages.oldest(), FlowSnapshot.End.FORCED);
    }
    int slot = slots.allocate();
    long effective = wheel.effective(packet.timestampNanos());
    FlowFields.begin(slots, slot, key, packet, generation, startPlace, effective);
    index.put(keyHash, slot);
    wheel.link(slot);
    ages.add(slot);
    counters.increment(Counter.FLOWS_BEGUN);
    return slot;
  }

  private int account(int slot, FlowKey key, Packet packet, int signature, boolean isNew) {
    MemorySegment s = slots.segment(slot);
    long hot = FlowSlots.hot(slot);
    long cold = FlowSlots.cold(slot);
    int side = FlowSlots.SIDE * key.sender;
    long nanos = packet.timestampNanos();
    add(s, hot + FlowSlots.PACKETS_A + side, 1);
    add(s, hot + FlowSlots.BYTES_A + side, packet.wireLength());
    s.set(FlowSlots.LONG, hot + FlowSlots.LAST_NUMBER, packet.number());
    if (!isNew) {
      FlowFields.stamp(s, hot, cold, wheel.effective(nanos), nanos);
    }
    long signatureAt = hot + FlowSlots.SIGNATURE_A + side;
    long remembered = s.get(FlowSlots.LONG, signatureAt);
    s.set(FlowSlots.LONG, signatureAt, MirrorCheck.remember(signature, nanos));
    int change = 0;
    if (MirrorCheck.isCopy(remembered, signature, nanos)) {
      counters.increment(Counter.DUPLICATE_FRAMES);
      change = FlowChange.DUPLICATE;
    }
    int before = s.get(FlowSlots.INT, hot + FlowSlots.FLAGS);
    int after = before;
    boolean isTcp = key.protocol == TCP && packet.hasPorts();
    if (FlowFields.noteInScope(s, hot, generation, isTcp ? packet.tcpFlags() : 0, side)) {
      change |= FlowChange.NEW_GENERATION;
    }
    boolean isPart = packet.has(Layer.FRAGMENT);
    if (isTcp) {
      boolean fromA = side == 0;
      after = TcpTracker.next(before, packet.tcpFlags(), fromA);
      if ((change & FlowChange.DUPLICATE) == 0 && !isPart) {
        int micros = MirrorCheck.microsSince(remembered, nanos);
        after = TcpTracker.follow(s, hot, cold, after, packet, fromA, micros);
        if (after < 0) {
          after &= Integer.MAX_VALUE;
          counters.increment(Counter.REORDERED_FRAMES);
          change |= FlowChange.REORDERED;
        }
      }
    } else if (FlowFlags.state(before) == FlowSnapshot.State.NEW.ordinal()
        && s.get(FlowSlots.LONG, hot + FlowSlots.PACKETS_A) != 0
        && s.get(FlowSlots.LONG, hot + FlowSlots.PACKETS_B) != 0) {
      after = FlowFlags.withState(before, FlowSnapshot.State.ESTABLISHED);
    }
    // What a part of a segment brings counts once the segment is whole: nobody has it before.
    if (packet.wirePayloadLength() > 0 && !(isTcp && isPart)) {
      after |= FlowFlags.PAYLOAD_A << key.sender;
    }
    return change | settle(slot, key, before, after, isNew);
  }

  /** Writes the state word and says what is new in it, and which way the packet goes. */
  private int settle(int slot, FlowKey key, int before, int after, boolean isNew) {
    int change = 0;
    if (after != before) {
      slots.segment(slot).set(FlowSlots.INT, FlowSlots.hot(slot) + FlowSlots.FLAGS, after);
      change = changes(slot, before, after, isNew);
    }
    int clientIsB = after >>> FlowFlags.CLIENT_IS_B_SHIFT & 1;
    return change | (clientIsB ^ key.sender ^ 1) << FlowChange.TO_SERVER_SHIFT;
  }

  /**
   * Goes on with the flow of a datagram that was put together of fragments, each of which was
   * accounted: what only the whole says of TCP is followed, but no packet and no byte is counted.
   *
   * @param shardEnds as for {@link #expect}
   * @param follows false if it is only one of several readings: the flow stays as it is
   * @return as {@link #update}; 0 if there is no such flow, because no fragment showed its ports
   */
  public int join(Packet whole, long shardEnds, boolean follows) {
    if (whole.ipVersion() == 0) {
      return 0;
    }
    expect(UNEXPECTED, whole, shardEnds);
    FlowKey key = keys[UNEXPECTED];
    int slot = find(key, hashes[UNEXPECTED]);
    if (slot < 0 || isOver(slot, key, whole, MirrorCheck.signature(whole))) {
      return 0;
    }
    cursor.show(slot);
    MemorySegment s = slots.segment(slot);
    long hot = FlowSlots.hot(slot);
    int before = s.get(FlowSlots.INT, hot + FlowSlots.FLAGS);
    if (!follows) {
      return FlowChange.FLOW | settle(slot, key, before, before, false);
    }
    boolean isTcp = key.protocol == TCP && whole.hasPorts();
    int tcpFlags = isTcp ? whole.tcpFlags() : 0;
    int side = FlowSlots.SIDE * key.sender;
    boolean isOld = FlowFields.noteInScope(s, hot, generation, tcpFlags, side);
    int change = FlowChange.FLOW | (isOld ? FlowChange.NEW_GENERATION : 0);
    int after = before;
    if (isTcp) {
      boolean fromA = side == 0;
      after = TcpTracker.next(before, tcpFlags, fromA);
      // With a time before the last segment's: a hole that it fills was not the mirror's.
      after = TcpTracker.follow(s, hot, FlowSlots.cold(slot), after, whole, fromA, -1);
    }
    if (whole.wirePayloadLength() > 0) {
      after |= FlowFlags.PAYLOAD_A << key.sender;
    }
    return change | settle(slot, key, before, after, false);
  }

  /** Says what is new in the state word, and files the flow anew. */
  private int changes(int slot, int before, int after, boolean isNew) {
    int change = 0;
    int both = FlowFlags.PAYLOAD_A | FlowFlags.PAYLOAD_B;
    if ((after & both) != (before & both)) {
      change |= FlowChange.FIRST_PAYLOAD;
      change |= (after & both) == both ? FlowChange.DATA : 0;
    }
    if (!isNew && ((after ^ before) & FlowFlags.CLIENT_IS_B) != 0) {
      change |= FlowChange.DIRECTION_FLIPPED;
    }
    int state = FlowFlags.state(after);
    if (state != FlowFlags.state(before)) {
      boolean closed = state == FlowSnapshot.State.CLOSED.ordinal();
      change |= closed ? FlowChange.CLOSED : FlowChange.ESTABLISHED;
      ages.refile(slot);
      if (closed) {
        wheel.unlink(slot);
        wheel.link(slot);
      }
    }
    return change;
  }

  private static void add(MemorySegment s, long at, long amount) {
    s.set(FlowSlots.LONG, at, s.get(FlowSlots.LONG, at) + amount);
  }

  /**
   * Moves packet time to {@code packetTimeNanos} and ends what is idle beyond its timeout by then,
   * in the order in which the flows began. To be called before the packet at which {@link
   * PacketClock} says so, on every worker at the same packet.
   */
  public void advance(long packetTimeNanos) {
    endDue(wheel.advance(packetTimeNanos), FlowSnapshot.End.TIMEOUT);
  }

  /** Ends every flow, in the order in which they began; the table is empty then. */
  public void endAll(FlowSnapshot.End reason) {
    endDue(wheel.collectAll(), reason);
  }

  private void endDue(int due, FlowSnapshot.End reason) {
    for (int from = 0; from < due; from += MAX_EXPECTED) {
      int size = Math.min(MAX_EXPECTED, due - from);
      long sum = 0;
      for (int i = 0; i < size; i++) {
        dueHashes[i] = hashOf(wheel.dueSlot(from + i));
        sum += index.touch(dueHashes[i]);
      }
      fetched = sum;
      for (int i = 0; i < size; i++) {
        end(wheel.dueSlot(from + i), dueHashes[i], reason);
      }
    }
  }

  private void end(int slot, FlowSnapshot.End reason) {
    end(slot, hashOf(slot), reason);
  }

  private int hashOf(int slot) {
    MemorySegment s = slots.segment(slot);
    long at = FlowSlots.hot(slot);
    oldKey.aHigh = s.get(FlowSlots.LONG, at + FlowSlots.A_HIGH);
    oldKey.aLow = s.get(FlowSlots.LONG, at + FlowSlots.A_LOW);
    oldKey.bHigh = s.get(FlowSlots.LONG, at + FlowSlots.B_HIGH);
    oldKey.bLow = s.get(FlowSlots.LONG, at + FlowSlots.B_LOW);
    oldKey.tuple = s.get(FlowSlots.LONG, at + FlowSlots.TUPLE);
    oldKey.scope = s.get(FlowSlots.LONG, at + FlowSlots.SCOPE) & FlowKey.SCOPE_MASK;
    oldKey.tunnelId = s.get(FlowSlots.INT, at + FlowSlots.TUNNEL_ID);
    return hash.hash(oldKey);
  }

  private void end(int slot, int keyHash, FlowSnapshot.End reason) {
    ending.show(slot);
    if (ending.isOneSided()) {
      counters.increment(Counter.ONE_SIDED_FLOWS);
    }
    counters.increment(Counter.FLOWS_ENDED);
    index.remove(keyHash, slot);
    wheel.unlink(slot);
    ages.remove(slot);
    listener.onFlowEnd(ending, reason);
    slots.free(slot);
  }
}
