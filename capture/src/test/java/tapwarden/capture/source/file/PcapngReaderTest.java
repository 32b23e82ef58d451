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

/** Files by hand from draft-ietf-opsawg-pcapng. */
class PcapngReaderTest {
  private static final long MICROS = 1_700_000_000_000_000L;

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsInterfacesLinkTypesAndOptions(ByteOrder order) throws IOException {
    byte[] named =
        new CaptureBytes(order)
            .option(2, "eth1".getBytes())
            .option(3, "towards core".getBytes())
            .option(9, (byte) 9)
            .u32(0)
            .bytes();
    byte[] file =
        new CaptureBytes(order)
            .section()
            .describe(LinkType.ETHERNET, 128, named)
            .describe(LinkType.RAW, 0)
            .packet(0, 1_700_000_000_123_456_789L, (byte) 1, (byte) 2, (byte) 3)
            .packet(1, MICROS + 5, (byte) 4)
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.frames())
        .containsExactly(
            new ReadCapture.Seen(1_700_000_000_123_456_789L, 3, LinkType.ETHERNET, 0, "010203"),
            new ReadCapture.Seen(1_700_000_000_000_005_000L, 1, LinkType.RAW, 1, "04"));
    assertThat(read.interfaces())
        .containsExactly(
            new CaptureInterface("eth1", LinkType.ETHERNET, 128, "towards core"),
            new CaptureInterface("standard input", LinkType.RAW, 0, ""));
    assertThat(read.damage()).isEmpty();
  }

  /** 0x80 + n is a resolution of 2^-n seconds, n one of 10^-n (section 4.2). */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1700000000, 1700000000000000000",
    "3, 0, 1700000000123, 1700000000123000000",
    "6, 0, 1700000000123456, 1700000000123456000",
    "12, 0, 1700000000123456789, 1700000000123456",
    "0x80, 0, 1700000000, 1700000000000000000",
    "0x81, 0, 3, 1500000000",
    "0xA0, 0, 7301444404273741824, 1700000000250000000",
    "6, 3600, 1000000, 3601000000000",
    "6, -2, 1000000, 0",
    "6, 0, -1, 4611686018427387903",
    "127, 0, 1000, 0",
    "0xFF, 0, 1000, 0",
  })
  void convertsStampsOfEveryResolution(
      String resolution, long offset, long ticks, long expectedNanos) throws IOException {
    byte[] options =
        CaptureBytes.little()
            .option(9, (byte) (int) Integer.decode(resolution))
            .option(14, CaptureBytes.little().u64(offset).bytes())
            .bytes();
    byte[] file =
        CaptureBytes.little().section().describe(1, 0, options).packet(0, ticks, (byte) 1).bytes();
    assertThat(ReadCapture.of(file).nanos()).containsExactly(expectedNanos);
  }

  @Test
  void countsInterfacesAnewInEachSectionWithItsOwnByteOrder() throws IOException {
    byte[] file =
        CaptureBytes.little()
            .section()
            .describe(LinkType.ETHERNET, 0)
            .packet(0, MICROS, (byte) 1)
            .order(ByteOrder.BIG_ENDIAN)
            .section()
            .describe(LinkType.RAW, 0)
            .packet(0, MICROS, (byte) 2)
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.frames())
        .extracting(ReadCapture.Seen::linkType)
        .containsExactly(LinkType.ETHERNET, LinkType.RAW);
    assertThat(read.frames()).extracting(ReadCapture.Seen::interfaceIndex).containsExactly(0, 1);
  }

  @Test
  void readsSimpleAndObsoletePacketsAndSkipsOtherBlocks() throws IOException {
    byte[] obsolete =
        CaptureBytes.little()
            .u16(0)
            .u16(0xFFFF)
            .u32(MICROS >>> 32)
            .u32(MICROS)
            .u32(2)
            .u32(60)
            .raw((byte) 1, (byte) 2)
            .bytes();
    byte[] simple = CaptureBytes.little().u32(1500).raw(new byte[5]).bytes();
    byte[] file =
        CaptureBytes.little()
            .section()
            .block(0x80000001, new byte[11])
            .describe(LinkType.ETHERNET, 3)
            .block(4, new byte[16])
            .block(2, obsolete)
            .block(0xBAD, new byte[40])
            .block(3, simple)
            .block(5, new byte[12])
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.frames())
        .containsExactly(
            new ReadCapture.Seen(MICROS * 1_000, 60, LinkType.ETHERNET, 0, "0102"),
            new ReadCapture.Seen(MICROS * 1_000, 1500, LinkType.ETHERNET, 0, "000000"));
    assertThat(read.damage()).isEmpty();
  }

  @Test
  void countsPacketsThatCannotBeUsedAsDamaged() throws IOException {
    CaptureBytes file = CaptureBytes.little().section().describe(1, 0);
    int start = file.length();
    file.packet(1, MICROS, (byte) 1);
    byte[] lying =
        CaptureBytes.little().u32(0).u64(0).u32(9).u32(9).raw((byte) 1, (byte) 2).bytes();
    file.block(6, lying).block(6, new byte[8]).packet(0, MICROS, (byte) 3);
    ReadCapture read = ReadCapture.of(file.bytes());
    assertThat(read.hex()).containsExactly("03");
    assertThat(read.damagedRecords()).isEqualTo(2);
    assertThat(read.damage())
        .extracting("offset")
        .containsExactly((long) start, start + 36L, start + 72L);
    assertThat(read.damage().get(0).why()).contains("interface 1");
    assertThat(read.damage().get(1).why()).contains("9 bytes, more than its block has");
  }

  @Test
  void readsOnWhenOptionsLieAboutTheirLength() throws IOException {
    byte[] options = CaptureBytes.little().u16(2).u16(60_000).text("ab").bytes();
    byte[] file =
        CaptureBytes.little().section().describe(1, 0, options).packet(0, MICROS, (byte) 1).bytes();
    assertThat(ReadCapture.of(file).frames()).hasSize(1);
  }

  @Test
  void passesOverASectionOfAnUnknownVersion() throws IOException {
    byte[] file =
        CaptureBytes.little()
            .section()
            .describe(1, 0)
            .packet(0, MICROS, (byte) 1)
            .u32(0x0A0D0D0AL)
            .u32(28)
            .u32(0x1A2B3C4DL)
            .u16(2)
            .u16(0)
            .u64(-1)
            .u32(28)
            .describe(1, 0)
            .packet(0, MICROS, (byte) 2)
            .section()
            .describe(1, 0)
            .packet(0, MICROS, (byte) 3)
            .bytes();
    ReadCapture read = ReadCapture.of(file);
    assertThat(read.hex()).containsExactly("01", "03");
    assertThat(read.damage()).hasSize(1);
  }

  @Test
  void refusesAFileOfAnUnknownVersion() {
    byte[] file =
        CaptureBytes.little()
            .u32(0x0A0D0D0AL)
            .u32(28)
            .u32(0x1A2B3C4DL)
            .u16(2)
            .u16(0)
            .u64(-1)
            .u32(28)
            .bytes();
    assertThatThrownBy(() -> ReadCapture.of(file))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void keepsEveryWholeFrameWhereverTheFileIsCut() throws IOException {
    CaptureBytes file = CaptureBytes.little().section().describe(1, 0);
    int[] ends = new int[5];
    for (int i = 0; i < ends.length; i++) {
      file.packet(0, MICROS + i, frame(i * 7));
      ends[i] = file.length();
    }
    byte[] whole = file.bytes();
    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      if (cut < 28) {
        assertThatThrownBy(() -> ReadCapture.of(part)).isInstanceOf(CaptureFormatException.class);
        continue;
      }
      int end = cut;
      int expected = (int) Arrays.stream(ends).filter(each -> each <= end).count();
      ReadCapture read = ReadCapture.of(part);
      assertThat(read.frames()).as("cut at %d", cut).hasSize(expected);
      int start = expected > 0 ? ends[expected - 1] : cut < 48 ? 28 : 48;
      assertThat(read.damage()).as("cut at %d", cut).hasSize(cut == start ? 0 : 1);
      if (cut > start) {
        assertThat(read.damage().getFirst().offset()).isEqualTo(start);
        assertThat(read.damage().getFirst().bytes()).isEqualTo(cut - start);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 11, 12, 1_000, 100_000, 3_000_000})
  void findsTheFramesBehindGarbage(int garbageBytes) throws IOException {
    byte[] garbage = new byte[garbageBytes];
    new Random(garbageBytes).nextBytes(garbage);
    CaptureBytes file = CaptureBytes.big().section().describe(1, 0);
    List<Long> expected = new ArrayList<>();
    int hole = 0;
    for (int i = 0; i < 100; i++) {
      if (i == 50) {
        hole = file.length();
        file.raw(garbage);
      }
      file.packet(0, MICROS + i, frame(60 + i));
      expected.add((MICROS + i) * 1_000);
    }
    ReadCapture read = ReadCapture.of(file.bytes());
    assertThat(read.nanos()).isEqualTo(expected);
    assertThat(read.damage()).hasSize(1);
    assertThat(read.damage().getFirst().offset()).isEqualTo(hole);
    assertThat(read.damage().getFirst().bytes()).isEqualTo(garbageBytes);
    assertThat(ReadCapture.of(file.bytes(), 1)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 13, 64, 1_000_000, 0x7FFF_FFFCL, 0xFFFF_FFFCL})
  void losesOnlyTheBlockWhoseLengthIsWrong(long claimed) throws IOException {
    CaptureBytes file = CaptureBytes.little().section().describe(1, 0);
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
      wrong = i == 50 ? file.length() : wrong;
      file.packet(0, MICROS + i, frame(160));
    }
    byte[] bytes = file.bytes();
    byte[] length = CaptureBytes.little().u32(claimed).bytes();
    System.arraycopy(length, 0, bytes, wrong + 4, 4);
    ReadCapture read = ReadCapture.of(bytes);
    assertThat(read.frames()).hasSize(99);
    assertThat(read.damage()).hasSize(1);
    assertThat(read.damage().getFirst().offset()).isEqualTo(wrong);
    assertThat(read.damage().getFirst().bytes()).isEqualTo(192);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 4_096})
  void givesTheSameFramesForEveryBatchSize(int maxFrames) throws IOException {
    Random random = new Random(42);
    CaptureBytes file = CaptureBytes.little().section().describe(1, 0);
    for (int i = 0; i < 2_000; i++) {
      file.packet(0, MICROS + i, frame(random.nextInt(0, 1_600)));
      if (i % 500 == 250) {
        file.raw(frame(random.nextInt(1, 5_000))).block(4, frame(random.nextInt(200)));
      }
    }
    assertThat(ReadCapture.of(file.bytes(), maxFrames)).isEqualTo(ReadCapture.of(file.bytes(), 3));
  }

  @Test
  void describesAtMostAHundredPlacesOfDamageAndCountsTheOthers() throws IOException {
    CaptureBytes file = CaptureBytes.little().section().describe(1, 0);
    for (int i = 0; i < 1_000; i++) {
      file.packet(7, MICROS, (byte) 1).packet(0, MICROS, (byte) 1);
    }
    ReadCapture read = ReadCapture.of(file.bytes());
    assertThat(read.frames()).hasSize(1_000);
    assertThat(read.damagedRecords()).isEqualTo(1_000);
    assertThat(read.damage()).hasSize(101);
    assertThat(read.damage().getLast().why()).startsWith("900 more damaged places");
    assertThat(read.damage().getLast().bytes()).isEqualTo(900 * 36);
  }

  private static byte[] frame(int length) {
    byte[] frame = new byte[length];
    Arrays.fill(frame, (byte) 0xA5);
    return frame;
  }
}
