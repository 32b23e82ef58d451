package tapwarden.capture.source.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The uncompressed bytes of a gzip file (RFC 1952) of any number of members. The JDK's own stream
 * takes whatever follows a member and is none for the end of the file, in silence, and so loses all
 * members behind a damaged header; here only zeros, with which tapes and tar pad, may follow.
 */
final class GzipStream extends InputStream {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int DEFLATE = 8;

  // Section 2.3.1: what the header's flags announce
  private static final int HEADER_CRC = 0x02;
  private static final int EXTRA = 0x04;
  private static final int NAME = 0x08;
  private static final int COMMENT = 0x10;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private boolean ended;

  /** Reads the first header. */
  GzipStream(InputStream in) throws IOException {
    this.in = in;
    header(need());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int inflated = inflate(target, offset, length);
      if (inflated > 0) {
        crc.update(target, offset, inflated);
        return inflated;
      }
      if (inflater.finished()) {
        trailer();
        next();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("a gzip member needs a dictionary, which gzip has not");
      } else if (inflater.needsInput()) {
        feed();
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException damaged) {
      String why = damaged.getMessage();
      throw new ZipException(why == null ? "no deflate data" : why);
    }
  }

  private void feed() throws IOException {
    if (start == end && !fill()) {
      throw new EOFException("the file ends within a gzip member");
    }
    inflater.setInput(buffer, start, end - start);
    start = end;
  }

  /** Section 2.3.1: the check value and the length modulo 2^32 of the uncompressed bytes. */
  private void trailer() throws IOException {
    start = end - inflater.getRemaining();
    long length = inflater.getBytesWritten() & 0xFFFF_FFFFL;
    if (needU32() != crc.getValue() || needU32() != length) {
      throw new ZipException("the check value of a gzip member is wrong");
    }
  }

  private void next() throws IOException {
    int first = take();
    if (first < 0) {
      ended = true;
    } else if (first == 0) {
      zerosToTheEnd();
      ended = true;
    } else {
      header(first);
      inflater.reset();
      crc.reset();
    }
  }

  private void zerosToTheEnd() throws IOException {
    for (int next = take(); next >= 0; next = take()) {
      if (next != 0) {
        throw new ZipException("bytes follow a gzip member that are none");
      }
    }
  }

  private void header(int first) throws IOException {
    if (first != MAGIC_1 || need() != MAGIC_2) {
      throw new ZipException("bytes follow a gzip member that are none");
    }
    int method = need();
    int flags = need();
    if (method != DEFLATE || (flags & RESERVED) != 0) {
      throw new ZipException("a gzip member of an unknown kind");
    }
    skip(6); // time, extra flags, operating system
    if ((flags & EXTRA) != 0) {
      skip(need() | need() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      need();
    }
  }

  private void skipText() throws IOException {
    while (need() != 0) {
      // of no use here
    }
  }

  private long needU32() throws IOException {
    long low = need() | need() << 8;
    return low | (long) (need() | need() << 8) << 16;
  }

  private int need() throws IOException {
    int next = take();
    if (next < 0) {
      throw new EOFException("the file ends within a gzip member");
    }
    return next;
  }

  /** The next compressed byte, -1 at the end. */
  private int take() throws IOException {
    return start < end || fill() ? buffer[start++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    start = 0;
    end = Math.max(0, read);
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
