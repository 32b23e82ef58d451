package tapwarden.inspect.flow;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;

/**
 * What a TCP segment does to its flow's state word (RFC 9293, as seen from the middle): direction
 * by handshake, new → established → closed, and segments that the mirror delivered out of order.
 *
 * <p><b>Established</b> needs both sides: the client acknowledged, and the server sent SYN+ACK or
 * acknowledged. A flow of which the mirror shows one side stays new, whatever it carries, as
 * Suricata's does unless it is told to expect asymmetric routes; it is counted as one-sided.
 *
 * <p><b>Reordered</b> is a segment that begins exactly where a hole begins which a later one left
 * in the same direction at most {@link #REORDER_MICROS} before. What comes later fills it as a
 * retransmission: that is the network's or the sender's doing, and is not counted.
 */
final class TcpTracker {
  /** Longest delay of a reordered segment: 3 ms, below any retransmission timeout. */
  static final int REORDER_MICROS = 3_000;

  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int ACK = 0x10;

  private TcpTracker() {}

  /** A SYN that opens a connection: no ACK, and no RST that would make nonsense of it. */
  static boolean isOpening(int tcpFlags) {
    return (tcpFlags & (SYN | ACK | RST)) == SYN;
  }

  /**
   * Whether the sender of a flow's first segment is the client. Without a SYN the first sender is,
   * unless it alone speaks from a well-known port (below 1024): the tap then most likely came in
   * after the handshake, and the answer was the first thing it saw.
   */
  static boolean senderIsClient(int tcpFlags, int senderPort, int receiverPort) {
    if ((tcpFlags & SYN) != 0) {
      return (tcpFlags & ACK) == 0;
    }
    return senderPort >= 1024 || receiverPort < 1024;
  }

  /** The state word after a segment with {@code tcpFlags} from A or B. */
  static int next(int flags, int tcpFlags, boolean fromA) {
    int f = flags;
    if ((tcpFlags & SYN) != 0 && !FlowFlags.has(f, FlowFlags.HANDSHAKE)) {
      boolean clientIsA = fromA == ((tcpFlags & ACK) == 0);
      f = clientIsA ? (f & ~FlowFlags.CLIENT_IS_B) : (f | FlowFlags.CLIENT_IS_B);
      f |= FlowFlags.HANDSHAKE;
    }
    boolean clientIsB = FlowFlags.has(f, FlowFlags.CLIENT_IS_B);
    if ((tcpFlags & (SYN | ACK | RST)) == (SYN | ACK) && fromA == clientIsB) {
      f |= FlowFlags.SYN_ACK;
    }
    if ((tcpFlags & (SYN | ACK | RST)) == ACK) {
      f |= fromA ? FlowFlags.ACKED_A : FlowFlags.ACKED_B;
    }
    if ((tcpFlags & FIN) != 0) {
      f |= fromA ? FlowFlags.FIN_A : FlowFlags.FIN_B;
    }
    return withTcpState(f, tcpFlags, clientIsB);
  }

  private static int withTcpState(int flags, int tcpFlags, boolean clientIsB) {
    int bothFin = FlowFlags.FIN_A | FlowFlags.FIN_B;
    if ((tcpFlags & RST) != 0 || (flags & bothFin) == bothFin) {
      return FlowFlags.withState(flags, FlowSnapshot.State.CLOSED);
    }
    int clientAcked = clientIsB ? FlowFlags.ACKED_B : FlowFlags.ACKED_A;
    int serverAcked = clientIsB ? FlowFlags.ACKED_A : FlowFlags.ACKED_B;
    if (FlowFlags.state(flags) == FlowSnapshot.State.NEW.ordinal()
        && FlowFlags.has(flags, clientAcked)
        && FlowFlags.has(flags, serverAcked | FlowFlags.SYN_ACK)) {
      return FlowFlags.withState(flags, FlowSnapshot.State.ESTABLISHED);
    }
    return flags;
  }

  /**
   * Follows the sequence numbers of one direction and notes holes in the slot.
   *
   * @param flags the state word; the result is the new one
   * @param microsSinceLast time since the direction's last segment
   * @return the new state word, sign bit set if the segment was reordered
   */
  static int follow(
      MemorySegment slot,
      long hot,
      long cold,
      int flags,
      Packet packet,
      boolean fromA,
      int microsSinceLast) {
    int length = packet.wirePayloadLength() + Integer.bitCount(packet.tcpFlags() & (SYN | FIN));
    if (length == 0 || (packet.tcpFlags() & RST) != 0) {
      return flags;
    }
    int sequence = (int) packet.tcpSequence();
    int end = sequence + length;
    long nextAt = hot + (fromA ? FlowSlots.NEXT_SEQUENCE_A : FlowSlots.NEXT_SEQUENCE_B);
    int known = fromA ? FlowFlags.SEQUENCE_A : FlowFlags.SEQUENCE_B;
    long holeAt = cold + (fromA ? FlowSlots.HOLE_A : FlowSlots.HOLE_B);
    if (!FlowFlags.has(flags, known)) {
      slot.set(FlowSlots.INT, nextAt, end);
      if ((packet.tcpFlags() & SYN) != 0) {
        // Where the first hole would be: where the data begins.
        slot.set(FlowSlots.INT, holeAt, sequence + 1);
      }
      return flags | known;
    }
    boolean saidSomething = FlowFlags.has(flags, fromA ? FlowFlags.PAYLOAD_A : FlowFlags.PAYLOAD_B);
    if (!saidSomething && packet.wirePayloadLength() == 0 && (packet.tcpFlags() & SYN) == 0) {
      // A FIN before the first byte: whoever forges one does not say where the data begins.
      return flags;
    }
    int next = slot.get(FlowSlots.INT, nextAt);
    int hole = fromA ? FlowFlags.HOLE_A : FlowFlags.HOLE_B;
    if (end - next > 0) {
      slot.set(FlowSlots.INT, nextAt, end);
      if (sequence - next > 0) {
        slot.set(FlowSlots.INT, holeAt, next);
        return flags | hole;
      }
      return flags;
    }
    if (FlowFlags.has(flags, hole) && sequence == slot.get(FlowSlots.INT, holeAt)) {
      if (microsSinceLast < 0 || microsSinceLast > REORDER_MICROS) {
        return flags & ~hole;
      }
      slot.set(FlowSlots.INT, holeAt, end);
      return flags | Integer.MIN_VALUE;
    }
    return flags;
  }
}
