package tapwarden.inspect.protocol.smtp;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.text.LineReader;

/** The lines of replies (RFC 5321 §4.2): a number, and a hyphen where more lines follow. */
final class ReplyLines {
  /** What a line is. */
  enum Kind {
    /** Of several, the first. */
    FIRST,
    PART,
    LAST,
    NONE
  }

  private static final int CODE_DIGITS = 3;

  private final LineReader lines;
  private Kind kind = Kind.NONE;
  private int code;
  private boolean open;

  ReplyLines(LineReader lines) {
    this.lines = lines;
  }

  void feed(MemorySegment segment, long offset, int length) {
    lines.feed(segment, offset, length);
  }

  boolean next() {
    while (lines.next()) {
      if (!lines.isCut() || lines.length() > 0) {
        read(lines.bytes(), lines.length());
        return true;
      }
    }
    return false;
  }

  Kind kind() {
    return kind;
  }

  int code() {
    return code;
  }

  byte[] bytes() {
    return lines.bytes();
  }

  /** Bytes of the text behind the number and what separates them. */
  int textLength() {
    return Math.max(0, lines.length() - CODE_DIGITS - 1);
  }

  long position() {
    return lines.position();
  }

  void lose() {
    lines.lose();
    open = false;
  }

  void forget() {
    lines.forget();
  }

  private void read(byte[] line, int length) {
    int number = 0;
    for (int i = 0; i < CODE_DIGITS; i++) {
      if (i >= length || line[i] < '0' || line[i] > '9') {
        kind = open ? Kind.PART : Kind.NONE;
        return;
      }
      number = 10 * number + line[i] - '0';
    }
    code = number;
    if (length > CODE_DIGITS && line[CODE_DIGITS] == '-') {
      kind = open ? Kind.PART : Kind.FIRST;
      open = true;
    } else if (length == CODE_DIGITS || line[CODE_DIGITS] == ' ') {
      kind = Kind.LAST;
      open = false;
    } else {
      kind = open ? Kind.PART : Kind.NONE;
    }
  }
}
