package tapwarden.inspect.codec.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.stream.StreamMemory;

class PartialMessageTest {
  private static final MemorySegment TEXT = MemorySegment.ofArray("0123456789".getBytes());

  @Test
  void growsAndGivesBackWhatItTook() {
    StreamMemory memory = new StreamMemory(10_000);
    PartialMessage message = new PartialMessage(memory);
    assertThat(memory.usedBytes()).isZero();
    for (int i = 0; i < 300; i++) {
      assertThat(message.append(TEXT, i % 10, 1)).isTrue();
      assertThat(memory.usedBytes()).isEqualTo(message.array().length);
    }
    byte[] bytes = message.segment().asSlice(0, message.length()).toArray(ValueLayout.JAVA_BYTE);
    assertThat(new String(bytes)).isEqualTo("0123456789".repeat(30));
    message.release();
    assertThat(memory.usedBytes()).isZero();
    assertThat(message.length()).isZero();
  }

  @Test
  void keepsWhatItHasWhenItIsRefusedMore() {
    PartialMessage message = new PartialMessage(new StreamMemory(130));
    assertThat(message.append(TEXT, 0, 10)).isTrue();
    assertThat(message.append(MemorySegment.ofArray(new byte[200]), 0, 200)).isFalse();
    assertThat(message.length()).isEqualTo(10);
    assertThat(message.array()[9]).isEqualTo((byte) '9');
  }
}
