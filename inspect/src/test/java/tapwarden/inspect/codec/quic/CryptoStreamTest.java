package tapwarden.inspect.codec.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CryptoStreamTest {
  private final CryptoStream stream = new CryptoStream();

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8));
    }
    return bytes;
  }

  private CryptoStream.Taken add(byte[] of, int from, int to) {
    return stream.add(from, of, from, to - from);
  }

  @Test
  void putsEverySecondByteTogether() {
    byte[] whole = bytes(3_000);
    for (int i = 1; i < whole.length; i += 2) {
      assertThat(add(whole, i, i + 1)).isEqualTo(CryptoStream.Taken.YES);
    }
    assertThat(stream.ready()).isZero();
    for (int i = whole.length - 2; i >= 0; i -= 2) {
      add(whole, i, i + 1);
    }
    assertThat(stream.ready()).isEqualTo(3_000);
    assertThat(Arrays.copyOf(stream.bytes(), 3_000)).isEqualTo(whole);
  }

  @Test
  void putsOverlappingPartsInAnyOrderTogether() {
    Random random = new Random(9_001);
    for (int round = 0; round < 200; round++) {
      CryptoStream each = new CryptoStream();
      byte[] whole = bytes(1 + random.nextInt(5_000));
      while (each.ready() < whole.length) {
        int from = random.nextInt(whole.length);
        int to = from + 1 + random.nextInt(whole.length - from);
        assertThat(each.add(from, whole, from, to - from)).isEqualTo(CryptoStream.Taken.YES);
      }
      assertThat(Arrays.copyOf(each.bytes(), whole.length)).isEqualTo(whole);
    }
  }

  @Test
  void letsTheFirstOfTwoReadingsStandAndSaysSo() {
    byte[] first = bytes(100);
    add(first, 10, 50);
    byte[] second = first.clone();
    second[49] ^= 1;
    assertThat(add(second, 0, 40)).isEqualTo(CryptoStream.Taken.YES);
    assertThat(add(second, 30, 100)).isEqualTo(CryptoStream.Taken.DIFFERS);
    assertThat(Arrays.copyOf(stream.bytes(), 100)).isEqualTo(first);
  }

  @Test
  void letsTheLastOfTwoReadingsStandIfAsked() {
    byte[] first = bytes(100);
    add(first, 0, 60);
    byte[] second = first.clone();
    second[49] ^= 1;
    CryptoStream other = stream.copy();
    assertThat(other.overlay(40, second, 40, 60)).isEqualTo(CryptoStream.Taken.YES);
    assertThat(other.ready()).isEqualTo(100);
    assertThat(Arrays.copyOf(other.bytes(), 100)).isEqualTo(second);
    assertThat(Arrays.copyOf(stream.bytes(), 60)).isEqualTo(Arrays.copyOf(first, 60));
    assertThat(new CryptoStream(7).base()).isEqualTo(7);
  }

  @Test
  void keepsNothingBeyondItsLimit() {
    byte[] whole = bytes(CryptoStream.MOST_BYTES + 10);
    assertThat(stream.add(1L << 61, whole, 0, 10)).isEqualTo(CryptoStream.Taken.BEYOND_LIMIT);
    assertThat(stream.isEmpty()).isTrue();
    assertThat(stream.growthFor(1L << 61, 10)).isZero();
    assertThat(stream.growthFor(0, whole.length)).isEqualTo(MEMORY_OF_ALL);
    assertThat(add(whole, 0, whole.length)).isEqualTo(CryptoStream.Taken.BEYOND_LIMIT);
    assertThat(stream.isFull()).isTrue();
    assertThat(stream.heldBytes()).isEqualTo(MEMORY_OF_ALL);
  }

  private static final int MEMORY_OF_ALL = CryptoStream.MOST_BYTES / 8 * 9;

  @Test
  void holdsNoMoreThanItSaidItWould() {
    byte[] whole = bytes(10_000);
    int said = 0;
    for (int from = 9_000; from >= 0; from -= 1_000) {
      said += stream.growthFor(from, 1_000);
      add(whole, from, from + 1_000);
      assertThat(stream.heldBytes()).isEqualTo(said);
    }
    assertThat(stream.growthFor(9_999, 0)).isZero();
    assertThat(stream.growthFor(CryptoStream.MOST_BYTES, 1)).isZero();
  }

  @Test
  void startsTheNextMessageBehindTheLast() {
    byte[] whole = bytes(500);
    add(whole, 0, 200);
    stream.next(200);
    assertThat(stream.heldBytes()).isZero();
    assertThat(add(whole, 100, 300)).isEqualTo(CryptoStream.Taken.YES);
    assertThat(stream.ready()).isEqualTo(100);
    assertThat(stream.bytes()[0]).isEqualTo(whole[200]);
    assertThat(add(whole, 0, 200)).isEqualTo(CryptoStream.Taken.YES);
    assertThat(stream.ready()).isEqualTo(100);
  }
}
