package tapwarden.inspect.flow;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.inspect.decode.Packet;

/**
 * What tells one flow from another, taken from a packet; reused for every packet. The two endpoints
 * are put in order (A is the lower by address, then by port), so both directions have one key.
 *
 * <p>{@code tuple} holds, from the highest bit: port of A (16), port of B (16), protocol (8), IP
 * version (8), ICMP identifier (16). {@code scope} holds 12 bits for each of three VLAN ids
 * (outermost lowest), their number (2 bits at 36), the tunnel's kind (6 bits at 38), and whether
 * {@code tunnelId} stands for the tunnel's endpoints (bit 44), because each side of that tunnel
 * chooses its own id.
 *
 * <p>ICMP has no ports: the sender's is the type; the receiver's is the type that would answer, or
 * the code of a one-way message. Fragments without ports have ports 0.
 */
final class FlowKey {
  static final int VLAN_COUNT_SHIFT = 36;
  static final int TUNNEL_SHIFT = 38;
  static final long TUNNEL_BY_ENDPOINTS = 1L << 44;
  static final long SCOPE_MASK = (1L << 45) - 1;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int NO_PROTOCOL = 255;

  private final boolean vlanInKey;
  private final boolean tunnelInKey;

  long aHigh;
  long aLow;
  long bHigh;
  long bLow;
  long tuple;
  long scope;
  int tunnelId;

  /**
   * Who sent the packet: 0 if endpoint A did, 1 if B. A number, because which it is is a toss-up
   * that nothing on the way of every packet should branch on.
   */
  int sender;

  int protocol;
  int senderPort;
  int receiverPort;

  FlowKey(boolean vlanInKey, boolean tunnelInKey) {
    this.vlanInKey = vlanInKey;
    this.tunnelInKey = tunnelInKey;
  }

  /** Takes the key of a packet that carries IP. */
  void take(Packet packet) {
    take(packet, 0);
  }

  /**
   * The same; unless 0, {@code shardEnds} stands for the tunnel that the packet is in or carries.
   */
  void take(Packet packet, long shardEnds) {
    protocol = packet.protocol() < 0 ? NO_PROTOCOL : packet.protocol();
    senderPort = packet.sourcePort();
    receiverPort = packet.destinationPort();
    int identifier = 0;
    if (IcmpPairs.isIcmp(protocol) && packet.icmpType() >= 0) {
      int type = packet.icmpType();
      int counterpart = IcmpPairs.counterpart(protocol, type);
      senderPort = type;
      receiverPort = counterpart >= 0 ? counterpart : packet.icmpCode();
      identifier = IcmpPairs.hasIdentifier(protocol, type) ? identifier(packet) : 0;
    } else if (!packet.hasPorts()) {
      senderPort = 0;
      receiverPort = 0;
    }
    order(packet);
    int swapped = (senderPort ^ receiverPort) & -sender;
    long portA = senderPort ^ swapped;
    long portB = receiverPort ^ swapped;
    tuple =
        portA << 48
            | portB << 32
            | (long) protocol << 24
            | (long) packet.ipVersion() << 16
            | identifier;
    scope = vlanInKey ? vlans(packet) : 0;
    tunnelId = 0;
    if (tunnelInKey && packet.tunnelDepth() > 0) {
      scope |= (long) packet.tunnel().ordinal() << TUNNEL_SHIFT;
      if (shardEnds == 0 && packet.isTunnelIdShared()) {
        tunnelId = foldTunnel(packet.tunnelId());
      } else {
        scope |= TUNNEL_BY_ENDPOINTS;
        tunnelId = foldTunnel(shardEnds != 0 ? shardEnds : outerEndpoints(packet));
      }
    } else if (shardEnds != 0 && packet.tunnelDepth() == 0) {
      scope |= TUNNEL_BY_ENDPOINTS;
      tunnelId = foldTunnel(shardEnds);
    }
  }

  private void order(Packet packet) {
    long sourceHigh = packet.sourceHigh();
    long sourceLow = packet.sourceLow();
    long destinationHigh = packet.destinationHigh();
    long destinationLow = packet.destinationLow();
    if (sourceHigh != destinationHigh) {
      sender = isLess(destinationHigh, sourceHigh);
    } else if (sourceLow != destinationLow) {
      sender = isLess(destinationLow, sourceLow);
    } else {
      sender = senderPort <= receiverPort ? 0 : 1;
    }
    long high = (sourceHigh ^ destinationHigh) & -sender;
    long low = (sourceLow ^ destinationLow) & -sender;
    aHigh = sourceHigh ^ high;
    aLow = sourceLow ^ low;
    bHigh = destinationHigh ^ high;
    bLow = destinationLow ^ low;
  }

  /**
   * 1 if {@code left} is less than {@code right}, both unsigned, else 0: the borrow of left -
   * right.
   */
  private static int isLess(long left, long right) {
    return (int) (((~left & right) | ((~left | right) & (left - right))) >>> 63);
  }

  static long vlans(Packet packet) {
    int count = packet.vlanCount();
    long bits = (long) count << VLAN_COUNT_SHIFT;
    for (int i = 0; i < count; i++) {
      bits |= (packet.vlan(i) & 0xFFFL) << (12 * i);
    }
    return bits;
  }

  /** Tunnel ids are at most 32 bits in every protocol decoded; wider ones would be folded. */
  static int foldTunnel(long tunnelId) {
    return (int) (tunnelId ^ (tunnelId >>> 32));
  }

  private static long outerEndpoints(Packet packet) {
    return ends(
        packet.outerSourceHigh(),
        packet.outerSourceLow(),
        packet.outerDestinationHigh(),
        packet.outerDestinationLow());
  }

  /** The same for both directions: sums do not know an order. */
  static long ends(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
    long source = PublicMix.absorb(sourceHigh, sourceLow);
    long destination = PublicMix.absorb(destinationHigh, destinationLow);
    return PublicMix.avalanche(source + destination);
  }

  private static int identifier(Packet packet) {
    long offset = packet.transportOffset() + 4;
    return offset + 2 <= packet.frameEnd() ? packet.segment().get(U16, offset) & 0xFFFF : 0;
  }
}
