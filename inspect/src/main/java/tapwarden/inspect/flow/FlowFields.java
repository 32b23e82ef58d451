package tapwarden.inspect.flow;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;

/** What is written into a flow's slot at its beginning, and with each packet. */
final class FlowFields {
  private static final int TCP = 6;
  private static final long REORDER_NANOS = PacketClock.MAX_REORDER_NANOS;

  private FlowFields() {}

  /**
   * Fills a slot for a flow that begins with this packet.
   *
   * @param generation in place, as in {@link FlowSlots#SCOPE}
   * @param startPlace as in {@link FlowSlots#START_NUMBER}
   * @param effective as for {@link #stamp}
   */
  static void begin(
      FlowSlots slots,
      int slot,
      FlowKey key,
      Packet packet,
      long generation,
      long startPlace,
      long effective) {
    MemorySegment s = slots.segment(slot);
    long h = FlowSlots.hot(slot);
    long c = FlowSlots.cold(slot);
    s.set(FlowSlots.LONG, h + FlowSlots.A_HIGH, key.aHigh);
    s.set(FlowSlots.LONG, h + FlowSlots.A_LOW, key.aLow);
    s.set(FlowSlots.LONG, h + FlowSlots.B_HIGH, key.bHigh);
    s.set(FlowSlots.LONG, h + FlowSlots.B_LOW, key.bLow);
    s.set(FlowSlots.LONG, h + FlowSlots.TUPLE, key.tuple);
    s.set(FlowSlots.LONG, h + FlowSlots.SCOPE, key.scope | generation);
    s.set(FlowSlots.INT, h + FlowSlots.TUNNEL_ID, key.tunnelId);
    s.set(FlowSlots.INT, h + FlowSlots.FLAGS, firstFlags(key, packet));
    for (int field = FlowSlots.PACKETS_A; field <= FlowSlots.SIGNATURE_B; field += 8) {
      s.set(FlowSlots.LONG, h + field, 0);
    }
    s.set(FlowSlots.LONG, h + FlowSlots.LAST_NANOS, packet.timestampNanos());
    s.set(FlowSlots.LONG, c + FlowSlots.START_NANOS, packet.timestampNanos());
    s.set(FlowSlots.LONG, c + FlowSlots.START_NUMBER, packet.number() | startPlace);
    s.set(FlowSlots.INT, c + FlowSlots.OWNER_INDEX, -1);
    s.set(FlowSlots.INT, c + FlowSlots.ATTACHMENT, -1);
    s.set(FlowSlots.INT, c + FlowSlots.STREAM, -1);
    s.set(FlowSlots.BYTE, c + FlowSlots.PROTOCOL, (byte) 0);
    s.set(FlowSlots.SHORT, c + FlowSlots.INTERFACE, (short) packet.interfaceIndex());
    s.set(FlowSlots.BYTE, c + FlowSlots.USER_FLAGS, (byte) 0);
    s.set(FlowSlots.INT, c + FlowSlots.LATE_TRIES, 0);
    stamp(s, h, c, effective, packet.timestampNanos());
  }

  private static int firstFlags(FlowKey key, Packet packet) {
    boolean senderIsClient =
        key.protocol != TCP
            || TcpTracker.senderIsClient(packet.tcpFlags(), key.senderPort, key.receiverPort);
    int flags = senderIsClient == (key.sender == 0) ? 0 : FlowFlags.CLIENT_IS_B;
    return packet.isUserPlane() ? flags | FlowFlags.USER_PLANE : flags;
  }

  /** Adds TCP flags of a side, and says whether the flow belonged to an older generation. */
  static boolean noteInScope(MemorySegment s, long hot, long generation, int tcpFlags, int side) {
    long scope = s.get(FlowSlots.LONG, hot + FlowSlots.SCOPE);
    int shift = FlowSlots.TCP_FLAGS_A_SHIFT + side;
    long noted = (scope & ~FlowSlots.GENERATION_MASK) | generation | ((tcpFlags & 0xFFL) << shift);
    if (noted == scope) {
      return false;
    }
    s.set(FlowSlots.LONG, hot + FlowSlots.SCOPE, noted);
    return ((noted ^ scope) & FlowSlots.GENERATION_MASK) != 0;
  }

  /**
   * Notes when the flow was last active, in the hot part {@code h} and the cold part {@code c} of
   * its slot.
   *
   * @param effective what the stamp counts as: the present if it cannot be true
   */
  static void stamp(MemorySegment s, long h, long c, long effective, long stamp) {
    int flags = s.get(FlowSlots.INT, h + FlowSlots.FLAGS);
    if (effective == stamp) {
      long last = s.get(FlowSlots.LONG, h + FlowSlots.LAST_NANOS);
      boolean wasStrange = FlowFlags.has(flags, FlowFlags.STRANGE_TIME);
      if (stamp > last || wasStrange || last - stamp > REORDER_NANOS) {
        s.set(FlowSlots.LONG, h + FlowSlots.LAST_NANOS, stamp);
      }
      if (wasStrange) {
        s.set(FlowSlots.INT, h + FlowSlots.FLAGS, flags & ~FlowFlags.STRANGE_TIME);
      }
    } else {
      s.set(FlowSlots.LONG, h + FlowSlots.LAST_NANOS, stamp);
      s.set(FlowSlots.LONG, c + FlowSlots.ACTIVE_NANOS, effective);
      s.set(FlowSlots.INT, h + FlowSlots.FLAGS, flags | FlowFlags.STRANGE_TIME);
    }
  }
}
