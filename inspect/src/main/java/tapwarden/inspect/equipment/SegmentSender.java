package tapwarden.inspect.equipment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;

/**
 * The hardware addresses of the segment on which the innermost IP packet (or the ARP, LLDP or CDP
 * message) was sent: those of the frame, or of the Ethernet header inside a tunnel such as VXLAN.
 */
public final class SegmentSender {
  /** The packet has no hardware addresses, or only those of what carries its tunnel. */
  public static final long NO_MAC = -1;

  private static final int ETHERNET_BYTES = 14;
  private static final long GROUP_BIT = 0x0100_0000_0000L;
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SegmentSender() {}

  /** The sender's, or {@link #NO_MAC}; a group address or zero is none. */
  public static long source(Packet packet) {
    if (packet.tunnelDepth() == 0) {
      return packet.hasMac() ? sane(packet.sourceMac()) : NO_MAC;
    }
    long header = innerEthernet(packet);
    return header < 0 ? NO_MAC : sane(mac(packet.segment(), header + 6));
  }

  /** Whom the sender sent it to on the segment, or {@link #NO_MAC}. */
  public static long destination(Packet packet) {
    if (packet.tunnelDepth() == 0) {
      return packet.hasMac() ? sane(packet.destinationMac()) : NO_MAC;
    }
    long header = innerEthernet(packet);
    return header < 0 ? NO_MAC : sane(mac(packet.segment(), header));
  }

  /** Offset of the last Ethernet header if at most one IP header follows it, or -1. */
  private static long innerEthernet(Packet packet) {
    int addressed = 0;
    for (int i = packet.layerCount() - 1; i > 0; i--) {
      Layer layer = packet.layer(i);
      if (layer == Layer.ETHERNET) {
        long at = packet.layerOffset(i);
        return at + ETHERNET_BYTES <= packet.frameEnd() ? at : -1;
      }
      if ((layer == Layer.IPV4 || layer == Layer.IPV6) && ++addressed > 1) {
        return -1;
      }
    }
    return -1;
  }

  private static long mac(MemorySegment segment, long at) {
    return segment.get(U64, at) >>> 16;
  }

  /** No device has a group address or zero. */
  private static long sane(long mac) {
    return mac == 0 || (mac & GROUP_BIT) != 0 ? NO_MAC : mac;
  }
}
