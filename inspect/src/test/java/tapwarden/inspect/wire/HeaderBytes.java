package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Headers written as hexadecimal text, laid into a segment at an offset that is not 0. */
final class HeaderBytes {
  /** Where {@link #wrap} lays the first byte. */
  static final long OFFSET = 3;

  interface Wrapper {
    boolean wrap(MemorySegment segment, long offset, long end);
  }

  private HeaderBytes() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  /** Wraps the bytes; nothing readable lies behind them. */
  static boolean wrap(Wrapper view, String hex) {
    return wrap(view, bytes(hex));
  }

  static boolean wrap(Wrapper view, byte[] bytes) {
    byte[] padded = new byte[(int) OFFSET + bytes.length];
    System.arraycopy(bytes, 0, padded, (int) OFFSET, bytes.length);
    return view.wrap(MemorySegment.ofArray(padded), OFFSET, padded.length);
  }

  /**
   * Cuts the bytes at every place: refused below {@code needed} bytes, accepted from there on, and
   * then everything that {@code toString} reads can be read.
   */
  static void assertNeeds(int needed, Wrapper view, Supplier<String> text, String hex) {
    byte[] whole = bytes(hex);
    for (int length = 0; length <= whole.length; length++) {
      boolean accepted = wrap(view, Arrays.copyOf(whole, length));
      assertThat(accepted).as("cut to %d bytes", length).isEqualTo(length >= needed);
      if (accepted) {
        assertThat(text.get()).isNotEmpty();
      }
    }
  }
}
