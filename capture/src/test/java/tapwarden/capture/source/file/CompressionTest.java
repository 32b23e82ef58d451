package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import tapwarden.capture.packet.LinkType;

class CompressionTest {
  private static final int FRAMES = 3_000;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsSeveralMembersInARowWhateverTheName(Compression kind) throws IOException {
    byte[] plain = capture();
    int half = plain.length / 2;
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(pack(kind, Arrays.copyOf(plain, half)));
    packed.writeBytes(pack(kind, Arrays.copyOfRange(plain, half, plain.length)));
    ReadCapture read = ReadCapture.of(packed.toByteArray(), 256);
    assertThat(read).isEqualTo(ReadCapture.of(plain, 256));
    assertThat(read.frames()).hasSize(FRAMES);
    assertThat(read.damage()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsWhatIsLeftOfACutFileAndSaysThatItIsCut(Compression kind) throws IOException {
    byte[] plain = capture();
    byte[] packed = pack(kind, plain);
    ReadCapture whole = ReadCapture.of(plain);
    ReadCapture read = ReadCapture.of(Arrays.copyOf(packed, packed.length * 3 / 4));
    int frames = read.frames().size();
    assertThat(frames).isBetween(FRAMES / 4, FRAMES - 1);
    assertThat(read.frames()).isEqualTo(whole.frames().subList(0, frames));
    assertThat(read.damage()).isNotEmpty();
    if (kind != Compression.NONE) {
      assertThat(read.damage().getLast().why()).startsWith("reading stopped before the end: ");
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void neverFailsOnDamageInsideTheCompressedBytes(Compression kind) throws IOException {
    byte[] packed = pack(kind, capture());
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = packed.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(ReadCapture.of(damaged, 256).frames()).hasSizeLessThanOrEqualTo(FRAMES);
      } catch (CaptureFormatException refused) {
        assertThat(refused).hasMessageStartingWith("standard input ");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesWhatIsNoCaptureInside(Compression kind) throws IOException {
    byte[] packed = pack(kind, pack(kind, capture()));
    assertThatThrownBy(() -> ReadCapture.of(packed))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining("holds, uncompressed, no capture");
    byte[] empty = pack(kind, new byte[0]);
    assertThatThrownBy(() -> ReadCapture.of(empty))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining("is empty inside its compression");
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesAFileCutWithinItsFirstBytes(Compression kind) throws IOException {
    byte[] packed = pack(kind, capture());
    for (int length = 6; length < 16; length++) {
      byte[] part = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> ReadCapture.of(part)).isInstanceOf(CaptureFormatException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void saysThatWhatFollowsTheLastMemberIsNone(Compression kind) throws IOException {
    byte[] plain = capture();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(pack(kind, plain));
    packed.writeBytes("garbage that is no member".getBytes(StandardCharsets.US_ASCII));
    ReadCapture read = ReadCapture.of(packed.toByteArray(), 256);
    assertThat(read.frames()).hasSize(FRAMES);
    assertThat(read.damage()).hasSize(1);
    assertThat(read.damage().getFirst().offset()).isEqualTo(plain.length);
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void saysThatAMemberIsLostWhoseHeaderIsDamaged(Compression kind) throws IOException {
    byte[] plain = capture();
    int half = 24 + (FRAMES / 2) * 96; // records of 16 + 80 bytes behind the file's header
    byte[] first = pack(kind, Arrays.copyOf(plain, half));
    byte[] second = pack(kind, Arrays.copyOfRange(plain, half, plain.length));
    second[0] ^= 1;
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(first);
    packed.writeBytes(second);
    ReadCapture read = ReadCapture.of(packed.toByteArray(), 256);
    assertThat(read.frames()).hasSize(FRAMES / 2);
    assertThat(read.damage()).hasSize(1);
    assertThat(read.damage().getFirst().offset()).isEqualTo(half);
  }

  /** RFC 1952 section 2.3: every optional field, and zeros as padding behind the last member. */
  @Test
  void readsGzipHeadersWithAllTheirFieldsAndPadding() throws IOException {
    byte[] plain = capture();
    byte[] packed = pack(Compression.GZIP, plain);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      all.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0x1F, 1, 2, 3, 4, 0, 3});
      all.writeBytes(new byte[] {3, 0, 'a', 0, 'b'});
      all.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(new byte[] {0x55, 0x66});
      // An empty member first: a final block without a symbol, check value and length 0.
      all.writeBytes(i == 0 ? new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 0, 0} : new byte[0]);
    }
    all.write(packed, 10, packed.length - 10);
    all.writeBytes(new byte[70_000]);
    ReadCapture read = ReadCapture.of(all.toByteArray(), 256);
    assertThat(read.frames()).hasSize(FRAMES);
    assertThat(read.damage()).isEmpty();
  }

  @Test
  void aWrongCheckValueIsDamageThatTheFramesBeforeItSurvive() throws IOException {
    byte[] plain = capture();
    for (int fromEnd : new int[] {8, 4}) {
      byte[] packed = pack(Compression.GZIP, plain);
      packed[packed.length - fromEnd] ^= 1;
      ReadCapture read = ReadCapture.of(packed, 256);
      assertThat(read.frames()).hasSize(FRAMES);
      assertThat(read.damage()).hasSize(1);
      assertThat(read.damage().getFirst().why()).contains("check value");
    }
  }

  @Test
  void refusesXzThatAsksForTooMuchMemory() throws IOException {
    byte[] packed = pack(Compression.XZ, capture());
    // The block header (xz file format, section 3.1) follows 12 bytes of stream header: size,
    // flags, filter, length of its properties, dictionary size, padding, CRC32 of all that.
    assertThat(packed).startsWith(0xFD).containsSequence(2, 0, 0x21, 1);
    packed[16] = 32; // 2 << 27 = 256 MiB
    CRC32 crc = new CRC32();
    crc.update(packed, 12, 8);
    ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(20, (int) crc.getValue());
    assertThatThrownBy(() -> ReadCapture.of(packed))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining("memory");
  }

  private static byte[] capture() {
    CaptureBytes file =
        CaptureBytes.little().pcapHeader(CaptureBytes.MAGIC_MICROS, 4, 96, LinkType.ETHERNET);
    Random random = new Random(7);
    byte[] frame = new byte[80];
    for (int i = 0; i < FRAMES; i++) {
      random.nextBytes(frame);
      file.record(1_700_000_000L + i, 0, frame);
    }
    return file.bytes();
  }

  private static byte[] pack(Compression kind, byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (kind) {
          case NONE -> packed;
          case GZIP -> new GZIPOutputStream(packed);
          case ZSTD -> new ZstdOutputStream(packed);
          case LZ4 -> new LZ4FrameOutputStream(packed, LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB);
          case XZ -> new XZOutputStream(packed, new LZMA2Options(1));
        }) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
