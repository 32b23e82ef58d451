package tapwarden.inspect.codec.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.Initials.hex;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** RFC 9000 §A.1's examples. */
class VarIntTest {
  private static long read(byte[] bytes) {
    long value = VarInt.read(bytes, 0, bytes.length);
    assertThat(VarInt.read(MemorySegment.ofArray(bytes), 0, bytes.length)).isEqualTo(value);
    return value;
  }

  @Test
  void readsAllWidths() {
    assertThat(read(hex("c2197c5eff14e88c"))).isEqualTo(151_288_809_941_952_652L);
    assertThat(read(hex("9d7f3e7d"))).isEqualTo(494_878_333);
    assertThat(read(hex("7bbd"))).isEqualTo(15_293);
    assertThat(read(hex("25"))).isEqualTo(37);
    assertThat(read(hex("4025"))).isEqualTo(37);
  }

  @Test
  void saysWhatIsCut() {
    assertThat(read(hex(""))).isEqualTo(VarInt.CUT);
    assertThat(read(hex("7b"))).isEqualTo(VarInt.CUT);
    assertThat(read(hex("9d7f3e"))).isEqualTo(VarInt.CUT);
    assertThat(read(hex("c2197c5eff14e8"))).isEqualTo(VarInt.CUT);
  }
}
