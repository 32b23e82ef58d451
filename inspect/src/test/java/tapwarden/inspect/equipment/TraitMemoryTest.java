package tapwarden.inspect.equipment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;

final class TraitMemoryTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final byte[] BANNER = "SSH-2.0-OpenSSH_9.6".getBytes(US_ASCII);

  private final Counters counters = new Counters();
  private final TraitMemory memory = new TraitMemory(1024, HashKey.random(), counters.newBlock());

  private boolean isRepeat(String trait, int kind, long high, long low, byte[] text) {
    return memory.isRepeat(trait, kind, high, low, text, 0, text.length);
  }

  @Test
  void tellsAnExactRepeatFromEverythingElse() {
    assertThat(isRepeat("ssh-banner", 4, 0, 1, BANNER)).isFalse();
    assertThat(isRepeat("ssh-banner", 4, 0, 1, BANNER)).isTrue();
    assertThat(isRepeat("ssh-client", 4, 0, 1, BANNER)).isFalse();
    assertThat(isRepeat("ssh-banner", 6, 0, 1, BANNER)).isFalse();
    assertThat(isRepeat("ssh-banner", 4, 1, 1, BANNER)).isFalse();
    assertThat(isRepeat("ssh-banner", 4, 0, 2, BANNER)).isFalse();
    assertThat(memory.isRepeat("ssh-banner", 4, 0, 1, BANNER, 0, BANNER.length - 1)).isFalse();
    assertThat(memory.isRepeat("ssh-banner", 4, 0, 1, BANNER, 1, BANNER.length - 1)).isFalse();
    assertThat(isRepeat("ssh-banner", 4, 0, 1, BANNER)).isTrue();
  }

  @Test
  void textsThatDifferInOneByteAnywhereAreTwo() {
    // Roomy: in a small table one text may take another's place, under some keys.
    TraitMemory memory = new TraitMemory(1 << 17, HashKey.random(), counters.newBlock());
    for (int length = 0; length < 40; length++) {
      byte[] text = new byte[length];
      assertThat(memory.isRepeat("t", 4, 0, length, text, 0, length)).isFalse();
      for (int i = 0; i < length; i++) {
        text[i] = 1;
        assertThat(memory.isRepeat("t", 4, 0, length, text, 0, length)).isFalse();
        text[i] = 0;
      }
      assertThat(memory.isRepeat("t", 4, 0, length, text, 0, length)).isTrue();
    }
  }

  @Test
  void whatWasSaidLastHourIsToldAgain() {
    memory.tick(5 * HOUR);
    assertThat(isRepeat("t", 4, 0, 1, BANNER)).isFalse();
    memory.tick(6 * HOUR - 1);
    assertThat(isRepeat("t", 4, 0, 1, BANNER)).isTrue();
    memory.tick(6 * HOUR);
    assertThat(isRepeat("t", 4, 0, 1, BANNER)).isFalse();
    assertThat(isRepeat("t", 4, 0, 1, BANNER)).isTrue();
  }

  @Test
  void hoursAreNumberedOnWhenTimeStepsBack() {
    memory.tick(5 * HOUR);
    int before = memory.period();
    memory.tick(2 * HOUR);
    assertThat(memory.period()).isEqualTo(before + 1);
    memory.tick(2 * HOUR + 1);
    assertThat(memory.period()).isEqualTo(before + 1);
  }

  @Test
  void nothingNewIsEverTakenForARepeatHoweverFullItIs() {
    Set<Long> told = new HashSet<>();
    byte[] text = new byte[8];
    for (long i = 0; i < 20_000; i++) {
      for (int b = 0; b < 8; b++) {
        text[b] = (byte) (i >>> 8 * b);
      }
      assertThat(isRepeat("t", 4, 0, i % 7, text)).isFalse();
      told.add(i);
    }
    assertThat(told).hasSize(20_000);
    // 1,024 places: whatever came beyond them took somebody's.
    assertThat(counters.sum(Counter.TRAIT_REPEATS_FORGOTTEN)).isBetween(18_976L, 19_999L);
  }

  @Test
  void repeatsCostNoAllocation() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      isRepeat("ssh-banner", 4, 0, 1, BANNER);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      isRepeat("ssh-banner", 4, 0, 1, BANNER);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
  }

  @Test
  void refusesACapacityThatIsNoPowerOfTwo() {
    assertThatThrownBy(() -> new TraitMemory(1000, HashKey.random(), counters.newBlock()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
