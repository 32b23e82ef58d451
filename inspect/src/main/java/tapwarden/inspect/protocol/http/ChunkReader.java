package tapwarden.inspect.protocol.http;

import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.HeadScanner;

/**
 * Finds the data in a chunked body (RFC 9112 §7.1): extensions and trailers are passed over, lines
 * may end without a carriage return, and there may be blanks and empty lines before a size. Nothing
 * is kept but where it stands, and the first bytes, in case that there are no chunks.
 */
final class ChunkReader {
  private enum Part {
    SIZE,
    EXTENSION,
    DATA,
    DATA_END,
    TRAILERS,
    OVER,
    BROKEN
  }

  /** Digits of a size; more would be more than a stream has. */
  private static final int MOST_DIGITS = 15;

  private static final int MOST_FIRST_BYTES = 32;

  private final HeadScanner trailers = new HeadScanner();
  private Part part = Part.SIZE;
  private final byte[] first = new byte[MOST_FIRST_BYTES];
  private int firstBytes;
  private boolean hasChunk;
  private long remaining;
  private boolean hasDigit;
  private int digits;
  private int dataBytes;

  /** At the beginning of a body. */
  void reset() {
    part = Part.SIZE;
    remaining = 0;
    digits = 0;
    hasDigit = false;
    dataBytes = 0;
    firstBytes = 0;
    hasChunk = false;
  }

  /**
   * Reads on, to the end of the next run of data or of what there is.
   *
   * @return where it stands; the data, {@link #dataBytes} of it, end there
   */
  int next(byte[] bytes, int from, int to) {
    dataBytes = 0;
    int at = from;
    while (at < to && dataBytes == 0 && part.ordinal() < Part.OVER.ordinal()) {
      switch (part) {
        case DATA -> {
          dataBytes = (int) Math.min(remaining, to - at);
          at += dataBytes;
          skip(dataBytes);
        }
        case TRAILERS -> {
          int end = trailers.scan(bytes, at, to);
          part = end < 0 ? Part.TRAILERS : Part.OVER;
          at = end < 0 ? to : end;
        }
        default -> at += line(bytes[at]) ? 1 : 0;
      }
    }
    return at;
  }

  /** A byte between data; false if it is to be looked at again. */
  private boolean line(byte b) {
    if (part == Part.DATA_END) {
      boolean isEnd = b == '\r' || b == '\n';
      part = b == '\r' ? Part.DATA_END : Part.SIZE;
      return isEnd;
    }
    if (!hasChunk && firstBytes < MOST_FIRST_BYTES) {
      first[firstBytes] = b;
    }
    firstBytes += hasChunk ? 0 : 1;
    int digit = part == Part.SIZE ? Character.digit(b, 16) : -1;
    if (digit >= 0) {
      remaining = remaining << 4 | digit;
      hasDigit = true;
      digits += remaining != 0 ? 1 : 0;
      part = digits > MOST_DIGITS ? Part.BROKEN : Part.SIZE;
    } else if (part == Part.SIZE) {
      sizeEnds(b);
    } else if (b == '\n') {
      lineEnds();
    }
    return true;
  }

  private void sizeEnds(byte b) {
    boolean isBlank = b == 0 || b == '\n' || Ascii.isSeparator(b);
    if (hasDigit && (isBlank || b == ';')) {
      hasChunk = true;
      part = Part.EXTENSION;
      if (b == '\n') {
        lineEnds();
      }
    } else if (hasDigit || !isBlank) {
      part = Part.BROKEN;
    }
  }

  private void lineEnds() {
    if (remaining == 0) {
      part = Part.TRAILERS;
      trailers.reset(true);
    } else {
      part = Part.DATA;
    }
    digits = 0;
    hasDigit = false;
  }

  /** Bytes of data that {@link #next} passed. */
  int dataBytes() {
    return dataBytes;
  }

  /** Bytes of the chunk at hand that are still to come; 0 between chunks. */
  long dataRemaining() {
    return part == Part.DATA ? remaining : 0;
  }

  /** Passes over data, of which there is so much. */
  void skip(long bytes) {
    remaining -= bytes;
    if (remaining == 0) {
      part = Part.DATA_END;
    }
  }

  boolean isOver() {
    return part == Part.OVER;
  }

  /** What should be a size is none: where the body ends cannot be known. */
  boolean isBroken() {
    return part == Part.BROKEN;
  }

  /** Whether it was broken from its beginning, so that the body has no chunks after all. */
  boolean isPlain() {
    return part == Part.BROKEN && !hasChunk && firstBytes <= MOST_FIRST_BYTES;
  }

  /** What was read of a body without chunks. */
  byte[] first() {
    return first;
  }

  int firstBytes() {
    return firstBytes;
  }
}
