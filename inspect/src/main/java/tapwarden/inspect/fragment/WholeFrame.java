package tapwarden.inspect.fragment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.capture.packet.Frame;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.Ipv4View;
import tapwarden.inspect.wire.Ipv6View;

/**
 * A datagram as the frame in which it would have come whole: the head of its first fragment's frame
 * with the IP header put right, and all data. What stands before that header is as it was: lengths
 * in it are the first fragment's. Has the number and time of the fragment that completed it.
 */
final class WholeFrame {
  /** Longest head: every layer that is decoded, and IPv6 extension headers. */
  static final int MOST_HEAD = 4_096;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int DO_NOT_FRAGMENT = 0x4000;

  private final MemorySegment bytes =
      Arena.ofAuto().allocate(MOST_HEAD + (long) Datagram.MOST_BYTES);
  private final Frame frame = new Frame();

  /** The frame of a reading up to {@code end}; valid until the next one. */
  Frame make(Datagram d, byte[] reading, int end, Packet completedBy) {
    MemorySegment.copy(d.head, 0, bytes, ValueLayout.JAVA_BYTE, 0, d.headLength);
    MemorySegment.copy(reading, 0, bytes, ValueLayout.JAVA_BYTE, d.headLength, end);
    int length = d.headLength + end;
    if (d.version == 4) {
      ipv4(d.ipAt, length - d.ipAt);
    } else {
      bytes.set(ValueLayout.JAVA_BYTE, d.nextHeaderAt, (byte) d.nextHeader);
      bytes.set(U16, d.ipAt + Ipv6View.PAYLOAD_LENGTH, (short) (length - d.ipAt - Ipv6View.LENGTH));
    }
    return frame.wrap(
        bytes,
        0,
        length,
        length,
        completedBy.timestampNanos(),
        d.linkType,
        d.interfaceIndex,
        completedBy.number());
  }

  private void ipv4(int ip, int total) {
    int field = Ipv4View.fragmentField(bytes, ip) & DO_NOT_FRAGMENT;
    bytes.set(U16, ip + Ipv4View.TOTAL_LENGTH, (short) total);
    bytes.set(U16, ip + Ipv4View.FRAGMENT, (short) field);
    bytes.set(U16, ip + Ipv4View.CHECKSUM, (short) 0);
    int sum = 0;
    for (int at = 0; at < Ipv4View.headerLength(bytes, ip); at += 2) {
      sum += bytes.get(U16, ip + at) & 0xFFFF;
    }
    sum = (sum & 0xFFFF) + (sum >>> 16);
    bytes.set(U16, ip + Ipv4View.CHECKSUM, (short) ~(sum + (sum >>> 16)));
  }

  /** Whether the datagram is one that IP can carry: the length field has 16 bits. */
  static boolean fits(Datagram d, int end) {
    int header = d.headLength - d.ipAt;
    return (d.version == 4 ? header : header - Ipv6View.LENGTH) + end <= Datagram.MOST_BYTES;
  }
}
