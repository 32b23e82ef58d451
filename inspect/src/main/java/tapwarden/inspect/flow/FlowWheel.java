package tapwarden.inspect.flow;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * When flows end: a timer wheel of 1,024 buckets of one second of packet time. A flow is linked
 * under its deadline when it begins and when a change of state brings the deadline nearer; packets
 * only move the deadline away, which is found out when the bucket comes up. So a packet costs the
 * wheel nothing, and a tick looks only at flows that could be due.
 *
 * <p>A flow is idle since its last packet. If that packet's stamp was implausible, since the time
 * the clock showed then; if the clock has stepped back meanwhile, since the step.
 */
final class FlowWheel {
  static final int BUCKETS = 1024;

  private static final long SECOND = 1_000_000_000L;

  private final FlowSlots slots;
  private final FlowTimeouts timeouts;
  private final FlowLists lists;
  private boolean started;
  private long now;
  private long nowSecond;
  private long stepNanos;

  private long[] due = new long[256];
  private int dueCount;

  FlowWheel(FlowSlots slots, FlowTimeouts timeouts) {
    this.slots = slots;
    this.timeouts = timeouts;
    lists = new FlowLists(slots, BUCKETS, FlowSlots.WHEEL_PREVIOUS, FlowSlots.WHEEL_NEXT);
  }

  /** {@code stamp} if it can be true, else the clock's time; the first stamp starts the clock. */
  long effective(long stamp) {
    if (!started) {
      start(stamp);
    }
    return PacketClock.believable(stamp, now);
  }

  private void start(long nanos) {
    started = true;
    now = nanos;
    stepNanos = nanos;
    nowSecond = Math.floorDiv(nanos, SECOND);
  }

  /** Since when the flow in {@code slot} is idle, seen from {@code present}. */
  long idleSince(int slot, long present) {
    MemorySegment segment = slots.segment(slot);
    long hot = FlowSlots.hot(slot);
    long last = segment.get(FlowSlots.LONG, hot + FlowSlots.LAST_NANOS);
    long active = last;
    if (FlowFlags.has(segment.get(FlowSlots.INT, hot + FlowSlots.FLAGS), FlowFlags.STRANGE_TIME)) {
      active = segment.get(FlowSlots.LONG, FlowSlots.cold(slot) + FlowSlots.ACTIVE_NANOS);
      if (last > active && last <= present + PacketClock.MAX_REORDER_NANOS) {
        active = last;
      }
    }
    if (active <= present + PacketClock.MAX_REORDER_NANOS) {
      return active;
    }
    return Math.min(stepNanos, present);
  }

  long timeout(int slot) {
    MemorySegment segment = slots.segment(slot);
    long hot = FlowSlots.hot(slot);
    int protocol = (int) (segment.get(FlowSlots.LONG, hot + FlowSlots.TUPLE) >>> 24) & 0xFF;
    int flags = segment.get(FlowSlots.INT, hot + FlowSlots.FLAGS);
    return timeouts.nanos(protocol, FlowFlags.state(flags));
  }

  boolean isIdle(int slot, long present) {
    MemorySegment segment = slots.segment(slot);
    long hot = FlowSlots.hot(slot);
    long last = segment.get(FlowSlots.LONG, hot + FlowSlots.LAST_NANOS);
    if (present - last <= timeouts.shortestNanos()
        && last <= present + PacketClock.MAX_REORDER_NANOS
        && !FlowFlags.has(
            segment.get(FlowSlots.INT, hot + FlowSlots.FLAGS), FlowFlags.STRANGE_TIME)) {
      return false;
    }
    return present - idleSince(slot, present) > timeout(slot);
  }

  void link(int slot) {
    long deadlineSecond = Math.floorDiv(idleSince(slot, now) + timeout(slot), SECOND);
    long second = Math.clamp(deadlineSecond, nowSecond, nowSecond + BUCKETS - 1);
    int bucket = (int) Math.floorMod(second, (long) BUCKETS);
    lists.append(bucket, slot);
    MemorySegment segment = slots.segment(slot);
    long at = FlowSlots.hot(slot) + FlowSlots.FLAGS;
    segment.set(FlowSlots.INT, at, FlowFlags.withBucket(segment.get(FlowSlots.INT, at), bucket));
  }

  void unlink(int slot) {
    int flags = slots.segment(slot).get(FlowSlots.INT, FlowSlots.hot(slot) + FlowSlots.FLAGS);
    lists.remove(FlowFlags.bucket(flags), slot);
  }

  /**
   * Moves the clock and collects the flows that are idle beyond their timeout, oldest first; they
   * stay linked. {@link #dueSlot} gives them until the next call.
   *
   * @return how many
   */
  int advance(long nanos) {
    dueCount = 0;
    if (!started) {
      start(nanos);
      return 0;
    }
    if (nanos < now) {
      if (now - nanos > PacketClock.MAX_REORDER_NANOS) {
        start(nanos);
      }
      return 0;
    }
    long second = Math.floorDiv(nanos, SECOND);
    long from = Math.max(nowSecond, second - BUCKETS + 1);
    now = nanos;
    nowSecond = second;
    for (long s = from; s <= second; s++) {
      visit((int) Math.floorMod(s, (long) BUCKETS));
    }
    sortDue();
    return dueCount;
  }

  private void visit(int bucket) {
    int slot = lists.first(bucket);
    // Flows that stay may be put back at the end of this very bucket: they are not looked at twice.
    int end = lists.last(bucket);
    while (slot != FlowLists.NONE) {
      int next = slot == end ? FlowLists.NONE : lists.next(slot);
      if (isIdle(slot, now)) {
        collect(slot);
      } else {
        lists.remove(bucket, slot);
        link(slot);
      }
      slot = next;
    }
  }

  /** Adds a slot to the due ones; they are put in the order in which the flows began. */
  private void collect(int slot) {
    if (dueCount == due.length) {
      due = Arrays.copyOf(due, 2 * due.length);
    }
    long startNumber = startWord(slot) & ~(-1L << FlowSlots.PLACE_SHIFT);
    due[dueCount++] = (startNumber << FlowTable.SLOT_BITS) | slot;
  }

  /**
   * Oldest first. A frame of nested tunnels begins a flow of its own and one of each carrier, and
   * those of datagrams that it made whole come behind: among those few the key decides, since the
   * slot depends on what else the table holds.
   */
  private void sortDue() {
    Arrays.sort(due, 0, dueCount);
    for (int i = 1; i < dueCount; i++) {
      long entry = due[i];
      int at = i;
      while (at > 0 && beginTogether(due[at - 1], entry) && compareKeys(entry, due[at - 1]) < 0) {
        due[at] = due[at - 1];
        at--;
      }
      due[at] = entry;
    }
  }

  private static boolean beginTogether(long entry, long other) {
    return entry >>> FlowTable.SLOT_BITS == other >>> FlowTable.SLOT_BITS;
  }

  private int compareKeys(long entry, long other) {
    int a = slotOf(entry);
    int b = slotOf(other);
    int c =
        Long.compare(
            startWord(a) >>> FlowSlots.PLACE_SHIFT, startWord(b) >>> FlowSlots.PLACE_SHIFT);
    for (int field = FlowSlots.A_HIGH; field <= FlowSlots.TUPLE && c == 0; field += 8) {
      c = Long.compareUnsigned(key(a, field), key(b, field));
    }
    long scope = key(a, FlowSlots.SCOPE) & FlowKey.SCOPE_MASK;
    return c != 0 ? c : Long.compare(scope, key(b, FlowSlots.SCOPE) & FlowKey.SCOPE_MASK);
  }

  private long startWord(int slot) {
    return slots.segment(slot).get(FlowSlots.LONG, FlowSlots.cold(slot) + FlowSlots.START_NUMBER);
  }

  private long key(int slot, int field) {
    return slots.segment(slot).get(FlowSlots.LONG, FlowSlots.hot(slot) + field);
  }

  /** Collects every flow there is, oldest first. */
  int collectAll() {
    dueCount = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      for (int slot = lists.first(bucket); slot != FlowLists.NONE; slot = lists.next(slot)) {
        collect(slot);
      }
    }
    sortDue();
    return dueCount;
  }

  int dueSlot(int index) {
    return slotOf(due[index]);
  }

  private static int slotOf(long entry) {
    return (int) entry & ((1 << FlowTable.SLOT_BITS) - 1);
  }
}
