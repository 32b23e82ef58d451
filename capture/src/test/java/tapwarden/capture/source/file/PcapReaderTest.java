package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;

/** Files by hand from draft-ietf-opsawg-pcap. */
class PcapReaderTest {
  private static final long T = 1_700_000_000L;

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsMicroseconds(ByteOrder order) throws IOException {
    byte[] file =
        new CaptureBytes(order)
            .pcapHeader(CaptureBytes.MAGIC_MICROS, 4, 96, LinkType.LINUX_SLL)
            .record(T, 999_999, (byte) 1, (byte) 2)
            .u32(T + 1)
            .u32(7)
            .u32(1)
            .u32(1500)
            .raw((byte) 0xFF)
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.frames())
        .containsExactly(
            new ReadCapture.Seen(1_700_000_000_999_999_000L, 2, LinkType.LINUX_SLL, 0, "0102"),
            new ReadCapture.Seen(1_700_000_001_000_007_000L, 1500, LinkType.LINUX_SLL, 0, "ff"));
    assertThat(read.interfaces())
        .containsExactly(new CaptureInterface("standard input", LinkType.LINUX_SLL, 96, ""));
    assertThat(read.damage()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsNanoseconds(ByteOrder order) throws IOException {
    byte[] file =
        new CaptureBytes(order)
            .pcapHeader(CaptureBytes.MAGIC_NANOS, 4, 0, LinkType.ETHERNET)
            .record(T, 123_456_789, (byte) 1)
            .bytes();
    assertThat(ReadCapture.of(file).nanos()).containsExactly(1_700_000_000_123_456_789L);
  }

  @Test
  void readsSecondsBeyond2038AsUnsigned() throws IOException {
    byte[] file = little().record(0xFFFF_FFFFL, 0, (byte) 1).bytes();
    assertThat(ReadCapture.of(file).nanos()).containsExactly(4_294_967_295_000_000_000L);
  }

  @Test
  void readsTheExchangedLengthsOfVersion22() throws IOException {
    byte[] file =
        CaptureBytes.big()
            .pcapHeader(CaptureBytes.MAGIC_MICROS, 2, 68, LinkType.ETHERNET)
            .u32(T)
            .u32(0)
            .u32(1514)
            .u32(3)
            .raw((byte) 1, (byte) 2, (byte) 3)
            .bytes();
    ReadCapture.Seen frame = ReadCapture.of(file).frames().getFirst();
    assertThat(frame.hex()).isEqualTo("010203");
    assertThat(frame.wire()).isEqualTo(1514);
  }

  @Test
  void takesTheRawDltOfOtherSystemsForRawIp() throws IOException {
    byte[] file =
        CaptureBytes.little()
            .pcapHeader(CaptureBytes.MAGIC_MICROS, 4, 96, 12)
            .record(T, 0, (byte) 0x45)
            .bytes();
    assertThat(ReadCapture.of(file).frames().getFirst().linkType()).isEqualTo(LinkType.RAW);
  }

  @ParameterizedTest
  @CsvSource({
    "a1b2cd34, modified (Kuznetzov)",
    "34cdb2a1, modified (Kuznetzov)",
    "a1b234cd, Mesquita",
    "cd34b2a1, Mesquita",
    "4d3c2ba1, Navtel",
    "a1b2c3cd, IXIA",
    "cdc3b2a1, IXIA",
    "ac01001c, IXIA hardware",
    "ab01001c, IXIA software",
    "736e6f6f, snoop",
    "474d4255, Network Monitor 2",
    "504b0304, zip archive",
    "425a6839, bzip2",
    "02214c18, legacy format of lz4",
    "47455420, 'GET "
  })
  void refusesByName(String magic, String name) {
    byte[] file = new byte[64];
    byte[] start = java.util.HexFormat.of().parseHex(magic);
    System.arraycopy(start, 0, file, 0, 4);
    Arrays.fill(file, 4, 8, (byte) ' ');
    assertThatThrownBy(() -> ReadCapture.of(file))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining(name)
        .hasMessageStartingWith("standard input ");
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 9, 15, 24})
  void refusesAixFilesByTheirInterfaceTypes(int type) {
    byte[] file = CaptureBytes.big().pcapHeader(CaptureBytes.MAGIC_MICROS, 2, 96, type).bytes();
    assertThatThrownBy(() -> ReadCapture.of(file))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining("AIX");
  }

  @Test
  void readsAVersionThatNeverWasAsTheLatestAndSaysSo() throws IOException {
    byte[] file =
        CaptureBytes.big()
            .pcapHeader(CaptureBytes.MAGIC_MICROS, 5, 96, 1)
            .record(T, 0, (byte) 1)
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.hex()).containsExactly("01");
    assertThat(read.damage()).hasSize(1);
    assertThat(read.damage().getFirst().offset()).isEqualTo(6);
  }

  @Test
  void refusesAnotherMajorVersion() {
    byte[] file =
        CaptureBytes.big().u32(CaptureBytes.MAGIC_MICROS).u16(1).u16(4).raw(new byte[16]).bytes();
    assertThatThrownBy(() -> ReadCapture.of(file)).hasMessageContaining("version 1.4");
  }

  @Test
  void refusesAnEmptyInput() {
    assertThatThrownBy(() -> ReadCapture.of(new byte[0]))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void readsAFileWithoutPackets() throws IOException {
    ReadCapture read = ReadCapture.of(little().bytes());
    assertThat(read.frames()).isEmpty();
    assertThat(read.damage()).isEmpty();
  }

  @Test
  void keepsEveryWholeFrameWhereverTheFileIsCut() throws IOException {
    CaptureBytes file = little();
    int[] ends = new int[6];
    for (int i = 0; i < ends.length; i++) {
      file.record(T + i, 5, frame(i * 7));
      ends[i] = file.length();
    }
    byte[] whole = file.bytes();
    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      if (cut < 24) {
        assertThatThrownBy(() -> ReadCapture.of(part)).isInstanceOf(CaptureFormatException.class);
        continue;
      }
      int end = cut;
      int expected = (int) Arrays.stream(ends).filter(each -> each <= end).count();
      ReadCapture read = ReadCapture.of(part);
      assertThat(read.frames()).as("cut at %d", cut).hasSize(expected);
      int start = expected == 0 ? 24 : ends[expected - 1];
      if (cut == start) {
        assertThat(read.damage()).isEmpty();
      } else {
        assertThat(read.damage()).as("cut at %d", cut).hasSize(1);
        assertThat(read.damage().getFirst().offset()).isEqualTo(start);
        assertThat(read.damage().getFirst().bytes()).isEqualTo(cut - start);
        assertThat(read.damagedRecords()).isEqualTo(cut - start >= 16 ? 1 : 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 1_000, 100_000, 3_000_000})
  void findsTheFramesBehindGarbage(int garbageBytes) throws IOException {
    byte[] garbage = new byte[garbageBytes];
    new Random(garbageBytes).nextBytes(garbage);
    assertRecovered(garbage);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 16, 4_096, 1_000_000})
  void findsTheFramesBehindAHoleOfZeros(int bytes) throws IOException {
    assertRecovered(new byte[bytes]);
  }

  private static void assertRecovered(byte[] garbage) throws IOException {
    CaptureBytes file = little();
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      file.record(T + i, 0, frame(60 + i));
      expected.add((T + i) * 1_000_000_000);
    }
    int hole = file.length();
    file.raw(garbage);
    for (int i = 50; i < 100; i++) {
      file.record(T + i, 0, frame(60 + i));
      expected.add((T + i) * 1_000_000_000);
    }
    ReadCapture read = ReadCapture.of(file.bytes());
    assertThat(read.nanos()).isEqualTo(expected);
    assertThat(read.damage()).hasSize(1);
    assertThat(read.damage().getFirst().offset()).isEqualTo(hole);
    assertThat(read.damage().getFirst().bytes()).isEqualTo(garbage.length);
    // Garbage may begin like a record whose frame would be longer than the rest of the file.
    assertThat(read.damage().getFirst().why())
        .containsAnyOf("these bytes are no pcap records", "more than follow");
    assertThat(ReadCapture.of(file.bytes(), 1)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(longs = {0x7FFF_FFFFL, 0xFFFF_FFFFL, 5_000_000, 250_000})
  void losesOnlyTheRecordWhoseLengthIsWrong(long claimed) throws IOException {
    CaptureBytes file = little();
    for (int i = 0; i < 100; i++) {
      int captured = 60 + i;
      file.u32(T + i).u32(0).u32(i == 50 ? claimed : captured).u32(i == 50 ? claimed : captured);
      file.raw(frame(captured));
    }
    ReadCapture read = ReadCapture.of(file.bytes());
    assertThat(read.frames()).hasSize(99);
    assertThat(read.damage()).hasSize(1);
    assertThat(read.damage().getFirst().bytes()).isEqualTo(16 + 110);
  }

  @Test
  void countsAFrameBeyondTheLimitAsDamagedAndGoesOn() throws IOException {
    byte[] file =
        little()
            .record(T, 0, (byte) 1)
            .record(T, 1, new byte[300_000])
            .record(T, 2, (byte) 3)
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.hex()).containsExactly("01", "03");
    assertThat(read.damagedRecords()).isEqualTo(1);
    assertThat(read.damage().getFirst().bytes()).isEqualTo(300_016);
    assertThat(read.damage().getFirst().why()).contains("300,000 bytes");
  }

  @Test
  void readsTheLongestFrameInTheSmallestBatch() throws IOException {
    byte[] file =
        CaptureBytes.little()
            .pcapHeader(CaptureBytes.MAGIC_MICROS, 4, 262_144, 1)
            .record(T, 0, new byte[262_144])
            .record(T, 1, (byte) 7)
            .record(T, 2, new byte[262_144])
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.frames())
        .extracting(ReadCapture.Seen::wire)
        .containsExactly(262_144, 1, 262_144);
    assertThat(read.damage()).isEmpty();
  }

  @Test
  void believesRecordsThatAreOddButFollowEachOther() throws IOException {
    byte[] file =
        CaptureBytes.little()
            .pcapHeader(CaptureBytes.MAGIC_MICROS, 4, 4, LinkType.ETHERNET)
            .record(T, 0, (byte) 1)
            .record(T + 400 * 86_400L, 0, (byte) 2)
            .record(5, 1_000_001, frame(90))
            .u32(T)
            .u32(0)
            .u32(2)
            .u32(1)
            .raw((byte) 3, (byte) 4)
            .record(T, 0)
            .record(T, 0, (byte) 6)
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.frames()).hasSize(6);
    assertThat(read.nanos().get(2)).isEqualTo(5_000_000_000L);
    assertThat(read.damage()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 4_096})
  void givesTheSameFramesForEveryBatchSize(int maxFrames) throws IOException {
    Random random = new Random(42);
    CaptureBytes file = little();
    for (int i = 0; i < 2_000; i++) {
      file.record(T + i / 10, i, frame(random.nextInt(1, 1_600)));
      if (i % 500 == 250) {
        file.raw(frame(random.nextInt(1, 5_000)));
      }
    }
    assertThat(ReadCapture.of(file.bytes(), maxFrames)).isEqualTo(ReadCapture.of(file.bytes(), 3));
  }

  private static CaptureBytes little() {
    return CaptureBytes.little()
        .pcapHeader(CaptureBytes.MAGIC_MICROS, 4, 262_144, LinkType.ETHERNET);
  }

  /** Bytes that look like no record header. */
  private static byte[] frame(int length) {
    byte[] frame = new byte[length];
    Arrays.fill(frame, (byte) 0xA5);
    return frame;
  }
}
