package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Lz4StreamTest {
  @TempDir Path work;

  /** Version 1, linked blocks of at most 64 KiB, no checksums. */
  private static byte[] linked(String... blocks) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    byte[] head = {0x40, 0x40};
    frame.writeBytes(HexFormat.of().parseHex("04224d18"));
    frame.writeBytes(head);
    frame.write(XXHashFactory.fastestInstance().hash32().hash(head, 0, 2, 0) >>> 8);
    for (String block : blocks) {
      byte[] bytes = HexFormat.of().parseHex(block.replace(" ", ""));
      frame.writeBytes(new byte[] {(byte) bytes.length, (byte) (bytes.length >> 8), 0, 0});
      frame.writeBytes(bytes);
    }
    frame.writeBytes(new byte[4]);
    return frame.toByteArray();
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (Lz4Stream in = new Lz4Stream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  /** 8 literals; then 12 bytes from 8 bytes ago, in the block before, and the letter X. */
  @Test
  void aBlockRefersToTheOneBefore() throws IOException {
    byte[] plain = unpack(linked("80 6162636465666768", "08 0800 10 58"));
    assertThat(new String(plain, StandardCharsets.US_ASCII)).isEqualTo("abcdefghabcdefghabcdX");
  }

  /** 15 + 255 + 1 = 271 literals z; then 4 + 15 + 255 + 0 = 274 from one byte ago. */
  @Test
  void longLengthsGoOnInFurtherBytes() throws IOException {
    byte[] plain = unpack(linked("ff ff01" + "7a".repeat(271) + "0100 ff00 00"));
    assertThat(new String(plain, StandardCharsets.US_ASCII)).isEqualTo("z".repeat(271 + 274));
  }

  @ParameterizedTest
  @CsvSource({
    "'10 61', '00 0200 00'", // two bytes ago, of which there is one
    "'10 61', '00 0000 00'", // no distance
    "'10 61', '20 61'", // more literals than there are
    "'10 61', '00 01'", // half a distance
    "'10 61', '10 61 0100'", // no last literals
    "'10 61', 'f0 ff'", // no end of a length
  })
  void refusesWhatNoBlockCanSay(String first, String second) {
    assertThatThrownBy(() -> unpack(linked(first, second)))
        .isInstanceOf(IOException.class)
        .hasMessage("lz4 block is malformed");
  }

  /** 1 + 4 + 15 + 255 n + m: with n = 256 and m = 236 the 65,536 bytes that a block may have. */
  @Test
  void refusesContentLongerThanTheFrameAllows() throws IOException {
    String start = "1f 00 0100" + "ff".repeat(256);
    assertThat(unpack(linked(start + "ec" + "00"))).isEqualTo(new byte[65_536]);
    assertThatThrownBy(() -> unpack(linked(start + "ed" + "00")))
        .hasMessage("lz4 block is malformed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 7, 9, 12, 20, 26})
  void saysThatAFrameIsCut(int length) throws IOException {
    byte[] frame = linked("80 6162636465666768", "04 0800 00");
    assertThat(unpack(frame)).hasSize(16);
    assertThatThrownBy(() -> unpack(Arrays.copyOf(frame, length))).isInstanceOf(IOException.class);
  }

  @Test
  void skipsFramesOfOthersAndRefusesWhatIsNone() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(HexFormat.of().parseHex("5f2a4d18" + "03000000" + "010203"));
    all.writeBytes(linked("10 61"));
    all.writeBytes(linked("10 62"));
    assertThat(unpack(all.toByteArray())).isEqualTo(new byte[] {'a', 'b'});
    all.write('?');
    assertThatThrownBy(() -> unpack(all.toByteArray()))
        .hasMessage("what follows an lz4 frame is none");
  }

  @ParameterizedTest
  @EnumSource(LZ4FrameOutputStream.BLOCKSIZE.class)
  void readsWhatTheLibraryWritesAndNoticesEveryFlippedBit(LZ4FrameOutputStream.BLOCKSIZE size)
      throws IOException {
    byte[] plain = plain(300_000);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (LZ4FrameOutputStream out =
        new LZ4FrameOutputStream(
            packed,
            size,
            plain.length,
            LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
            LZ4FrameOutputStream.FLG.Bits.BLOCK_CHECKSUM,
            LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM,
            LZ4FrameOutputStream.FLG.Bits.CONTENT_SIZE)) {
      out.write(plain);
    }
    byte[] bytes = packed.toByteArray();
    assertThat(unpack(bytes)).isEqualTo(plain);
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> unpack(damaged)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> unpack(Arrays.copyOf(bytes, bytes.length / 2)))
        .isInstanceOf(EOFException.class)
        .hasMessage("lz4 frame is cut");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-B4", "-B5", "-B6", "-B4 --no-frame-crc", "-B4 -9 --content-size"})
  void readsLinkedBlocksOfTheTool(String options) throws Exception {
    byte[] plain = plain(1_500_000);
    Path file = Files.write(work.resolve("plain"), plain);
    Path out = work.resolve("packed.lz4");
    int code;
    try {
      String command = "lz4 -q -BD %s %s %s".formatted(options, file, out);
      code = new ProcessBuilder(command.split(" ", -1)).inheritIO().start().waitFor();
    } catch (IOException notInstalled) {
      code = -1;
    }
    assumeTrue(code == 0, "SKIPPED: the tool lz4 is missing");
    byte[] packed = Files.readAllBytes(out);
    assertThat(packed[4] & 0x20).as("independent blocks").isZero();
    assertThat(unpack(packed)).isEqualTo(plain);
  }

  /** Compresses, with references of every distance that there is. */
  private static byte[] plain(int length) {
    Random random = new Random(11);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    for (int at = 70_000; at < length - 300; at += 150) {
      int from = at - 1 - random.nextInt(69_000);
      for (int i = 0; i < 100 + random.nextInt(200); i++) {
        bytes[at + i] = bytes[from + i];
      }
    }
    return bytes;
  }
}
