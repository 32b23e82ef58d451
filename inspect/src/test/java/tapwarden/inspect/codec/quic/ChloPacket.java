package tapwarden.inspect.codec.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static tapwarden.inspect.codec.quic.Initials.hex;
import static tapwarden.inspect.codec.quic.Initials.join;

import java.math.BigInteger;

/** Packets of Google's QUIC in clear, made by its crypto specification; hashed by big numbers. */
public final class ChloPacket {
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(88).add(BigInteger.valueOf(0x13B));
  private static final BigInteger ALL = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

  private ChloPacket() {}

  /** A message of pairs of tag and value. */
  public static byte[] message(String tag, String... pairs) {
    byte[] entries = {};
    byte[] values = {};
    for (int i = 0; i < pairs.length; i += 2) {
      values = join(values, pairs[i + 1].getBytes(US_ASCII));
      entries = join(entries, tag(pairs[i]), little(values.length, 4));
    }
    return join(tag(tag), little(pairs.length / 2, 2), new byte[2], entries, values);
  }

  private static byte[] tag(String name) {
    byte[] tag = new byte[4];
    System.arraycopy(name.getBytes(US_ASCII), 0, tag, 0, name.length());
    return tag;
  }

  private static byte[] little(int value, int bytes) {
    byte[] all = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      all[i] = (byte) (value >>> (8 * i));
    }
    return all;
  }

  /** Stream 1 from an offset on, its length told, then padding; as Q039 and later have it. */
  public static byte[] stream(byte[] message, int from, int to) {
    byte[] part = new byte[to - from];
    System.arraycopy(message, from, part, 0, part.length);
    byte[] numbers = {
      (byte) (from >>> 8), (byte) from, (byte) (part.length >>> 8), (byte) part.length
    };
    return join(new byte[] {(byte) 0xA4, 1}, numbers, part, new byte[40]);
  }

  /** Up to Q043: public header with an identifier of 8 bytes and a number of one. */
  public static byte[] publicHeader(String version, int number, byte[] frames) {
    byte[] header =
        join(
            new byte[] {0x09},
            hex("0102030405060708"),
            version.getBytes(US_ASCII),
            new byte[] {(byte) number});
    return join(header, hash(version, header, frames), frames);
  }

  /** Q046: long header with an identifier of 8 bytes, and a number of four. */
  public static byte[] longHeader(String version, int number, byte[] frames) {
    byte[] header =
        join(
            new byte[] {(byte) 0xC3},
            version.getBytes(US_ASCII),
            new byte[] {0x50},
            hex("0102030405060708"),
            new byte[] {0, 0, 0, (byte) number});
    return join(header, hash(version, header, frames), frames);
  }

  private static byte[] hash(String version, byte[] header, byte[] frames) {
    boolean named = version.compareTo("Q037") >= 0;
    byte[] hashed = join(header, frames, (named ? "Client" : "").getBytes(US_ASCII));
    BigInteger hash = new BigInteger("6c62272e07bb014262b821756295c58d", 16);
    for (byte b : hashed) {
      hash = hash.xor(BigInteger.valueOf(b & 0xFF)).multiply(PRIME).and(ALL);
    }
    byte[] wire = new byte[12];
    for (int i = 0; i < wire.length; i++) {
      wire[i] = hash.shiftRight(8 * i).byteValue();
    }
    return wire;
  }
}
