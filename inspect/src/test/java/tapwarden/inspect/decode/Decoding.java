package tapwarden.inspect.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;

/**
 * Decodes bytes for tests: from a native segment exactly as long as the frame, so that any read
 * beyond it fails, and by both ways through the decoder, which must agree.
 */
final class Decoding {
  private Decoding() {}

  /** Hexadecimal digits with any white space between them. */
  static byte[] bytes(String... hex) {
    return HexFormat.of().parseHex(String.join("", hex).replaceAll("\\s", ""));
  }

  static Packet ethernet(String... hex) {
    return decode(LinkType.ETHERNET, bytes(hex));
  }

  static Packet decode(int linkType, byte[] bytes) {
    return decode(linkType, bytes, bytes.length);
  }

  /** Decodes {@code bytes} as all that was captured of a frame of {@code wireLength} bytes. */
  static Packet decode(int linkType, byte[] bytes, int wireLength) {
    Frame frame = frame(linkType, bytes, wireLength);
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    decoder.decode(frame, packet);
    Packet walked = new Packet();
    decoder.decodeByWalking(frame, walked);
    String fast = describe(packet);
    String slow = describe(walked);
    if (!fast.equals(slow)) {
      throw new AssertionError("straight line: " + fast + "\nlayer by layer: " + slow);
    }
    return packet;
  }

  /** The bytes in a native segment of just their length. */
  static Frame frame(int linkType, byte[] bytes, int wireLength) {
    MemorySegment segment = Arena.ofAuto().allocate(bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return new Frame().wrap(segment, 0, bytes.length, wireLength, 0, linkType, 0, 1);
  }

  /** Every public fact of a packet, in a fixed order. */
  static String describe(Packet p) {
    StringBuilder vlans = new StringBuilder();
    for (int i = 0; i < p.vlanCount(); i++) {
      vlans.append(' ').append(p.vlan(i));
    }
    StringBuilder places = new StringBuilder();
    for (int i = 0; i < p.layerCount(); i++) {
      places.append(' ').append(p.layer(i)).append('@').append(p.layerOffset(i));
    }
    return "layers%s set %x faults %s mac %s %x>%x vlans%s ip %d@%d %x:%x>%x:%x ttl %d proto %d@%d frag %s %s %d %d %s ports %s %d>%d tcp %x %d %d %d icmp %d/%d payload %d+%d/%d tunnel %d %s %d %s outer %d %x:%x>%x:%x %d %d>%d quote %d"
        .formatted(
            places,
            p.layerSet(),
            faults(p),
            p.hasMac(),
            p.sourceMac(),
            p.destinationMac(),
            vlans,
            p.ipVersion(),
            p.networkOffset(),
            p.sourceHigh(),
            p.sourceLow(),
            p.destinationHigh(),
            p.destinationLow(),
            p.ttl(),
            p.protocol(),
            p.transportOffset(),
            p.isFragment(),
            p.isFirstFragment(),
            p.fragmentId(),
            p.fragmentOffset(),
            p.moreFragments(),
            p.hasPorts(),
            p.sourcePort(),
            p.destinationPort(),
            p.tcpFlags(),
            p.tcpSequence(),
            p.tcpAcknowledgment(),
            p.tcpWindow(),
            p.icmpType(),
            p.icmpCode(),
            p.payloadOffset(),
            p.payloadLength(),
            p.wirePayloadLength(),
            p.tunnelDepth(),
            p.tunnel(),
            p.tunnelId(),
            p.isUserPlane(),
            p.outerIpVersion(),
            p.outerSourceHigh(),
            p.outerSourceLow(),
            p.outerDestinationHigh(),
            p.outerDestinationLow(),
            p.outerProtocol(),
            p.outerSourcePort(),
            p.outerDestinationPort(),
            p.quote().ipVersion());
  }

  /** Empty when the packets say the same; cheap then, as it is asked for every frame. */
  static String difference(Packet a, Packet b) {
    boolean same =
        a.layerSet() == b.layerSet()
            && a.layerCount() == b.layerCount()
            && a.malformations() == b.malformations()
            && a.payloadOffset() == b.payloadOffset()
            && a.payloadLength() == b.payloadLength()
            && a.wirePayloadLength() == b.wirePayloadLength()
            && a.sourceLow() == b.sourceLow()
            && a.destinationLow() == b.destinationLow()
            && a.sourcePort() == b.sourcePort()
            && a.destinationPort() == b.destinationPort()
            && a.tunnelDepth() == b.tunnelDepth();
    // Now and then everything is compared, and always when anything differs.
    if (same && (a.sourceLow() + a.sourcePort() & 15) != 0) {
      return "";
    }
    String first = describe(a);
    String second = describe(b);
    return first.equals(second) ? "" : first + "\n" + second;
  }

  /** Every offset of the packet lies in its frame. */
  static void assertInside(Packet p) {
    long start = p.frameOffset();
    long end = p.frameEnd();
    boolean inside =
        p.payloadOffset() >= start
            && p.payloadLength() >= 0
            && p.payloadOffset() + p.payloadLength() <= end
            && p.wirePayloadLength() >= p.payloadLength()
            && p.networkOffset() >= start
            && p.networkOffset() <= end
            && p.transportOffset() >= start
            && p.transportOffset() <= end
            && p.layerCount() <= Packet.MAX_LAYERS
            && p.vlanCount() <= Packet.MAX_VLANS;
    for (int i = 0; i < p.layerCount(); i++) {
      long at = p.layerOffset(i);
      inside &= at >= start && at <= end && (i == 0 || at >= p.layerOffset(i - 1));
    }
    if (!inside) {
      throw new AssertionError("outside " + start + ".." + end + ": " + describe(p));
    }
  }

  static List<Malformation> faults(Packet p) {
    List<Malformation> out = new ArrayList<>();
    for (Malformation m : Malformation.values()) {
      if (p.has(m)) {
        out.add(m);
      }
    }
    return out;
  }

  static List<Layer> layers(Packet p) {
    List<Layer> out = new ArrayList<>();
    for (int i = 0; i < p.layerCount(); i++) {
      out.add(p.layer(i));
    }
    return out;
  }
}
