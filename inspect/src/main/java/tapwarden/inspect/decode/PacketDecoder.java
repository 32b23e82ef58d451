package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;

/**
 * Fills a {@link Packet} from a {@link Frame}: no allocation, no exception, no read out of bounds.
 */
public final class PacketDecoder {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Decodes {@code frame} into {@code packet}, which is overwritten. */
  public void decode(Frame frame, Packet packet) {
    packet.reset(frame);
    if (frame.linkType() == LinkType.ETHERNET && frame.capturedLength() >= 34) {
      MemorySegment s = frame.segment();
      long o = frame.offset();
      packet.hasMac = true;
      packet.layers[packet.layerCount++] = Layer.ETHERNET;
      packet.layerSet |= Layer.ETHERNET.bit();
      if (s.get(U16, o + 12) == 0x0800) {
        packet.ipVersion = 4;
        packet.sourceLow = s.get(U32, o + 26) & 0xFFFF_FFFFL;
        packet.destinationLow = s.get(U32, o + 30) & 0xFFFF_FFFFL;
        packet.layerSet |= Layer.IPV4.bit();
      }
    }
  }
}
