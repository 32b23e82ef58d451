package tapwarden.inspect.protocol.smtp;

import java.util.Arrays;

/**
 * What the replies to come answer, in the order of the commands (RFC 2920). Most commands need no
 * attention, and are counted only.
 */
final class Expected {
  /** What is answered. */
  enum Kind {
    /** Nothing that was seen: the greeting, or what the server says by itself. */
    NOTHING,
    ANY,
    DATA,
    AUTH,
    STARTTLS
  }

  /** Commands that need attention and may wait at a time; beyond, all is forgotten. */
  static final int MOST = 16;

  private final Kind[] kinds = new Kind[MOST];

  /** How many of the others come before each. */
  private final int[] before = new int[MOST];

  private int count;
  private int behind;

  void add(Kind kind) {
    if (kind == Kind.ANY) {
      behind++;
      return;
    }
    if (count == MOST) {
      clear();
      return;
    }
    before[count] = behind;
    kinds[count++] = kind;
    behind = 0;
  }

  /** What the next reply answers. */
  Kind first() {
    if (count > 0) {
      return before[0] > 0 ? Kind.ANY : kinds[0];
    }
    return behind > 0 ? Kind.ANY : Kind.NOTHING;
  }

  /** It is answered. */
  void remove() {
    if (count == 0) {
      behind = Math.max(0, behind - 1);
    } else if (before[0] > 0) {
      before[0]--;
    } else {
      count--;
      System.arraycopy(kinds, 1, kinds, 0, count);
      System.arraycopy(before, 1, before, 0, count);
    }
  }

  boolean has(Kind kind) {
    for (int i = 0; i < count; i++) {
      if (kinds[i] == kind) {
        return true;
      }
    }
    return false;
  }

  void clear() {
    count = 0;
    behind = 0;
    Arrays.fill(before, 0);
  }
}
