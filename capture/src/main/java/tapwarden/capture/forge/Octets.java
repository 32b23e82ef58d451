package tapwarden.capture.forge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A growing array of bytes, written in network byte order. */
public final class Octets {
  private byte[] bytes = new byte[64];
  private int length;

  /** The bytes that {@code hex} spells; spaces are ignored. */
  public static byte[] fromHex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  /** How many bytes were written. */
  public int length() {
    return length;
  }

  public Octets u8(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public Octets u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public Octets u24(int value) {
    return u8(value >>> 16).u16(value);
  }

  public Octets u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  public Octets u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  public Octets bytes(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  public Octets zeros(int count) {
    reserve(count);
    length += count;
    return this;
  }

  public Octets hex(String hex) {
    return bytes(fromHex(hex));
  }

  /** The UTF-8 bytes of {@code text}. */
  public Octets text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Zeros up to the next multiple of {@code unit}. */
  public Octets alignTo(int unit) {
    return zeros((unit - length % unit) % unit);
  }

  /** Overwrites the 16 bits at {@code offset}, which were written before. */
  public Octets putU16(int offset, int value) {
    bytes[offset] = (byte) (value >>> 8);
    bytes[offset + 1] = (byte) value;
    return this;
  }

  public byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
