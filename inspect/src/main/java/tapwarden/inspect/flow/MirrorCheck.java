package tapwarden.inspect.flow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.inspect.decode.Packet;

/**
 * Recognises a frame that the mirror delivered twice. Its signature covers what two copies share
 * even when they were taken before and after a router (so neither TTL nor hardware addresses): the
 * IPv4 identification, the transport's checksum, the lengths, and TCP's numbers and flags.
 *
 * <p>Packets without an identification (IPv6, and IPv4 with 0 as RFC 6864 allows) get a signature
 * only if a true repetition within {@link #WINDOW_MICROS} would be odd: not a TCP segment without
 * payload, SYN or FIN, because equal acknowledgments in a row are how TCP asks for what it missed.
 */
final class MirrorCheck {
  /** Two equal frames of a direction at most this far apart are one frame seen twice: 10 ms. */
  static final int WINDOW_MICROS = 10_000;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int UDP_LITE = 136;
  private static final int SYN_OR_FIN = 0x03;

  private MirrorCheck() {}

  /** The packet's signature; 0 if nothing in it tells a copy from a repetition. */
  static int signature(Packet packet) {
    int checksumOffset = checksumOffset(packet.protocol());
    if (checksumOffset < 0 || packet.transportOffset() >= packet.frameEnd()) {
      return 0;
    }
    boolean tcp = packet.protocol() == TCP;
    int checksum = u16(packet, packet.transportOffset() + checksumOffset);
    int identification = packet.ipVersion() == 4 ? u16(packet, packet.networkOffset() + 4) : 0;
    if (identification == 0) {
      boolean bareTcp =
          tcp && packet.wirePayloadLength() == 0 && (packet.tcpFlags() & SYN_OR_FIN) == 0;
      if (bareTcp || checksum == 0) {
        return 0;
      }
    }
    long h = (long) identification << 48 | (long) checksum << 32 | packet.wirePayloadLength();
    if (tcp) {
      h = PublicMix.absorb(h, packet.tcpSequence() << 32 | packet.tcpAcknowledgment());
      h += packet.tcpFlags();
    }
    return (int) (PublicMix.avalanche(h) >>> 32) | 1;
  }

  private static int checksumOffset(int protocol) {
    return switch (protocol) {
      case TCP -> 16;
      case UDP, UDP_LITE -> 6;
      case IcmpPairs.ICMP, IcmpPairs.ICMPV6 -> 2;
      default -> -1;
    };
  }

  private static int u16(Packet packet, long offset) {
    MemorySegment segment = packet.segment();
    return offset + 2 <= packet.frameEnd() ? segment.get(U16, offset) & 0xFFFF : 0;
  }

  /** One word for a slot: the signature and the low 32 bits of the time in microseconds. */
  static long remember(int signature, long nanos) {
    return ((long) signature << 32) | (nanos / 1_000 & 0xFFFF_FFFFL);
  }

  static int microsSince(long remembered, long nanos) {
    return (int) (nanos / 1_000) - (int) remembered;
  }

  static boolean isCopy(long remembered, int signature, long nanos) {
    return signature != 0
        && (int) (remembered >>> 32) == signature
        && Math.abs(microsSince(remembered, nanos)) <= WINDOW_MICROS;
  }
}
