package tapwarden.inspect.fragment;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.IpProtocol;
import tapwarden.inspect.wire.Ipv4View;
import tapwarden.inspect.wire.Ipv6ExtensionView;
import tapwarden.inspect.wire.Ipv6View;

/**
 * Where a fragment's header ends and its data lie, and which part of the datagram they are. Reused
 * for every fragment; offsets are absolute in the packet's segment.
 */
final class FragmentHead {
  private static final int MOST_EXTENSIONS = 10;

  private final Ipv6ExtensionView extension = new Ipv6ExtensionView();

  /** Where the header ends that the whole datagram will have; without a fragment header. */
  long headEnd;

  /** Where the data of the fragment lie. */
  long dataFrom;

  /** Where the captured data end. */
  long dataTo;

  /** Place of the data in the datagram; the end, which is exclusive, as on the wire. */
  int start;

  int end;

  boolean more;
  long identification;

  /** IPv6: where the number stands that must become {@link #nextHeader} in the whole datagram. */
  long nextHeaderAt;

  int nextHeader;

  /** Reads a packet that {@link Packet#isFragment}; false if there is nothing of use in it. */
  boolean read(Packet packet) {
    boolean readable = packet.ipVersion() == 4 ? ipv4(packet) : ipv6(packet);
    return readable && end > start;
  }

  /** Whether the capture has cut data off. */
  boolean isCut() {
    return dataTo - dataFrom < end - start;
  }

  private boolean ipv4(Packet packet) {
    MemorySegment segment = packet.segment();
    long ip = packet.networkOffset();
    headEnd = ip + Ipv4View.headerLength(segment, ip);
    dataFrom = headEnd;
    int total = Ipv4View.totalLength(segment, ip);
    int field = Ipv4View.fragmentField(segment, ip);
    identification = Ipv4View.identification(segment, ip);
    return place(
        packet,
        total == 0 ? packet.frameEnd() : ip + total,
        Ipv4View.fragmentOffset(field),
        Ipv4View.moreFragments(field));
  }

  private boolean ipv6(Packet packet) {
    MemorySegment segment = packet.segment();
    long ip = packet.networkOffset();
    int payload = Ipv6View.payloadLength(segment, ip);
    long wireEnd = payload == 0 ? packet.frameEnd() : ip + Ipv6View.LENGTH + payload;
    nextHeaderAt = ip + Ipv6View.NEXT_HEADER;
    long at = ip + Ipv6View.LENGTH;
    for (int i = 0; i < MOST_EXTENSIONS; i++) {
      int kind = Bytes.u8(segment, nextHeaderAt);
      boolean isAh = kind == IpProtocol.AH;
      if (!(isAh || Ipv6ExtensionView.isExtension(kind))
          || !extension.kind(kind).wrap(segment, at, packet.frameEnd())) {
        return false;
      }
      // One that says that the packet is whole stays what it is: a header in between.
      if (kind == IpProtocol.FRAGMENT
          && (extension.fragmentOffset() != 0 || extension.moreFragments())) {
        headEnd = at;
        dataFrom = at + Ipv6ExtensionView.MINIMUM_LENGTH;
        nextHeader = extension.nextHeader();
        identification = extension.identification();
        return place(packet, wireEnd, extension.fragmentOffset(), extension.moreFragments());
      }
      nextHeaderAt = at;
      at += isAh ? (Bytes.u8(segment, at + 1) + 2) << 2 : extension.headerLength();
    }
    return false;
  }

  /**
   * All fragments but the last are multiples of eight (RFC 791); what is over is cut off as
   * receivers do (RFC 8200 wants such a fragment of IPv6 thrown away).
   */
  private boolean place(Packet packet, long wireEnd, int offset, boolean moreToCome) {
    long length = wireEnd - dataFrom;
    if (moreToCome && (length & 7) != 0) {
      if (packet.ipVersion() == 6) {
        return false;
      }
      length &= ~7L;
    }
    if (length <= 0 || offset + length > Datagram.MOST_BYTES) {
      return false;
    }
    start = offset;
    end = offset + (int) length;
    more = moreToCome;
    dataTo = Math.min(dataFrom + length, packet.frameEnd());
    return dataTo > dataFrom;
  }
}
