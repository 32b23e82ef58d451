package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.IpProtocol;
import tapwarden.inspect.wire.Ipv4View;
import tapwarden.inspect.wire.Ipv6View;

/**
 * Verifies the checksums (RFC 1071) of a decoded packet's innermost IP header and transport. Apart
 * from decoding because it reads every byte: for a sample, or where someone asks.
 *
 * <p>A frame captured on its sender before the network card finished it has no right checksum yet;
 * that is {@link Verdict#OFFLOADED}, recognised by what such senders leave in the field, and never
 * a fault of the traffic.
 */
public final class Checksums {
  /** What can be said of a checksum. */
  public enum Verdict {
    GOOD,
    BAD,
    /** Left to the sender's network card. */
    OFFLOADED,
    /** UDP over IPv4 without a checksum, or a protocol that has none. */
    ABSENT,
    /** Not all of the covered bytes are here: a fragment, a cut capture, a malformed packet. */
    UNKNOWN
  }

  private static final ValueLayout.OfLong WORDS = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final int ICMP_CHECKSUM = 2;
  private static final int SHORTEST_HEADER = 8;

  private static final long LENGTH_IN_DOUBT =
      Malformation.IPV4_TOTAL_LENGTH.bit()
          | Malformation.IPV6_PAYLOAD_LENGTH.bit()
          | Malformation.TCP_TRUNCATED.bit()
          | Malformation.TCP_HEADER_LENGTH.bit()
          | Malformation.UDP_TRUNCATED.bit()
          | Malformation.UDP_LENGTH.bit()
          | Malformation.ICMP_TRUNCATED.bit()
          | Malformation.ICMPV6_TRUNCATED.bit();

  private Checksums() {}

  /** The IPv4 header checksum; {@link Verdict#ABSENT} for IPv6, which has none. */
  public static Verdict ipv4Header(Packet packet) {
    if (packet.ipVersion() != 4) {
      return Verdict.ABSENT;
    }
    MemorySegment segment = packet.segment();
    long at = packet.networkOffset();
    int length = Ipv4View.headerLength(segment, at);
    if (length < Ipv4View.MINIMUM_LENGTH || at + length > packet.frameEnd()) {
      return Verdict.UNKNOWN;
    }
    if (fold(sum(segment, at, length)) == 0xFFFF) {
      return Verdict.GOOD;
    }
    return Ipv4View.checksum(segment, at) == 0 ? Verdict.OFFLOADED : Verdict.BAD;
  }

  /** The checksum of TCP, UDP, ICMP or ICMPv6. */
  public static Verdict transport(Packet packet) {
    int field = checksumField(packet.protocol());
    if (field < 0) {
      return Verdict.ABSENT;
    }
    if (!isWhole(packet)) {
      return Verdict.UNKNOWN;
    }
    long at = packet.transportOffset();
    long length = packet.payloadOffset() + packet.payloadLength() - at;
    return judge(packet, at, length, Bytes.u16(packet.segment(), at + field));
  }

  private static boolean isWhole(Packet packet) {
    return packet.payloadOffset() - packet.transportOffset() >= SHORTEST_HEADER
        && packet.payloadLength() == packet.wirePayloadLength()
        && !packet.isFragment()
        && (packet.malformations() & LENGTH_IN_DOUBT) == 0
        // A routing header hides the last destination, which the checksum covers.
        && !packet.has(Layer.IPV6_EXT);
  }

  private static Verdict judge(Packet packet, long at, long length, int stored) {
    if (stored == 0 && packet.protocol() == IpProtocol.UDP && packet.ipVersion() == 4) {
      return Verdict.ABSENT;
    }
    long pseudo = packet.protocol() == IpProtocol.ICMP ? 0 : pseudoHeader(packet, length);
    if (fold(pseudo + sum(packet.segment(), at, length)) == 0xFFFF) {
      return Verdict.GOOD;
    }
    // A card that is to finish the sum finds the pseudo header's in the field; segmenting cards
    // find it without the length, which differs by segment.
    boolean left =
        stored == 0
            || stored == fold(pseudo)
            || stored == fold(pseudoHeader(packet, 0))
            || isUnsegmented(packet);
    return left ? Verdict.OFFLOADED : Verdict.BAD;
  }

  private static boolean isUnsegmented(Packet packet) {
    long ip = packet.networkOffset();
    return packet.ipVersion() == 4
        ? Ipv4View.totalLength(packet.segment(), ip) == 0
        : Ipv6View.payloadLength(packet.segment(), ip) == 0;
  }

  private static int checksumField(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP -> TCP_CHECKSUM;
      case IpProtocol.UDP -> UDP_CHECKSUM;
      case IpProtocol.ICMP, IpProtocol.ICMPV6 -> ICMP_CHECKSUM;
      default -> -1;
    };
  }

  /** RFC 9293 section 3.1 and RFC 8200 section 8.1: addresses, length and protocol. */
  private static long pseudoHeader(Packet p, long length) {
    return halves(p.sourceHigh())
        + halves(p.sourceLow())
        + halves(p.destinationHigh())
        + halves(p.destinationLow())
        + length
        + p.protocol();
  }

  private static long halves(long bits) {
    return (bits >>> 32) + (bits & 0xFFFF_FFFFL);
  }

  /**
   * One's complement sum of big-endian 16-bit words, not folded. The sum does not depend on the
   * order of the bytes (RFC 1071 section 2.B) but for their order in the result, so the words are
   * read as the processor has them, eight bytes at a time.
   */
  private static long sum(MemorySegment segment, long offset, long length) {
    long even = 0;
    long odd = 0;
    long at = offset;
    long end = offset + length;
    for (; end - at >= 16; at += 16) {
      long a = segment.get(WORDS, at);
      long b = segment.get(WORDS, at + 8);
      even += halves(a);
      odd += halves(b);
    }
    int folded = fold(even + odd);
    long sum = BIG_ENDIAN ? folded : Short.reverseBytes((short) folded) & 0xFFFF;
    for (; end - at >= 2; at += 2) {
      sum += Bytes.u16(segment, at);
    }
    if (end > at) {
      sum += Bytes.u8(segment, at) << 8;
    }
    return sum;
  }

  /** One's complement sum in 16 bits; 32-bit words fold to the same as 16-bit ones. */
  private static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xFFFF) + (folded >>> 16);
    }
    return (int) folded;
  }
}
