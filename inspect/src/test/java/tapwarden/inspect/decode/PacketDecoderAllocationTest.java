package tapwarden.inspect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.decode.Decoding.bytes;
import static tapwarden.inspect.decode.PacketDecoderTest.IPV4_TCP;
import static tapwarden.inspect.decode.PacketDecoderTest.IPV4_UDP;
import static tapwarden.inspect.decode.PacketDecoderTest.MACS;
import static tapwarden.inspect.decode.PacketDecoderTest.TCP;
import static tapwarden.inspect.decode.PacketDecoderTest.UDP;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;

/** Decoding and counting leave no garbage, whatever the frame is. */
class PacketDecoderAllocationTest {
  private static final int PACKETS = 100_000;

  @Test
  void allocatesNothingOverAHundredThousandPackets() {
    Frame[] frames = {
      ethernet("0800", IPV4_TCP, TCP),
      ethernet("8100 0064 0800", IPV4_UDP, UDP),
      ethernet("8864 11 00 0007 0000 0021", IPV4_UDP, UDP),
      ethernet(
          "0800 45 00 00 00 12 34 00 00 40 2f 00 00 01 01 01 01 02 02 02 02 20 00 08 00 00 00 00"
              + " 07",
          IPV4_TCP,
          TCP),
      ethernet(
          "0800 45 00 00 00 00 00 00 00 40 01 00 00 c0 00 02 fe 0a 00 00 01",
          "0b 00 00 00 00 00 00 00",
          IPV4_UDP,
          UDP),
      ethernet("8100 0001".repeat(40)),
      ethernet("0800", IPV4_TCP.replaceFirst("45", "44"), TCP),
    };
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    LayerCounts layers = new LayerCounts();
    MalformationCounts malformations = new MalformationCounts();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    run(frames, decoder, packet, layers, malformations);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(frames, decoder, packet, layers, malformations);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(PACKETS / 100);
    assertThat(layers.frames(Layer.ETHERNET)).isEqualTo(2L * PACKETS);
    assertThat(malformations.frames(Malformation.LAYER_LIMIT)).isPositive();
  }

  private static void run(
      Frame[] frames,
      PacketDecoder decoder,
      Packet packet,
      LayerCounts layers,
      MalformationCounts malformations) {
    for (int i = 0; i < PACKETS; i++) {
      decoder.decode(frames[i % frames.length], packet);
      layers.count(packet);
      malformations.count(packet);
    }
  }

  private static Frame ethernet(String... hex) {
    byte[] bytes = bytes(MACS, String.join("", hex));
    return Decoding.frame(LinkType.ETHERNET, bytes, bytes.length);
  }
}
