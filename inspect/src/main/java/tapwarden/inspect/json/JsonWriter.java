package tapwarden.inspect.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) into a byte array that is reused and grows to a limit; writing allocates
 * nothing once the array has grown to its working size. Commas are put by the writer; whatever the
 * wire said, the result is one line of valid UTF-8 without control, line-breaking or
 * direction-changing characters (see {@link JsonText}).
 *
 * <p>A value that would pass the limit makes the writer {@link #overflowed()}: the rest is ignored,
 * {@link #length()} is 0, and the caller drops the event and counts it. The writer does not check
 * that calls nest properly; the tests of each event do.
 */
public final class JsonWriter {
  /** Largest event by default; far above any real one, so that only an attack reaches it. */
  public static final int DEFAULT_MAX_BYTES = 1 << 20;

  /** Room that is always there beyond the limit, so that short pieces are written unchecked. */
  private static final int SLACK = 4096;

  private static final int INITIAL_BYTES = 1024;
  private static final long[] POWER_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private final int maxBytes;
  private byte[] bytes = new byte[INITIAL_BYTES + SLACK];
  private int length;
  private boolean comma;
  private boolean overflowed;

  public JsonWriter() {
    this(DEFAULT_MAX_BYTES);
  }

  /**
   * @param maxBytes most bytes of one document, at least 1
   */
  public JsonWriter(int maxBytes) {
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE / 2 - SLACK) {
      throw new IllegalArgumentException("limit of " + maxBytes + " bytes");
    }
    this.maxBytes = maxBytes;
  }

  /** Forgets what was written and starts a new document. */
  public JsonWriter reset() {
    length = 0;
    comma = false;
    overflowed = false;
    return this;
  }

  /** The buffer; the document is its first {@link #length()} bytes, until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** Bytes written; 0 after an overflow. */
  public int length() {
    return overflowed() ? 0 : length;
  }

  /** Whether the document would be longer than the limit; what was written is not usable then. */
  public boolean overflowed() {
    return overflowed || length > maxBytes;
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /** A field name; the value must follow. Names are our own constants and are not escaped. */
  @SuppressWarnings("deprecation") // The one call that copies ASCII into an array as it is.
  public JsonWriter name(String name) {
    int n = name.length();
    reserve(n + 4);
    byte[] out = bytes;
    int at = length;
    if (comma) {
      out[at++] = ',';
    }
    out[at++] = '"';
    name.getBytes(0, n, out, at);
    at += n;
    out[at++] = '"';
    out[at++] = ':';
    length = at;
    comma = false;
    return this;
  }

  public JsonWriter value(long number) {
    separate(21);
    length = JsonNumbers.putLong(bytes, length, number);
    return this;
  }

  public JsonWriter value(boolean truth) {
    separate(5);
    putAscii(truth ? "true" : "false");
    return this;
  }

  public JsonWriter nullValue() {
    separate(4);
    putAscii("null");
    return this;
  }

  /**
   * A decimal number, rounded half away from zero, always with {@code digits} places; {@code null}
   * if it is not finite or does not fit 63 bits once scaled by 10^digits.
   *
   * @param digits places after the point, 0 to 9
   */
  public JsonWriter value(double number, int digits) {
    long scale = POWER_OF_TEN[digits];
    double scaled = Math.abs(number) * scale;
    if (!(scaled < Long.MAX_VALUE)) {
      return nullValue();
    }
    separate(40);
    long units = Math.round(scaled);
    if (number < 0 && units != 0) {
      bytes[length++] = '-';
    }
    length = JsonNumbers.putLong(bytes, length, units / scale);
    if (digits > 0) {
      bytes[length++] = '.';
      length = JsonNumbers.putPadded(bytes, length, units % scale, digits);
    }
    return this;
  }

  /** A string; a lone surrogate, which UTF-8 cannot carry, becomes U+FFFD. */
  public JsonWriter value(CharSequence text) {
    int n = text.length();
    separate(Math.min(n, SLACK) + 1);
    bytes[length++] = '"';
    for (int i = text instanceof String plain ? putPlain(plain) : 0; i < n; ) {
      reserve(JsonText.MAX_ESCAPED);
      char c = text.charAt(i++);
      if (c < 0x80) {
        length = JsonText.putAscii(bytes, length, c);
      } else {
        int codePoint = c;
        if (Character.isHighSurrogate(c) && i < n && Character.isLowSurrogate(text.charAt(i))) {
          codePoint = Character.toCodePoint(c, text.charAt(i++));
        }
        length = JsonText.putCodePoint(bytes, length, codePoint);
      }
    }
    return closeQuote();
  }

  /** A string that is one of our own constants, of plain ASCII: it is not escaped. */
  public JsonWriter word(String word) {
    int n = word.length();
    separate(n + 2);
    bytes[length++] = '"';
    putAscii(word);
    bytes[length++] = '"';
    return this;
  }

  /**
   * A string that came from the wire and should be UTF-8. A byte that is not part of well-formed
   * UTF-8 is written as the four characters {@code \xNN}; a backslash of the wire that is followed
   * by {@code x} is written as {@code \x5c}, so different bytes never give the same string.
   */
  public JsonWriter value(byte[] wire, int offset, int count) {
    separate(1);
    bytes[length++] = '"';
    int end = offset + count;
    for (int i = putPlain(wire, offset, end); i < end; i = putPlain(wire, i, end)) {
      reserve(JsonText.MAX_ESCAPED);
      int b = wire[i];
      if (b == '\\' && i + 1 < end && wire[i + 1] == 'x') {
        length = JsonText.putWireByte(bytes, length, b);
        i++;
      } else if (b >= 0) {
        length = JsonText.putAscii(bytes, length, (char) b);
        i++;
      } else {
        int codePoint = JsonText.codePointAt(wire, i, end);
        length =
            codePoint < 0
                ? JsonText.putWireByte(bytes, length, b)
                : JsonText.putCodePoint(bytes, length, codePoint);
        i += codePoint < 0 ? 1 : JsonText.utf8Length(codePoint);
      }
    }
    return closeQuote();
  }

  /** A time in EVE's form, {@code "2026-01-02T03:04:05.123456+0000"}; nanoseconds are cut off. */
  public JsonWriter valueTimestamp(long nanosSinceEpoch) {
    separate(34);
    bytes[length++] = '"';
    length = JsonNumbers.putTimestamp(bytes, length, nanosSinceEpoch);
    return closeQuote();
  }

  /** An address as EVE prints it: IPv4 dotted, IPv6 in full ({@code 2001:0db8:0000:...}). */
  public JsonWriter valueIp(int version, long high, long low) {
    separate(41);
    bytes[length++] = '"';
    length =
        version == 4
            ? JsonNumbers.putIpv4(bytes, length, (int) low)
            : JsonNumbers.putIpv6(bytes, length, high, low);
    return closeQuote();
  }

  /** A hardware address of 48 bits, {@code "02:00:5e:10:00:01"}. */
  public JsonWriter valueHexMac(long mac) {
    separate(19);
    bytes[length++] = '"';
    length = JsonNumbers.putMac(bytes, length, mac);
    return closeQuote();
  }

  /** Puts a complete document of another writer as one value; an overflowed one overflows this. */
  public JsonWriter rawValue(JsonWriter document) {
    if (document.overflowed()) {
      overflow();
      return this;
    }
    return rawValue(document.bytes, 0, document.length);
  }

  /** Puts bytes that are JSON already as one value. */
  public JsonWriter rawValue(byte[] json, int offset, int count) {
    if (count > maxBytes) {
      overflow();
      return this;
    }
    separate(count);
    System.arraycopy(json, offset, bytes, length, count);
    length += count;
    return this;
  }

  public JsonWriter field(String name, long number) {
    return name(name).value(number);
  }

  public JsonWriter field(String name, boolean truth) {
    return name(name).value(truth);
  }

  public JsonWriter field(String name, CharSequence text) {
    return name(name).value(text);
  }

  /** A field whose value is one of our own constants ({@link #word}). */
  public JsonWriter wordField(String name, String word) {
    return name(name).word(word);
  }

  /** Writes the field only if there is a text. */
  public JsonWriter optionalField(String name, @Nullable CharSequence text) {
    return text == null ? this : name(name).value(text);
  }

  /** The document as a string: for tests and the terminal. */
  @Override
  public String toString() {
    return new String(bytes, 0, length(), StandardCharsets.UTF_8);
  }

  /** Puts the bytes before the first that is not plain ASCII; returns where they end. */
  private int putPlain(byte[] wire, int from, int end) {
    int i = from;
    while (i < end) {
      int piece = Math.min(end - i, SLACK);
      int plain = JsonText.plainLength(wire, i, i + piece);
      reserve(plain);
      System.arraycopy(wire, i, bytes, length, plain);
      length += plain;
      i += plain;
      if (plain < piece) {
        break;
      }
    }
    return i;
  }

  /** Puts the characters before the first that is not plain ASCII, as far as there is room. */
  private int putPlain(String text) {
    byte[] out = bytes;
    int from = length;
    int n = Math.min(text.length(), out.length - from);
    int i = 0;
    while (i < n && JsonText.isPlainAscii(text.charAt(i))) {
      out[from + i] = (byte) text.charAt(i);
      i++;
    }
    length = from + i;
    return i;
  }

  private JsonWriter open(char bracket) {
    separate(1);
    bytes[length++] = (byte) bracket;
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    reserve(1);
    bytes[length++] = (byte) bracket;
    comma = true;
    return this;
  }

  private JsonWriter closeQuote() {
    reserve(1);
    bytes[length++] = '"';
    return this;
  }

  /** Makes room for a value of {@code count} bytes and puts the comma before it if it needs one. */
  private void separate(int count) {
    reserve(count + 1);
    if (comma) {
      bytes[length++] = ',';
    }
    comma = true;
  }

  /** There must be room. */
  @SuppressWarnings("deprecation") // The one call that copies ASCII into an array as it is.
  private void putAscii(String text) {
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      grow(count);
    }
  }

  private void grow(int count) {
    if (length > maxBytes) {
      overflow();
    }
    if (bytes.length - length < count) {
      int wanted = Math.max(2 * bytes.length, length + count + SLACK);
      int most = Math.max(maxBytes + SLACK, length + count);
      bytes = Arrays.copyOf(bytes, Math.min(wanted, most));
    }
  }

  /** Writing goes on at the start: what is there is lost anyway, and no caller has to check. */
  private void overflow() {
    overflowed = true;
    length = 0;
  }
}
