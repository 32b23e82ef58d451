package tapwarden.inspect.codec.http;

import java.util.Arrays;

/**
 * The head of a message: a start line, and an index of its header lines (RFC 9112 §5). A view that
 * is moved from head to head. Lines end with a line feed, with or without a carriage return; a line
 * that begins with a blank goes on with the value before it (obs-fold, RFC 9112 §5.2), whose line
 * break is overwritten with blanks in the array that is read; blanks around a name and a value do
 * not belong to them. In an HTTP response a carriage return ends a line by itself, as some browsers
 * have it. What is no header line is left out. Never throws.
 */
public final class HttpHead {
  /** Header lines that are indexed; further ones are left out, and told. */
  public static final int MOST_LINES = 1_024;

  /** A line continued the one before. */
  public static final int FOLDED = 1;

  /** A line had no colon, or nothing before it. */
  public static final int NO_NAME = 2;

  /** There was a blank before a colon, which may smuggle a header past a proxy. */
  public static final int BLANK_BEFORE_COLON = 4;

  /** There were more lines than {@link #MOST_LINES}. */
  public static final int TOO_MANY_LINES = 8;

  /** A line ended without a carriage return. */
  public static final int BARE_LINE_FEED = 16;

  /** A line of a response ended with a carriage return alone. */
  public static final int BARE_CARRIAGE_RETURN = 32;

  private static final int SPAN = 4;
  private static final int FIRST_LINES = 32;

  private final StartLine startLine = new StartLine();
  private byte[] bytes = {};
  private int[] spans = new int[SPAN * FIRST_LINES];
  private int lines;
  private int oddities;

  /**
   * Reads a head.
   *
   * @param bytes may be written to where lines are folded
   * @param end behind the empty line, or wherever the head was cut
   * @return what the start line begins; NONE if it is no start line
   */
  public StartLine.Kind read(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    lines = 0;
    oddities = 0;
    int lineEnd = lineEnd(start, end);
    StartLine.Kind kind = startLine.read(bytes, start, lineEnd);
    boolean isResponse = kind == StartLine.Kind.RESPONSE && startLine.isHttp();
    int at = isResponse ? cutAtReturn(startLine.statusEnd(), lineEnd) : lineEnd;
    while (at < end) {
      lineEnd = lineEnd(at, end);
      lineEnd = isResponse ? cutAtReturn(at, lineEnd) : lineEnd;
      line(at, lineEnd);
      at = lineEnd;
    }
    return kind;
  }

  /** Behind the first carriage return with text behind it; {@code end} if there is none. */
  private int cutAtReturn(int start, int end) {
    int at = Ascii.find(bytes, start, end, '\r');
    int behind = at;
    while (behind < end && bytes[behind] == '\r') {
      behind++;
    }
    if (behind == end || bytes[behind] == '\n') {
      return end;
    }
    oddities |= BARE_CARRIAGE_RETURN;
    return behind;
  }

  /** Behind the line feed; {@code end} if there is none. */
  private int lineEnd(int start, int end) {
    int at = Ascii.find(bytes, start, end, '\n');
    if (at == end) {
      return end;
    }
    if (at == start || bytes[at - 1] != '\r') {
      oddities |= BARE_LINE_FEED;
    }
    return at + 1;
  }

  private void line(int start, int lineEnd) {
    int last = bytes[lineEnd - 1] == '\n' ? lineEnd - 1 : lineEnd;
    int end = Ascii.trimEnd(bytes, start, last);
    if (end == start) {
      return;
    }
    if (Ascii.isBlank(bytes[start]) && lines > 0) {
      fold(start, end);
      return;
    }
    int from = Ascii.skipBlanks(bytes, start, end);
    int colon = Ascii.find(bytes, from, end, ':');
    int nameEnd = Ascii.trimEnd(bytes, from, colon);
    if (colon == end || nameEnd == from) {
      oddities |= NO_NAME;
      return;
    }
    if (nameEnd < colon) {
      oddities |= BLANK_BEFORE_COLON;
    }
    add(from, nameEnd, Ascii.skipBlanks(bytes, colon + 1, end), end);
  }

  private void fold(int start, int end) {
    oddities |= FOLDED;
    int at = SPAN * (lines - 1);
    boolean isEmpty = spans[at + 2] == spans[at + 3];
    Arrays.fill(bytes, spans[at + 3], start, (byte) ' ');
    if (isEmpty) {
      spans[at + 2] = Ascii.skipBlanks(bytes, start, end);
    }
    spans[at + 3] = end;
  }

  private void add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
    if (lines == MOST_LINES) {
      oddities |= TOO_MANY_LINES;
      return;
    }
    int at = SPAN * lines;
    if (at == spans.length) {
      spans = Arrays.copyOf(spans, 2 * spans.length);
    }
    spans[at] = nameStart;
    spans[at + 1] = nameEnd;
    spans[at + 2] = valueStart;
    spans[at + 3] = valueEnd;
    lines++;
  }

  public StartLine startLine() {
    return startLine;
  }

  /** What was read: places are in it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Header lines in the index. */
  public int lines() {
    return lines;
  }

  /** What was unusual, as the or of this class's bits. */
  public int oddities() {
    return oddities;
  }

  public int nameStart(int line) {
    return spans[SPAN * line];
  }

  public int nameEnd(int line) {
    return spans[SPAN * line + 1];
  }

  public int valueStart(int line) {
    return spans[SPAN * line + 2];
  }

  public int valueEnd(int line) {
    return spans[SPAN * line + 3];
  }

  /** Whether the line has that name, whatever the case. */
  public boolean isNamed(int line, byte[] lowerCaseName) {
    return Ascii.is(bytes, nameStart(line), nameEnd(line), lowerCaseName);
  }

  /**
   * The next line of that name.
   *
   * @param from the first line to look at
   * @return its number; -1 if there is none
   */
  public int find(byte[] lowerCaseName, int from) {
    for (int line = from; line < lines; line++) {
      if (isNamed(line, lowerCaseName)) {
        return line;
      }
    }
    return -1;
  }
}
