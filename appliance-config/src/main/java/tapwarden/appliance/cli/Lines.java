package tapwarden.appliance.cli;

import java.util.Arrays;

/** Cuts a stream of bytes into lines of bounded length; longer ones are left out and counted. */
final class Lines {
  /** Gets a line without its end; the array is reused. */
  interface Consumer {
    void line(byte[] bytes, int length);
  }

  private final int longest;
  private byte[] line = new byte[4096];
  private int length;
  private boolean overlong;
  private long tooLong;

  Lines(int longest) {
    this.longest = longest;
  }

  long tooLong() {
    return tooLong;
  }

  /** Adds the next bytes of the stream; what follows the last line end waits for more. */
  void add(byte[] bytes, int count, Consumer consumer) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i - start);
        if (overlong) {
          tooLong++;
        } else if (length > 0) {
          consumer.line(line, length);
        }
        clear();
        start = i + 1;
      }
    }
    append(bytes, start, count - start);
  }

  /** Forgets an unfinished line. */
  void clear() {
    length = 0;
    overlong = false;
  }

  private void append(byte[] bytes, int start, int count) {
    if (overlong || length + count > longest) {
      overlong = true;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(length + count, Math.min(2 * line.length, longest)));
    }
    System.arraycopy(bytes, start, line, length, count);
    length += count;
  }
}
