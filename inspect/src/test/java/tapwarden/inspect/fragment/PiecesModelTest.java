package tapwarden.inspect.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.inspect.wire.OverlapPolicy;

/** Pieces in blocks against an array that says of each byte which fragment it is of. */
class PiecesModelTest {
  private static final int PLACES = 65_528;
  private static final MemorySegment DATA = MemorySegment.ofArray(new byte[PLACES]);

  private final Datagram datagram = new Datagram();
  private final long[] made = new long[4 * 8_192];

  /** Of each byte: first byte and end of its fragment; 0 where none has come. */
  private final int[] model = new int[PLACES];

  private void begin() {
    datagram.clear();
    datagram.chosen = new byte[PLACES];
    java.util.Arrays.fill(model, 0);
  }

  private void add(int start, int end, boolean last) {
    OverlapPolicy policy = last ? OverlapPolicy.LAST : OverlapPolicy.FIRST;
    boolean overlaps = datagram.add(DATA, 0, start, end, policy, made);
    boolean expected = false;
    for (int i = start; i < end; i++) {
      expected |= model[i] != 0;
      model[i] = model[i] == 0 || last ? start << 16 | end : model[i];
    }
    assertThat(overlaps).isEqualTo(expected);
  }

  private void check() {
    Pieces pieces = datagram.pieces;
    int at = 0;
    int count = 0;
    int covered = 0;
    for (int i = pieces.firstBehind(0); i < pieces.behindAll(); i = pieces.next(i)) {
      for (; at < pieces.start(i); at++) {
        assertThat(model[at]).isZero();
      }
      assertThat(pieces.end(i)).isGreaterThan(at);
      for (; at < pieces.end(i); at++) {
        if (model[at] != (pieces.fragmentStart(i) << 16 | pieces.fragmentEnd(i))) {
          throw new AssertionError("byte " + at);
        }
        covered++;
      }
      assertThat(pieces.firstBehind(at - 1)).isEqualTo(i);
      count++;
    }
    assertThat(pieces.end()).isEqualTo(at);
    for (; at < PLACES; at++) {
      assertThat(model[at]).isZero();
    }
    assertThat(pieces.count()).isEqualTo(count);
    assertThat(pieces.covered()).isEqualTo(covered);
    assertThat(pieces.firstBehind(pieces.end())).isEqualTo(pieces.behindAll());
    assertThat(pieces.isWhole(covered + 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void anyFragmentsInAnyOrder(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      begin();
      for (int i = 0; i < 6_000; i++) {
        int most = random.nextInt(300) == 0 ? 900 : 1 + seed;
        int start = 8 * random.nextInt(PLACES / 8);
        int end = Math.min(PLACES, start + 8 * (1 + random.nextInt(most)));
        add(start, end, random.nextBoolean());
        if (i % 500 == 0) {
          check();
        }
      }
      check();
    }
  }

  @Test
  void theMostPiecesInAnOrderThatIsNeverNear() {
    begin();
    int most = PLACES / 8;
    for (int i = 0; i < most; i++) {
      int piece = (int) (i * 3_001L % most);
      add(8 * piece, 8 * piece + 8, false);
    }
    check();
    assertThat(datagram.pieces.count()).isEqualTo(most);
    assertThat(datagram.pieces.isWhole(PLACES)).isTrue();
    // A long is the least that a piece takes; a block is half empty at most when it is made.
    assertThat(datagram.pieces.extraBytes()).isLessThan(2 * most * Long.BYTES);
    add(0, PLACES, true);
    check();
    assertThat(datagram.pieces.count()).isOne();
    assertThat(datagram.pieces.extraBytes()).isLessThan(4_096);
  }
}
