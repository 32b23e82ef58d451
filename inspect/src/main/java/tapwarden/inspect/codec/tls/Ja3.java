package tapwarden.inspect.codec.tls;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JA3 and JA3S fingerprints (Althouse, Atkinson, Atkins; Salesforce 2017, BSD 3-Clause): of a
 * client {@code version,ciphers,extensions,groups,point formats}, of a server {@code
 * version,cipher,extensions}, decimal, lists joined by hyphens, in the order of the wire. GREASE is
 * left out of a client's lists. One instance serves one thread.
 */
public final class Ja3 {
  /** Longest text; real ones have below 400 characters. A hello that needs more has no JA3. */
  static final int MOST_TEXT = 16 * 1024;

  private static final int LONGEST_NUMBER = 6;
  private static final int HASH_DIGITS = 32;
  private static final int FIELD = ',';
  private static final int VALUE = '-';

  private final HexDigest md5 = new HexDigest("MD5", HASH_DIGITS);
  private final byte[] hash = new byte[HASH_DIGITS];
  private final HelloExtensions cursor = new HelloExtensions();
  private final byte[] text = new byte[MOST_TEXT + 2 * LONGEST_NUMBER];
  private int length;
  private boolean first;

  /** Null for a hello in SSL 2's form, and for one with more numbers than fit. */
  public @Nullable Fingerprint of(ClientHello hello) {
    if (hello.isSsl2()) {
      return null;
    }
    length = 0;
    first = true;
    put(hello.version());
    field();
    for (int i = 0; i < hello.cipherCount(); i++) {
      putUnlessGrease(hello.cipher(i));
    }
    field();
    hello.extensions(cursor);
    while (cursor.next()) {
      putUnlessGrease(cursor.type());
    }
    field();
    for (int i = 0; i < hello.groupCount(); i++) {
      putUnlessGrease(hello.group(i));
    }
    field();
    for (int i = 0; i < hello.pointFormatCount(); i++) {
      put(hello.pointFormat(i));
    }
    return fingerprint();
  }

  /** JA3S; null if there are more extensions than fit. */
  public @Nullable Fingerprint of(ServerHello hello) {
    length = 0;
    first = true;
    put(hello.version());
    field();
    put(hello.cipher());
    field();
    hello.extensions(cursor);
    while (cursor.next()) {
      put(cursor.type());
    }
    return fingerprint();
  }

  private void field() {
    if (length <= MOST_TEXT) {
      text[length++] = FIELD;
    }
    first = true;
  }

  private void putUnlessGrease(int value) {
    if (!Grease.isGrease(value)) {
      put(value);
    }
  }

  private void put(int value) {
    if (length > MOST_TEXT) {
      return;
    }
    if (!first) {
      text[length++] = VALUE;
    }
    first = false;
    // Each digit by itself, so that none waits for the division of another.
    int at = length;
    if (value >= 10_000) {
      text[at++] = (byte) ('0' + value / 10_000);
    }
    if (value >= 1_000) {
      text[at++] = (byte) ('0' + value / 1_000 % 10);
    }
    if (value >= 100) {
      text[at++] = (byte) ('0' + value / 100 % 10);
    }
    if (value >= 10) {
      text[at++] = (byte) ('0' + value / 10 % 10);
    }
    text[at++] = (byte) ('0' + value % 10);
    length = at;
  }

  private @Nullable Fingerprint fingerprint() {
    if (length > MOST_TEXT) {
      return null;
    }
    md5.put(text, 0, length, hash, 0);
    return new Fingerprint(
        new String(text, 0, length, StandardCharsets.US_ASCII),
        new String(hash, StandardCharsets.US_ASCII));
  }
}
