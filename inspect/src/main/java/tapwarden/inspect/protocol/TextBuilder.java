package tapwarden.inspect.protocol;

import tapwarden.inspect.json.JsonWriter;

/**
 * A short text that is put together in an array that is reused, such as a list of numbers or bytes
 * in hexadecimal. What does not fit is left out.
 */
public final class TextBuilder {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int BITS_IN_OCTET = 8;

  private final byte[] bytes;
  private int length;

  /**
   * @param mostBytes capacity
   */
  public TextBuilder(int mostBytes) {
    bytes = new byte[mostBytes];
  }

  /** Forgets what was put. */
  public TextBuilder reset() {
    length = 0;
    return this;
  }

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Puts a character of ASCII. */
  public TextBuilder put(char c) {
    if (length < bytes.length) {
      bytes[length++] = (byte) c;
    }
    return this;
  }

  /** Puts characters of ASCII. */
  public TextBuilder put(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
    return this;
  }

  /** Puts bytes as they are. */
  public TextBuilder put(byte[] from, int start, int count) {
    int fits = Math.min(count, bytes.length - length);
    System.arraycopy(from, start, bytes, length, fits);
    length += fits;
    return this;
  }

  /** Puts a number in decimal. */
  public TextBuilder putNumber(long number) {
    if (number < 0) {
      put('-');
    }
    long scale = 1;
    while (number / scale <= -10 || number / scale >= 10) {
      scale *= 10;
    }
    for (; scale > 0; scale /= 10) {
      put((char) ('0' + Math.abs(number / scale % 10)));
    }
    return this;
  }

  /** Puts a number in hexadecimal, with that many digits. */
  public TextBuilder putHex(long number, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      put((char) HEX[(int) (number >>> shift) & 0xF]);
    }
    return this;
  }

  /** Puts bytes in hexadecimal, two digits each, with that between them; 0 is nothing. */
  public TextBuilder putHex(byte[] from, int start, int count, char between) {
    int fits = Math.min(count, bytes.length);
    for (int i = 0; i < fits; i++) {
      if (i > 0 && between != 0) {
        put(between);
      }
      putHex(from[start + i], 2);
    }
    return this;
  }

  /** Puts an IPv4 address, dotted. */
  public TextBuilder putIpv4(long address) {
    for (int shift = 24; shift >= 0; shift -= BITS_IN_OCTET) {
      putNumber(address >>> shift & 0xFF);
      if (shift > 0) {
        put('.');
      }
    }
    return this;
  }

  /** Writes it as a value. */
  public void writeTo(JsonWriter json) {
    json.value(bytes, 0, length);
  }

  /** Reports it as what a side says of the device that it is. */
  public void reportTrait(Report report, String trait, Side of) {
    report.trait(trait, of, bytes, 0, length);
  }
}
