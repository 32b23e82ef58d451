package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.LinkType;

/** Expected bytes by hand from draft-ietf-opsawg-pcapng, section 4. */
class PcapngWriterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void writesSectionInterfaceAndPacketBlocks() throws IOException {
    try (PcapngWriter writer = writer("tap", List.of("why"))) {
      int eth = writer.addInterface("eth1", "", LinkType.ETHERNET, 128);
      byte[] frame = {1, 2, 3, 4, 5};
      writer.write(
          eth, 0x1122334455667788L, MemorySegment.ofArray(frame), 0, 5, 60, List.of("note!"));
      writer.write(eth, 1, MemorySegment.ofArray(frame), 0, 4, 4, List.of());
      assertThat(writer.bytesWritten()).isEqualTo(0x30 + 0x28 + 0x38 + 0x24);
    }
    String section =
        "0a0d0d0a"
            + "30000000"
            + "4d3c2b1a"
            + "0100"
            + "0000"
            + "ffffffffffffffff"
            + "0100"
            + "0300"
            + "77687900"
            + "0400"
            + "0300"
            + "74617000"
            + "00000000"
            + "30000000";
    String description =
        "01000000"
            + "28000000"
            + "0100"
            + "0000"
            + "80000000"
            + "0200"
            + "0400"
            + "65746831"
            + "0900"
            + "0100"
            + "09000000"
            + "00000000"
            + "28000000";
    String commented =
        "06000000"
            + "38000000"
            + "00000000"
            + "44332211"
            + "88776655"
            + "05000000"
            + "3c000000"
            + "0102030405000000"
            + "0100"
            + "0500"
            + "6e6f746521000000"
            + "00000000"
            + "38000000";
    String plain =
        "06000000"
            + "24000000"
            + "00000000"
            + "00000000"
            + "01000000"
            + "04000000"
            + "04000000"
            + "01020304"
            + "24000000";
    assertThat(HexFormat.of().formatHex(bytes.toByteArray()))
        .isEqualTo(section + description + commented + plain);
  }

  @Test
  void cutsACommentBetweenTwoCharacters() throws IOException {
    String comment = "x" + "é".repeat(PcapngWriter.MAX_OPTION_BYTES / 2);
    try (PcapngWriter writer = writer("", List.of(comment))) {
      writer.flush();
    }
    byte[] file = bytes.toByteArray();
    int length = file[26] & 0xFF | (file[27] & 0xFF) << 8;
    assertThat(length).isEqualTo(PcapngWriter.MAX_OPTION_BYTES - 1);
    assertThat(file).hasSize(28 + 4 + PcapngWriter.MAX_OPTION_BYTES + 4);
  }

  @Test
  void refusesAnInterfaceThatWasNotDeclared() throws IOException {
    try (PcapngWriter writer = writer("tap", List.of())) {
      MemorySegment frame = MemorySegment.ofArray(new byte[4]);
      assertThatThrownBy(() -> writer.write(0, 0, frame, 0, 4, 4, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private PcapngWriter writer(String application, List<String> comments) throws IOException {
    return new PcapngWriter(Channels.newChannel(bytes), application, comments);
  }
}
