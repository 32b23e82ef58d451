package tapwarden.inspect.codec.http;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates gzip members (RFC 1952), one behind the other, a zlib stream (RFC 1950) or bare deflate
 * data (RFC 1951). Checksums are not looked at: what was sent is of interest, not whether it was
 * sent well. Content that is called gzip and does not begin like it, or deflate and cannot be read
 * from its beginning, is handed on as it is, as browsers do.
 */
final class InflateStage implements DecodingStage {
  private enum Part {
    GZIP_HEAD,
    GZIP_EXTRA_LENGTH,
    GZIP_EXTRA,
    GZIP_NAME,
    GZIP_COMMENT,
    GZIP_CHECK,
    ZLIB_HEAD,
    DATA,
    GZIP_TRAILER,
    MISNAMED,
    PLAIN,
    OVER
  }

  private static final int GZIP_HEAD_BYTES = 10;
  private static final int GZIP_TRAILER_BYTES = 8;
  private static final int FLAG_CHECK = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B};
  private static final int ZLIB_DICTIONARY = 0x20;

  /** By so many bytes of deflate it must be clear that they are. */
  private static final int MOST_FIRST_BYTES = 256;

  private final ContentDecoders owner;
  private final boolean isGzip;
  private final ContentDecoder decoder;
  private final ByteSink next;
  private final byte[] output;
  private final byte[] head = new byte[2];

  /** What came first of deflate, in case that it is none. */
  private final byte[] first;

  private long taken;
  private @Nullable Inflater inflater;
  private Part part;

  /** Bytes of the part that came, or are still to come. */
  private int count;

  private int flags;
  private boolean hasMember;
  private long handedOn;

  InflateStage(
      ContentDecoders owner,
      Inflater inflater,
      boolean isGzip,
      ContentDecoder decoder,
      ByteSink next,
      byte[] output) {
    this.owner = owner;
    this.inflater = inflater;
    this.isGzip = isGzip;
    this.decoder = decoder;
    this.next = next;
    this.output = output;
    part = isGzip ? Part.GZIP_HEAD : Part.ZLIB_HEAD;
    first = new byte[isGzip ? 0 : MOST_FIRST_BYTES];
  }

  @Override
  public boolean take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && part != Part.OVER && part != Part.MISNAMED) {
      switch (part) {
        case DATA -> at = inflate(bytes, at, to);
        case PLAIN -> {
          handOn(bytes, at, to);
          at = to;
        }
        default -> headByte(bytes[at++]);
      }
    }
    if (part == Part.MISNAMED) {
      part = Part.PLAIN;
      decoder.end(ContentDecoder.Outcome.NOT_CODED);
      handOn(first, 0, (int) taken);
      handOn(bytes, from, to);
    }
    keepFirst(bytes, from, to);
    return part != Part.OVER;
  }

  private void keepFirst(byte[] bytes, int from, int to) {
    if (taken < first.length) {
      System.arraycopy(
          bytes, from, first, (int) taken, Math.min(to - from, first.length - (int) taken));
    }
    taken += to - from;
  }

  private void headByte(byte b) {
    count++;
    switch (part) {
      case GZIP_HEAD -> gzipHead(b);
      case GZIP_EXTRA_LENGTH -> {
        head[count - 1] = b;
        if (count == 2) {
          count = -((head[0] & 0xFF) | (head[1] & 0xFF) << 8);
          enter(count == 0 ? afterExtra() : Part.GZIP_EXTRA, count);
        }
      }
      case GZIP_EXTRA -> enterIf(count == 0, afterExtra());
      case GZIP_NAME -> enterIf(b == 0, afterName());
      case GZIP_COMMENT -> enterIf(b == 0, afterComment());
      case GZIP_CHECK -> enterIf(count == 2, Part.DATA);
      case GZIP_TRAILER -> enterIf(count == GZIP_TRAILER_BYTES, Part.GZIP_HEAD);
      case ZLIB_HEAD -> zlibHead(b);
      default -> part = Part.OVER;
    }
  }

  private void gzipHead(byte b) {
    if (count <= GZIP_MAGIC.length && b != GZIP_MAGIC[count - 1]) {
      notGzip(b);
    } else if (count == 4) {
      flags = b;
    } else if (count == GZIP_HEAD_BYTES) {
      boolean hasExtra = (flags & FLAG_EXTRA) != 0;
      enter(hasExtra ? Part.GZIP_EXTRA_LENGTH : afterExtra(), 0);
    }
  }

  /** What follows a member may be anything; content that never was gzip is plain. */
  private void notGzip(byte b) {
    if (hasMember) {
      part = Part.OVER;
      return;
    }
    decoder.end(ContentDecoder.Outcome.NOT_CODED);
    part = Part.PLAIN;
    head[0] = GZIP_MAGIC[0];
    head[count - 1] = b;
    handOn(head, 0, count);
  }

  private Part afterExtra() {
    return (flags & FLAG_NAME) != 0 ? Part.GZIP_NAME : afterName();
  }

  private Part afterName() {
    return (flags & FLAG_COMMENT) != 0 ? Part.GZIP_COMMENT : afterComment();
  }

  private Part afterComment() {
    return (flags & FLAG_CHECK) != 0 ? Part.GZIP_CHECK : Part.DATA;
  }

  private void zlibHead(byte b) {
    head[count - 1] = b;
    if (count < 2) {
      return;
    }
    part = Part.DATA;
    boolean isZlib = (head[0] & 0x0F) == 8 && ((head[0] & 0xFF) << 8 | (head[1] & 0xFF)) % 31 == 0;
    if (!isZlib) {
      inflate(head, 0, 2);
    } else if ((head[1] & ZLIB_DICTIONARY) != 0) {
      fail(ContentDecoder.Outcome.DAMAGED);
    }
  }

  private void enterIf(boolean isDone, Part following) {
    if (isDone) {
      enter(following, 0);
    }
  }

  private void enter(Part following, int counted) {
    part = following;
    count = counted;
  }

  private int inflate(byte[] bytes, int from, int to) {
    Inflater zlib = inflater;
    if (zlib == null) {
      part = Part.OVER;
      return to;
    }
    zlib.setInput(bytes, from, to - from);
    long before = 0;
    try {
      while (true) {
        before = zlib.getBytesWritten();
        int inflated = zlib.inflate(output, 0, output.length);
        handOn(output, 0, inflated);
        if (part == Part.OVER) {
          return to;
        }
        if (zlib.finished()) {
          int rest = zlib.getRemaining();
          member(zlib);
          return to - rest;
        }
        if (inflated == 0) {
          return to;
        }
      }
    } catch (DataFormatException damaged) {
      handOn(output, 0, (int) (zlib.getBytesWritten() - before));
      boolean isMisnamed =
          !isGzip && handedOn == 0 && taken <= first.length && zlib.getBytesRead() <= first.length;
      if (isMisnamed) {
        part = Part.MISNAMED;
      } else if (part != Part.OVER) {
        fail(ContentDecoder.Outcome.DAMAGED);
      }
      return to;
    }
  }

  /** A stream ended: gzip may go on with another. */
  private void member(Inflater zlib) {
    if (isGzip) {
      hasMember = true;
      zlib.reset();
      enter(Part.GZIP_TRAILER, 0);
    } else {
      part = Part.OVER;
    }
  }

  private void handOn(byte[] bytes, int from, int to) {
    int end = to;
    boolean fits = decoder.allows(handedOn + to - from);
    if (!fits) {
      end = (int) Math.min(to, from + ContentDecoders.MOST_OUTPUT_BYTES - handedOn);
    }
    handedOn += end - from;
    if (end > from && !next.take(bytes, from, end)) {
      part = Part.OVER;
    }
    if (!fits) {
      fail(ContentDecoder.Outcome.TOO_LARGE);
    }
  }

  private void fail(ContentDecoder.Outcome how) {
    decoder.end(how);
    part = Part.OVER;
  }

  @Override
  public void finish() {
    boolean isBetween = part == Part.PLAIN || part == Part.OVER;
    boolean isEnded = hasMember && (part == Part.GZIP_TRAILER || part == Part.GZIP_HEAD);
    if (!isBetween && !isEnded) {
      decoder.end(ContentDecoder.Outcome.DAMAGED);
    }
  }

  @Override
  public void close() {
    Inflater zlib = inflater;
    inflater = null;
    if (zlib != null) {
      owner.give(zlib);
    }
  }
}
