package tapwarden.inspect.codec.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContentDecodersTest {
  private static final String TEXT = "hello hello hello hello\n";

  /** By Python's gzip, zlib and Node's brotli of {@link #TEXT}. */
  private static final byte[] GZIP = base64("H4sIAAAAAAACA8tIzcnJV8hAJ7kAAIhZCxgAAAA=");

  private static final byte[] ZLIB = base64("eJzLSM3JyVfIQCe5AHC+CLs=");
  private static final byte[] RAW = base64("y0jNyclXyEAnuQA=");
  private static final byte[] BROTLI = base64("GxcA+I2Ubt5EVYbWCiBsb0oReeKArhY=");
  private static final byte[] GZIP_IN_BROTLI =
      base64("Cw6AH4sIAAAAAAAAA8tIzcnJV8hAJ7kAAIhZCxgAAAAD");
  private static final byte[] GZIP_IN_GZIP =
      base64("H4sIAAAAAAAAA5Pv5mAAA+bTHmdPngw/4aC+k4GhI5JbAigIAGyzMosdAAAA");

  private static final class Budget implements MemoryBudget {
    int used;
    int limit = 1 << 20;

    @Override
    public boolean take(int bytes) {
      boolean fits = used + bytes <= limit;
      used += fits ? bytes : 0;
      return fits;
    }

    @Override
    public void give(int bytes) {
      used -= bytes;
    }
  }

  private final Budget budget = new Budget();
  private final ContentDecoders decoders = new ContentDecoders(budget);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ContentDecoder.@Nullable Outcome outcome;

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  private String decode(byte[] coded, int chunk, ContentCoding... codings) {
    out.reset();
    ContentDecoder decoder = open(codings);
    for (int at = 0; at < coded.length; at += chunk) {
      byte[] piece = Arrays.copyOfRange(coded, at, Math.min(coded.length, at + chunk));
      decoder.take(piece, 0, piece.length);
      Arrays.fill(piece, (byte) '#');
    }
    decoder.finish();
    outcome = decoder.outcome();
    decoder.close();
    assertThat(budget.used).isZero();
    return out.toString(US_ASCII);
  }

  private ContentDecoder open(ContentCoding... codings) {
    return Objects.requireNonNull(
        decoders.open(
            List.of(codings),
            (bytes, from, to) -> {
              out.write(bytes, from, to - from);
              return true;
            }));
  }

  @Test
  void decodesWhatOthersCoded() {
    for (int chunk : new int[] {1, 2, 7, 1_000}) {
      assertThat(decode(GZIP, chunk, ContentCoding.GZIP)).isEqualTo(TEXT);
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
      assertThat(decode(ZLIB, chunk, ContentCoding.DEFLATE)).isEqualTo(TEXT);
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
      assertThat(decode(RAW, chunk, ContentCoding.DEFLATE)).isEqualTo(TEXT);
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
      assertThat(decode(BROTLI, chunk, ContentCoding.BROTLI)).isEqualTo(TEXT);
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
    }
  }

  @Test
  void undoesTheLastCodingFirst() {
    for (int chunk : new int[] {1, 1_000}) {
      assertThat(decode(GZIP_IN_BROTLI, chunk, ContentCoding.GZIP, ContentCoding.BROTLI))
          .isEqualTo(TEXT);
      assertThat(decode(GZIP_IN_GZIP, chunk, ContentCoding.GZIP, ContentCoding.GZIP))
          .isEqualTo(TEXT);
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
    }
  }

  /** RFC 1952 §2.3: extra field of 3 bytes, name, comment, checksum of the head; two members. */
  @Test
  void passesOverTheOptionalPartsOfGzip() {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    for (int member = 0; member < 2; member++) {
      coded.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3});
      coded.writeBytes(new byte[] {3, 0, 9, 9, 9});
      coded.writeBytes("name\0comment\0".getBytes(US_ASCII));
      coded.writeBytes(new byte[] {0, 0});
      coded.writeBytes(RAW);
      coded.writeBytes(new byte[8]);
    }
    coded.writeBytes("no member".getBytes(US_ASCII));
    for (int chunk : new int[] {1, 3, 1_000}) {
      assertThat(decode(coded.toByteArray(), chunk, ContentCoding.GZIP)).isEqualTo(TEXT + TEXT);
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
    }
  }

  @Test
  void handsOnWhatIsNotGzipAsItIs() {
    for (int chunk : new int[] {1, 1_000}) {
      assertThat(decode("plain".getBytes(US_ASCII), chunk, ContentCoding.GZIP)).isEqualTo("plain");
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.NOT_CODED);
      String almost = "\u001Fplain";
      assertThat(decode(almost.getBytes(US_ASCII), chunk, ContentCoding.GZIP)).isEqualTo(almost);
    }
  }

  @Test
  void handsOnWhatIsNotDeflateAsItIs() {
    for (int chunk : new int[] {1, 2, 5, 1_000}) {
      // The first block is of the reserved type: X is 0101_1000, and its bits 1 and 2 are 00; 5
      // makes a stored block of it whose length does not fit.
      assertThat(decode("X5O!P%@AP".getBytes(US_ASCII), chunk, ContentCoding.DEFLATE))
          .isEqualTo("X5O!P%@AP");
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.NOT_CODED);
      assertThat(decode(GZIP, chunk, ContentCoding.GZIP, ContentCoding.DEFLATE)).isEqualTo(TEXT);
      assertThat(outcome).isEqualTo(ContentDecoder.Outcome.NOT_CODED);
    }
  }

  @Test
  void saysThatContentIsDamagedOrCut() {
    byte[] damaged = GZIP.clone();
    damaged[10] = 7; // The last block, of the reserved type (RFC 1951 §3.2.3).
    decode(damaged, 1_000, ContentCoding.GZIP);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.DAMAGED);
    decode(Arrays.copyOf(GZIP, 15), 1_000, ContentCoding.GZIP);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.DAMAGED);
    decode(Arrays.copyOf(BROTLI, 9), 1_000, ContentCoding.BROTLI);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.DAMAGED);
    decode(new byte[] {(byte) 0x91, 'x', 'x'}, 1_000, ContentCoding.BROTLI);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.DAMAGED);
    decode(new byte[] {0x78, (byte) 0xBB, 0, 0, 0, 0, 1}, 1_000, ContentCoding.DEFLATE);
    assertThat(outcome).as("wants a dictionary").isEqualTo(ContentDecoder.Outcome.DAMAGED);
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    coded.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3});
    coded.writeBytes(deflate(content));
    coded.writeBytes(new byte[8]);
    return coded.toByteArray();
  }

  private static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  @Test
  void stopsWhereContentBecomesAHundredTimesItsSize() {
    // Zeros deflate by about 1,000: 300,000 become some 330 bytes, of which 65,536 are free.
    decode(gzip(new byte[300_000]), 1_000, ContentCoding.GZIP);
    assertStoppedEarly();
    decode(gzip(new byte[60_000]), 1_000, ContentCoding.GZIP);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
    assertThat(out.size()).isEqualTo(60_000);
  }

  @Test
  void stopsWhereDeflateOrBrotliBecomesAHundredTimesItsSize() {
    decode(deflate(new byte[300_000]), 1_000, ContentCoding.DEFLATE);
    assertStoppedEarly();
    // 300,000 and 60,000 zeros by Node's brotli.
    decode(base64("W9+ThH8CIB4LBDIXCQA="), 1_000, ContentCoding.BROTLI);
    assertStoppedEarly();
    decode(base64("G1/q+CcA4rFAIEMcAA=="), 1_000, ContentCoding.BROTLI);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.WELL);
    assertThat(out.size()).isEqualTo(60_000);
  }

  /** Each coding stays below its thousandfold, and both together come to some 40,000 times. */
  @Test
  void theSizeOfWhatWasSentCountsWhereCodingsLieInEachOther() {
    byte[] twice = gzip(gzip(new byte[3_000_000]));
    assertThat(twice.length).isLessThan(100);
    decode(twice, 1_000, ContentCoding.GZIP, ContentCoding.GZIP);
    assertStoppedEarly();
  }

  /** 65,536 bytes are free, and the piece that goes beyond them, of 16,384 at most, is told. */
  private void assertStoppedEarly() {
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.TOO_LARGE);
    assertThat(out.size()).isBetween(32_768, 65_536 + 16_384);
  }

  /**
   * 11,100 runs of 96 characters each by Node's brotli, 1,065,600 bytes in 17,831. The characters
   * are those that the generator of random numbers in ISO C's example gives, begun with 1.
   */
  @Test
  void stopsAtTheMostBytesThatABrotliContentMayBecome() throws IOException {
    byte[] runs = new byte[11_100 * 96];
    int state = 1;
    for (int at = 0; at < runs.length; at += 96) {
      state = state * 1_103_515_245 + 12_345;
      Arrays.fill(runs, at, at + 96, (byte) ('0' + (state >>> 16 & 63)));
    }
    try (InputStream coded = ContentDecodersTest.class.getResourceAsStream("runs.br")) {
      decode(Objects.requireNonNull(coded).readAllBytes(), 1_000, ContentCoding.BROTLI);
    }
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.TOO_LARGE);
    assertThat(Arrays.equals(out.toByteArray(), Arrays.copyOf(runs, 1_048_576))).isTrue();
  }

  @Test
  void stopsAtTheMostBytesThatAContentMayBecome() {
    byte[] noise = new byte[1_100_000];
    new java.util.Random(7).nextBytes(noise);
    decode(gzip(noise), 16_384, ContentCoding.GZIP);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.TOO_LARGE);
    assertThat(out.size()).isEqualTo(1_048_576);
    CRC32 expected = new CRC32();
    expected.update(noise, 0, 1_048_576);
    CRC32 found = new CRC32();
    found.update(out.toByteArray());
    assertThat(found.getValue()).isEqualTo(expected.getValue());
  }

  @Test
  void refusesWhenMemoryOrInflatersAreUsedUp() {
    budget.limit = 2 * ContentDecoders.INFLATER_BYTES - 1;
    ContentDecoder first = open(ContentCoding.GZIP);
    assertThat(decoders.open(List.of(ContentCoding.GZIP), (bytes, from, to) -> true)).isNull();
    first.close();
    assertThat(budget.used).isZero();
    budget.limit = Integer.MAX_VALUE;
    List<ContentDecoder> all = new ArrayList<>();
    for (int i = 0; i < ContentDecoders.MOST_INFLATERS; i++) {
      all.add(open(ContentCoding.DEFLATE));
    }
    assertThat(decoders.open(List.of(ContentCoding.GZIP), (bytes, from, to) -> true)).isNull();
    all.forEach(ContentDecoder::close);
    assertThat(budget.used).isZero();
    assertThat(decode(GZIP, 5, ContentCoding.GZIP)).isEqualTo(TEXT);
  }

  @Test
  void keepsNoMoreOfBrotliThanItsLimit() {
    budget.limit = Integer.MAX_VALUE;
    decode(new byte[ContentDecoders.MOST_BROTLI_BYTES + 1], 10_000, ContentCoding.BROTLI);
    assertThat(outcome).isEqualTo(ContentDecoder.Outcome.TOO_LARGE);
    budget.limit = 1_024;
    ContentDecoder decoder = open(ContentCoding.BROTLI);
    assertThat(decoder.take(new byte[1_024], 0, 1_024)).isTrue();
    assertThat(decoder.take(new byte[1], 0, 1)).isFalse();
    assertThat(decoder.outcome()).isEqualTo(ContentDecoder.Outcome.NO_ROOM);
    decoder.close();
    assertThat(budget.used).isZero();
  }

  /** RFC 7932 §9.1: 16 is 0; 17 is 1000000; 18 to 24 are xxx1; 10 to 15 are xxx0001. */
  @Test
  void readsTheWindowThatBrotliAsksFor() {
    assertThat(BrotliStage.windowBytes((byte) 0b0)).isEqualTo(1L << 16);
    assertThat(BrotliStage.windowBytes((byte) 0b0000001)).isEqualTo(1L << 17);
    assertThat(BrotliStage.windowBytes((byte) 0b0011)).isEqualTo(1L << 18);
    assertThat(BrotliStage.windowBytes((byte) 0b1111)).isEqualTo(1L << 24);
    assertThat(BrotliStage.windowBytes((byte) 0b0100001)).isEqualTo(1L << 10);
    assertThat(BrotliStage.windowBytes((byte) 0b1110001)).isEqualTo(1L << 15);
  }

  @Test
  void paysForBrotliWindowsWithBytes() {
    BrotliAllowance allowance = new BrotliAllowance();
    for (int i = 0; i < 16; i++) {
      assertThat(allowance.spend(16L << 20)).isTrue();
    }
    assertThat(allowance.spend(1)).isFalse();
    allowance.earn(10);
    assertThat(allowance.spend(10_240)).isTrue();
    assertThat(allowance.spend(1)).isFalse();
  }
}
