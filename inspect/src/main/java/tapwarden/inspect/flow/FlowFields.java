package tapwarden.inspect.flow;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;

/** What is written into a flow's slot at its beginning, and when it was active. */
final class FlowFields {
  private static final int TCP = 6;
  private static final long REORDER_NANOS = PacketClock.MAX_REORDER_NANOS;

  private FlowFields() {}

  /**
   * Fills a slot for a flow that begins with this packet; {@link #stamp} says when it was active.
   *
   * @param generation in place, as in {@link FlowSlots#SCOPE}
   * @param startPlace as in {@link FlowSlots#START_NUMBER}
   */
  static void begin(
      FlowSlots slots, int slot, FlowKey key, Packet packet, long generation, long startPlace) {
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
  }

  private static int firstFlags(FlowKey key, Packet packet) {
    boolean senderIsClient =
        key.protocol != TCP
            || TcpTracker.senderIsClient(packet.tcpFlags(), key.senderPort, key.receiverPort);
    int flags = senderIsClient == (key.sender == 0) ? 0 : FlowFlags.CLIENT_IS_B;
    return packet.isUserPlane() ? flags | FlowFlags.USER_PLANE : flags;
  }

  /**
   * Notes when the flow was last active.
   *
   * @param effective what the stamp counts as: the present if it cannot be true
   */
  static void stamp(FlowSlots slots, int slot, long effective, long stamp) {
    MemorySegment s = slots.segment(slot);
    long h = FlowSlots.hot(slot);
    long c = FlowSlots.cold(slot);
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
