package tapwarden.inspect.codec.quic;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HKDF with SHA-256 (RFC 5869) as TLS 1.3 uses it (RFC 8446 §7.1), for at most one block of output,
 * without allocation. On the digest itself, since for keys that are used once the JDK's key objects
 * cost more than the hash. One instance serves one thread.
 */
final class HkdfSha256 {
  static final int HASH_BYTES = 32;

  private static final int BLOCK_BYTES = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5C;

  /** A key of HMAC (RFC 2104), mixed with the two constants. */
  static final class Key {
    private final byte[] inner = new byte[BLOCK_BYTES];
    private final byte[] outer = new byte[BLOCK_BYTES];

    /** Takes a key that is not longer than a block. */
    void set(byte[] key, int length) {
      for (int i = 0; i < BLOCK_BYTES; i++) {
        byte b = i < length ? key[i] : 0;
        inner[i] = (byte) (b ^ INNER);
        outer[i] = (byte) (b ^ OUTER);
      }
    }
  }

  private final MessageDigest sha256;
  private final byte[] hash = new byte[HASH_BYTES];
  private final byte[] secret = new byte[HASH_BYTES];
  private final Key key = new Key();

  HkdfSha256() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is in every JDK", missing);
    }
  }

  /** HKDF-Expand-Label's info for a label without context, with the counter of the only block. */
  static byte[] info(String label, int bytes) {
    byte[] text = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    byte[] info = new byte[3 + text.length + 2];
    info[1] = (byte) bytes;
    info[2] = (byte) text.length;
    System.arraycopy(text, 0, info, 3, text.length);
    info[info.length - 1] = 1;
    return info;
  }

  /** Makes an intermediate secret the key that {@link #expand} uses. */
  void keyOf(byte[] ofSecret, byte[] info) {
    key.set(ofSecret, ofSecret.length);
    mac(key, info, info.length, secret);
    key.set(secret, HASH_BYTES);
  }

  /** HKDF-Expand-Label of that secret. */
  void expand(byte[] info, byte[] out) {
    mac(key, info, info.length, out);
  }

  /**
   * HMAC, which is HKDF-Extract with the salt as key, and HKDF-Expand with a label's info: as many
   * bytes as {@code out} has, 32 at most.
   */
  void mac(Key with, byte[] message, int length, byte[] out) {
    try {
      sha256.update(with.inner);
      sha256.update(message, 0, length);
      sha256.digest(hash, 0, HASH_BYTES);
      sha256.update(with.outer);
      sha256.update(hash);
      sha256.digest(hash, 0, HASH_BYTES);
    } catch (DigestException impossible) {
      throw new IllegalStateException("a hash of 32 bytes", impossible);
    }
    System.arraycopy(hash, 0, out, 0, out.length);
  }
}
