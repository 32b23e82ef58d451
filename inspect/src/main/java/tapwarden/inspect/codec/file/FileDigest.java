package tapwarden.inspect.codec.file;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one file while it passes: its size, its first bytes, and its MD5, SHA-1 and
 * SHA-256. Taken from {@link FileDigests} and given back.
 */
public final class FileDigest {
  /** First bytes that are kept, to tell what the file is. */
  public static final int FIRST_BYTES = 512;

  private static final int LONGEST_DIGEST_BYTES = 32;

  private final MessageDigest md5 = digest("MD5");
  private final MessageDigest sha1 = digest("SHA-1");
  private final MessageDigest sha256 = digest("SHA-256");
  private final byte[] first = new byte[FIRST_BYTES];
  private final byte[] result = new byte[LONGEST_DIGEST_BYTES];
  private int firstBytes;
  private long size;

  FileDigest() {}

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(algorithm + " is in every JDK", impossible);
    }
  }

  void reset() {
    md5.reset();
    sha1.reset();
    sha256.reset();
    firstBytes = 0;
    size = 0;
  }

  /** The next bytes. */
  public void update(byte[] bytes, int from, int to) {
    int length = to - from;
    if (firstBytes < FIRST_BYTES) {
      int some = Math.min(length, FIRST_BYTES - firstBytes);
      System.arraycopy(bytes, from, first, firstBytes, some);
      firstBytes += some;
    }
    size += length;
    md5.update(bytes, from, length);
    sha1.update(bytes, from, length);
    sha256.update(bytes, from, length);
  }

  /** Bytes that passed. */
  public long size() {
    return size;
  }

  /** What the file is; null if its first bytes do not tell. */
  public @Nullable String kind() {
    return FileKind.of(first, firstBytes);
  }

  /** In hexadecimal; ends the digest, as the others do. */
  public String md5() {
    return hex(md5);
  }

  public String sha1() {
    return hex(sha1);
  }

  public String sha256() {
    return hex(sha256);
  }

  private String hex(MessageDigest digest) {
    try {
      int length = digest.digest(result, 0, result.length);
      return HexFormat.of().formatHex(result, 0, length);
    } catch (DigestException impossible) {
      throw new IllegalStateException("a digest of " + result.length + " bytes", impossible);
    }
  }
}
