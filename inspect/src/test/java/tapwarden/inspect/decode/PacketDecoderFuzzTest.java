package tapwarden.inspect.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;

/**
 * Any bytes as a frame of any link type: nothing is thrown, every offset lies in the frame, a read
 * beyond it fails the test, and the straight line never differs from the walk.
 */
class PacketDecoderFuzzTest {
  private static final int[] LINK_TYPES = {
    LinkType.ETHERNET,
    LinkType.NULL,
    LinkType.PPP,
    LinkType.PPP_HDLC,
    LinkType.PPP_ETHER,
    LinkType.RAW,
    LinkType.C_HDLC,
    LinkType.IEEE802_11,
    LinkType.FRELAY,
    LinkType.LOOP,
    LinkType.LINUX_SLL,
    LinkType.IEEE802_11_RADIOTAP,
    LinkType.IPV4,
    LinkType.IPV6,
    LinkType.NFLOG,
    LinkType.LINUX_SLL2,
    147,
  };

  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final Packet walked = new Packet();
  private final Frame frame = new Frame();

  /** First byte: the link type's place in the list; second: how much more was on the wire. */
  @FuzzTest
  void readsAnyFrameWithinItsBounds(byte[] data) {
    if (data.length < 2) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(data, 2, data.length);
    int linkType = LINK_TYPES[(data[0] & 0xFF) % LINK_TYPES.length];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(bytes.length);
      MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
      frame.wrap(segment, 0, bytes.length, bytes.length + data[1], 0, linkType, 0, 1);
      decoder.decode(frame, packet);
      decoder.decodeByWalking(frame, walked);
      Decoding.assertInside(packet);
      Decoding.assertInside(walked);
      String fast = Decoding.describe(packet);
      String slow = Decoding.describe(walked);
      if (!fast.equals(slow)) {
        throw new AssertionError("straight line: " + fast + "\nlayer by layer: " + slow);
      }
      Checksums.ipv4Header(packet);
      Checksums.transport(packet);
    }
  }
}
