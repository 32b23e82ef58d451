package tapwarden.inspect.codec.tls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A digest of short texts as lower-case hexadecimal digits. The last texts are kept with theirs: a
 * network has few kinds of clients, each of which says the same every time, and to compare costs a
 * fraction of hashing. Who makes texts share a place has them hashed, as they would be without
 * this. One instance serves one thread; nothing is allocated.
 */
final class HexDigest {
  /** Longer texts, which are rare, are hashed each time. */
  static final int MOST_KEPT = 256;

  private static final int PLACE_BITS = 6;
  private static final int PLACES = 1 << PLACE_BITS;

  /** 2^64 divided by the golden ratio: odd, its bits without order. */
  private static final long MIXER = 0x9E37_79B9_7F4A_7C15L;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest digest;
  private final int digits;
  private final byte[] hash;
  private final byte[] texts = new byte[PLACES * MOST_KEPT];
  private final int[] lengths = new int[PLACES];
  private final byte[] hex;

  /**
   * @param algorithm one that every JDK has
   * @param digits how many are wanted, an even number
   */
  HexDigest(String algorithm, int digits) {
    digest = Digests.of(algorithm);
    hash = new byte[digest.getDigestLength()];
    this.digits = digits;
    hex = new byte[PLACES * digits];
    Arrays.fill(lengths, -1);
  }

  /** Writes the digits of that text to {@code to}. */
  void put(byte[] text, int start, int length, byte[] to, int at) {
    if (length > MOST_KEPT) {
      compute(text, start, length, to, at);
      return;
    }
    int place = place(text, start, length);
    int kept = place * MOST_KEPT;
    boolean isKept =
        lengths[place] == length
            && Arrays.equals(texts, kept, kept + length, text, start, start + length);
    if (!isKept) {
      compute(text, start, length, hex, place * digits);
      System.arraycopy(text, start, texts, kept, length);
      lengths[place] = length;
    }
    System.arraycopy(hex, place * digits, to, at, digits);
  }

  /** Eight bytes at a time, and the bits mixed, or texts of one length would share few places. */
  private static int place(byte[] text, int start, int length) {
    int end = start + length;
    long mixed = length;
    int i = start;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      mixed = (mixed ^ (long) EIGHT.get(text, i)) * MIXER;
      mixed ^= mixed >>> 32;
    }
    for (; i < end; i++) {
      mixed = (mixed ^ text[i]) * MIXER;
    }
    return (int) ((mixed * MIXER) >>> (Long.SIZE - PLACE_BITS));
  }

  private void compute(byte[] text, int start, int length, byte[] to, int at) {
    digest.update(text, start, length);
    try {
      digest.digest(hash, 0, hash.length);
    } catch (DigestException noRoom) {
      throw new IllegalStateException("a digest is longer than it says", noRoom);
    }
    for (int i = 0; i < digits; i += 2) {
      int octet = hash[i >>> 1];
      to[at + i] = HEX[octet >>> 4 & 0xF];
      to[at + i + 1] = HEX[octet & 0xF];
    }
  }
}
