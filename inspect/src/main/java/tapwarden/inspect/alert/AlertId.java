package tapwarden.inspect.alert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id of an alert: 26 characters of lower-case base32 (RFC 4648, section 6, 130 bits), the start
 * of the SHA-256 over what the alert is about and when it began. Nothing of where or how the
 * packets were captured goes in, so the same packets give the same id live and in every replay.
 *
 * <p>Hashed is the sequence: detector, equipment id and endpoint key, each as its length in bytes
 * (32 bits) and its UTF-8 form; IP protocol and port (32 bits each); the first packet's time in
 * microseconds since 1970 (64 bits), rounded down. All numbers are big-endian. The lengths make the
 * encoding unambiguous. Lower case, because the id is a file name on every file system.
 */
public final class AlertId {
  /** Characters of an id. */
  public static final int LENGTH = 26;

  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final long NANOS_PER_MICRO = 1_000;

  private AlertId() {}

  /** The id of the incident that {@code first} opens. */
  public static String of(Finding first) {
    return of(first, first.firstPacketNanos());
  }

  /**
   * The same for an incident that began at another packet than its contact: the one that the
   * contact's beginning belongs to is closed, and has that id.
   */
  static String of(Finding first, long nanos) {
    return of(
        first.signature().detector(),
        first.subject().id(),
        first.endpoint().key(),
        first.protocol(),
        first.endpoint().port(),
        nanos);
  }

  /**
   * The id of the incident that {@code first} opens for all endpoints beyond those that have alerts
   * of their own. In place of an endpoint stand the words "further endpoints" and the severity, so
   * that it is never that of an alert about the endpoint itself.
   */
  static String ofFurther(Finding first, long nanos) {
    return of(
        first.signature().detector(),
        first.subject().id(),
        "further endpoints, " + Severity.ofScore(first.score()).id(),
        0,
        0,
        nanos);
  }

  /** The id for the parts; see the class. */
  public static String of(
      String detector,
      String equipmentId,
      String endpointKey,
      int protocol,
      int port,
      long firstPacketNanos) {
    MessageDigest sha256 = sha256();
    addText(sha256, detector);
    addText(sha256, equipmentId);
    addText(sha256, endpointKey);
    ByteBuffer numbers = ByteBuffer.allocate(16);
    numbers.putInt(protocol).putInt(port);
    numbers.putLong(Math.floorDiv(firstPacketNanos, NANOS_PER_MICRO));
    sha256.update(numbers.array());
    return base32(sha256.digest());
  }

  /** Whether {@code text} has the form of an id. */
  public static boolean isValid(String text) {
    return text.length() == LENGTH && text.chars().allMatch(c -> BASE32.indexOf(c) >= 0);
  }

  private static void addText(MessageDigest digest, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(utf8.length).array());
    digest.update(utf8);
  }

  private static String base32(byte[] bytes) {
    StringBuilder id = new StringBuilder(LENGTH);
    int bits = 0;
    int held = 0;
    for (int i = 0; id.length() < LENGTH; ) {
      if (held < 5) {
        bits = (bits & 0xFF) << 8 | (bytes[i++] & 0xFF);
        held += 8;
      }
      held -= 5;
      id.append(BASE32.charAt(bits >>> held & 31));
    }
    return id.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
