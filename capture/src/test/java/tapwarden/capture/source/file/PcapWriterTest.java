package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.LinkType;

/** Expected bytes by hand from draft-ietf-opsawg-pcap, section 4 and 5. */
class PcapWriterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void writesMicrosecondsLittleEndian() throws IOException {
    try (PcapWriter writer = writer(PcapWriter.Precision.MICROS, ByteOrder.LITTLE_ENDIAN)) {
      writer.write(1_000_000_001_234_567_890L, new byte[] {1, 2, 3});
      assertThat(writer.frames()).isEqualTo(1);
      assertThat(writer.bytesWritten()).isEqualTo(24 + 16 + 3);
    }
    // 1,000,000,001 s = 0x3B9ACA01; 234,567 us = 0x039447
    assertThat(hex())
        .isEqualTo(
            "d4c3b2a1"
                + "02000400"
                + "00000000"
                + "00000000"
                + "00010000"
                + "01000000"
                + "01ca9a3b"
                + "47940300"
                + "03000000"
                + "03000000"
                + "010203");
  }

  @Test
  void writesNanosecondsBigEndianAndTheLengthOnTheWire() throws IOException {
    try (PcapWriter writer = writer(PcapWriter.Precision.NANOS, ByteOrder.BIG_ENDIAN)) {
      byte[] frame = {9, 9, 0x41, 0x42, 9};
      writer.write(1_000_000_001_234_567_890L, MemorySegment.ofArray(frame), 2, 2, 1500);
    }
    // 234,567,890 ns = 0x0DFB38D2
    assertThat(hex())
        .isEqualTo(
            "a1b23c4d"
                + "00020004"
                + "00000000"
                + "00000000"
                + "00000100"
                + "00000001"
                + "3b9aca01"
                + "0dfb38d2"
                + "00000002"
                + "000005dc"
                + "4142");
  }

  @Test
  void writesFramesLongerThanItsBuffer() throws IOException {
    byte[] frame = new byte[200_000];
    frame[199_999] = 7;
    try (PcapWriter writer = writer(PcapWriter.Precision.NANOS, ByteOrder.BIG_ENDIAN)) {
      writer.write(0, frame);
    }
    byte[] file = bytes.toByteArray();
    assertThat(file).hasSize(24 + 16 + 200_000);
    assertThat(file[file.length - 1]).isEqualTo((byte) 7);
  }

  private PcapWriter writer(PcapWriter.Precision precision, ByteOrder order) throws IOException {
    return new PcapWriter(Channels.newChannel(bytes), LinkType.ETHERNET, 256, precision, order);
  }

  private String hex() {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
