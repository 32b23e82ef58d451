package tapwarden.inspect.protocol.ftp;

import java.util.Arrays;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The replies to one command (RFC 959 §4.2): preliminary ones and the one that completes it, each
 * of one line or, where a hyphen follows the number, of all up to one with the number and a blank.
 * A password that a server repeats is not kept.
 */
final class FtpReplies {
  /** Lines that are kept of the replies to one command, and bytes of them. */
  static final int MOST_LINES = 64;

  static final int MOST_BYTES = 4_096;

  /** Numbers that are kept; there are rarely more than two. */
  static final int MOST_CODES = 4;

  private static final int CODE_DIGITS = 3;
  private static final int FIRST_REJECTION = 400;
  private static final int LEAST_BYTES = 256;
  private static final byte[] NOTHING = {};

  /** What a line was. */
  enum Line {
    /** The reply goes on. */
    PART,
    /** It is whole: {@link #code}. */
    LAST,
    /** No line of a reply. */
    NONE
  }

  private final StreamMemory memory;
  private final int[] codes = new int[MOST_CODES];
  private final short[] ends = new short[MOST_LINES];
  private byte[] text = NOTHING;
  private int codeCount;
  private int lineCount;
  private boolean cut;
  private int code;

  /** Number of the reply of several lines that has begun; 0 outside of one. */
  private int open;

  FtpReplies(StreamMemory memory) {
    this.memory = memory;
  }

  Line take(byte[] line, int length, boolean cutLine) {
    int number = code(line, length);
    boolean last = number > 0 && (length == CODE_DIGITS || line[CODE_DIGITS] == ' ');
    boolean rejects = (open != 0 ? open : number) >= FIRST_REJECTION;
    int told = FtpSecrets.start(line, 0, length, rejects);
    if (open != 0) {
      boolean same = number == open;
      add(line, same ? CODE_DIGITS + 1 : 0, told, cutLine);
      if (!same || !last) {
        return Line.PART;
      }
      open = 0;
    } else if (number == 0) {
      return Line.NONE;
    } else {
      add(line, CODE_DIGITS + 1, told, cutLine);
      if (!last) {
        open = number;
        return Line.PART;
      }
    }
    code = number;
    if (codeCount < MOST_CODES) {
      codes[codeCount++] = number;
    }
    return Line.LAST;
  }

  /** Number of the reply that was whole last. */
  int code() {
    return code;
  }

  boolean isEmpty() {
    return lineCount == 0;
  }

  /** The first line, without its number. */
  byte[] text() {
    return text;
  }

  int firstLength() {
    return lineCount == 0 ? 0 : ends[0];
  }

  /** Where the last line begins in {@link #text}. */
  int lastStart() {
    return lineCount < 2 ? 0 : ends[lineCount - 2];
  }

  int lastEnd() {
    return lineCount == 0 ? 0 : ends[lineCount - 1];
  }

  /** They were told; the next ones are another command's. */
  void clear() {
    codeCount = 0;
    lineCount = 0;
    cut = false;
  }

  /** Lines are missing. */
  void lose() {
    open = 0;
  }

  void release() {
    memory.give(text.length);
    text = NOTHING;
    clear();
  }

  void write(JsonWriter json) {
    if (lineCount > 0) {
      json.name("reply").beginArray();
      for (int i = 0; i < lineCount; i++) {
        int start = i == 0 ? 0 : ends[i - 1];
        json.value(text, start, ends[i] - start);
      }
      json.endArray();
    }
    if (codeCount > 0) {
      json.name("completion_code").beginArray();
      for (int i = 0; i < codeCount; i++) {
        json.value(Integer.toString(codes[i]));
      }
      json.endArray();
    }
    json.field("reply_received", lineCount > 0 ? "yes" : "no");
    json.field("reply_truncated", cut);
  }

  /** The number that the line begins with, or 0. */
  static int code(byte[] line, int length) {
    if (length < CODE_DIGITS
        || (length > CODE_DIGITS && line[CODE_DIGITS] != ' ' && line[CODE_DIGITS] != '-')) {
      return 0;
    }
    int number = 0;
    for (int i = 0; i < CODE_DIGITS; i++) {
      if (line[i] < '0' || line[i] > '9') {
        return 0;
      }
      number = 10 * number + line[i] - '0';
    }
    return number < 100 ? 0 : number;
  }

  private void add(byte[] line, int from, int length, boolean cutLine) {
    cut |= cutLine;
    if (lineCount == MOST_LINES) {
      cut = true;
      return;
    }
    int start = Math.min(from, length);
    int used = lastEnd();
    int some = Math.min(length - start, MOST_BYTES - used);
    cut |= some < length - start;
    int needed = used + some;
    if (needed > text.length) {
      int room = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, Integer.highestOneBit(needed) << 1));
      if (!memory.take(room - text.length)) {
        cut = true;
        return;
      }
      text = Arrays.copyOf(text, room);
    }
    System.arraycopy(line, start, text, used, some);
    ends[lineCount++] = (short) needed;
  }
}
