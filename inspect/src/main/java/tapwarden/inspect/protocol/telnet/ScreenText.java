package tapwarden.inspect.protocol.telnet;

import java.util.Arrays;

/**
 * What is printed first on a terminal: the printable bytes, with ECMA-48 control sequences left out
 * and any run of blanks and line ends as one space.
 */
final class ScreenText {
  /** Bytes that are kept. */
  static final int MOST_BYTES = 256;

  private static final int ESCAPE = 0x1B;
  private static final int BELL = 0x07;
  private static final int DELETE = 0x7F;
  private static final int FIRST_FINAL = 0x40;
  private static final byte[] NOTHING = {};
  private static final int LEAST_BYTES = 64;

  private enum State {
    TEXT,
    ESCAPE,
    SEQUENCE,
    STRING,
    STRING_ESCAPE
  }

  private State state = State.TEXT;
  private byte[] text = NOTHING;
  private int length;
  private boolean blank;

  void take(int octet) {
    switch (state) {
      case TEXT -> print(octet);
      case ESCAPE ->
          state =
              octet == '['
                  ? State.SEQUENCE
                  : octet == ']' || octet == 'P' || octet == '_' || octet == '^'
                      ? State.STRING
                      : octet >= ' ' && octet < '0' ? State.ESCAPE : State.TEXT;
      case SEQUENCE -> {
        if (octet >= FIRST_FINAL || octet == ESCAPE) {
          state = octet == ESCAPE ? State.ESCAPE : State.TEXT;
        }
      }
      case STRING ->
          state = octet == BELL ? State.TEXT : octet == ESCAPE ? State.STRING_ESCAPE : State.STRING;
      case STRING_ESCAPE -> state = octet == '\\' ? State.TEXT : State.STRING;
    }
  }

  boolean isFull() {
    return length == MOST_BYTES;
  }

  void clear() {
    text = NOTHING;
    length = 0;
    blank = false;
  }

  byte[] bytes() {
    return text;
  }

  int length() {
    return length;
  }

  private void print(int octet) {
    if (octet == ESCAPE) {
      state = State.ESCAPE;
    } else if (octet <= ' ') {
      blank = length > 0;
    } else if (octet != DELETE) {
      if (blank) {
        blank = false;
        append(' ');
      }
      append(octet);
    }
  }

  private void append(int octet) {
    if (length == MOST_BYTES) {
      return;
    }
    if (length == text.length) {
      text = Arrays.copyOf(text, Math.max(LEAST_BYTES, 2 * length));
    }
    text[length++] = (byte) octet;
  }
}
