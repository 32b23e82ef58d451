package tapwarden.inspect.codec.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Bytes;

/**
 * The JA4 fingerprint of a TLS client (specification: FoxIO, technical_details/JA4.md; BSD
 * 3-Clause), such as {@code t13d1516h2_8daaf6152771_e5627efa2ab1}. GREASE is left out wherever it
 * stands. One instance serves one thread.
 *
 * <p>The version is the highest number offered, as the specification says, which of DTLS versions,
 * whose numbers fall, is the oldest.
 */
public final class Ja4 {
  /** What carries the handshake: the fingerprint's first letter. */
  public enum Transport {
    TCP('t'),
    QUIC('q'),
    DTLS('d');

    private final char letter;

    Transport(char letter) {
      this.letter = letter;
    }
  }

  /** Most numbers of a list; a hello with more, which no client sends, has no JA4. */
  static final int MOST_VALUES = 4_096;

  private static final int MOST_COUNTED = 99;
  private static final int HASH_BYTES = 6;
  private static final int VALUE_TEXT = 5;
  private static final String NO_VALUES = "000000000000";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest sha256 = Digests.of("SHA-256");
  private final HelloExtensions cursor = new HelloExtensions();
  private final StringBuilder result = new StringBuilder();
  private int[] values = new int[64];
  private int count;
  private byte[] text = new byte[512];
  private int length;

  /** Null for a hello in SSL 2's form, and for one with more numbers than the limit. */
  public @Nullable String of(ClientHello hello, Transport transport) {
    boolean tooMany =
        Math.max(hello.cipherCount(), hello.extensionCount()) > MOST_VALUES
            || hello.signatureAlgorithmCount() > MOST_VALUES;
    if (hello.isSsl2() || tooMany) {
      return null;
    }
    result.setLength(0);
    result.append(transport.letter).append(version(hello.offeredVersion()));
    result.append(hello.hasServerName() ? 'd' : 'i');
    appendCount(ciphers(hello));
    appendCount(extensions(hello, true));
    appendProtocol(hello);
    ciphers(hello);
    result.append('_').append(sortedHash(false, hello));
    extensions(hello, false);
    return result.append('_').append(sortedHash(true, hello)).toString();
  }

  private static String version(int version) {
    return switch (version) {
      case TlsVersion.TLS_1_3 -> "13";
      case TlsVersion.TLS_1_2 -> "12";
      case TlsVersion.TLS_1_1 -> "11";
      case TlsVersion.TLS_1_0 -> "10";
      case TlsVersion.SSL_3 -> "s3";
      case TlsVersion.SSL_2 -> "s2";
      case TlsVersion.DTLS_1_0 -> "d1";
      case TlsVersion.DTLS_1_2 -> "d2";
      case TlsVersion.DTLS_1_3 -> "d3";
      default -> "00";
    };
  }

  private int ciphers(ClientHello hello) {
    count = 0;
    for (int i = 0; i < hello.cipherCount(); i++) {
      take(hello.cipher(i));
    }
    return count;
  }

  private int extensions(ClientHello hello, boolean all) {
    count = 0;
    hello.extensions(cursor);
    while (cursor.next()) {
      int type = cursor.type();
      if (all || (type != HelloExtensions.SERVER_NAME && type != HelloExtensions.ALPN)) {
        take(type);
      }
    }
    return count;
  }

  private void take(int value) {
    if (!Grease.isGrease(value)) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }
  }

  private void appendCount(int number) {
    int shown = Math.min(number, MOST_COUNTED);
    result.append((char) ('0' + shown / 10)).append((char) ('0' + shown % 10));
  }

  /** First and last character of the first protocol, or of its bytes in hexadecimal. */
  private void appendProtocol(ClientHello hello) {
    int bytes = hello.firstProtocolLength();
    if (bytes == 0) {
      result.append("00");
      return;
    }
    int head = Bytes.u8(hello.segment(), hello.firstProtocolOffset());
    int tail = Bytes.u8(hello.segment(), hello.firstProtocolOffset() + bytes - 1);
    if (isAlphanumeric(head) && isAlphanumeric(tail)) {
      result.append((char) head).append((char) tail);
    } else {
      result.append((char) HEX[head >>> 4]).append((char) HEX[tail & 0xF]);
    }
  }

  private static boolean isAlphanumeric(int b) {
    return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }

  private String sortedHash(boolean withSignatures, ClientHello hello) {
    if (count == 0) {
      return NO_VALUES;
    }
    Arrays.sort(values, 0, count);
    length = 0;
    putValues(',');
    if (withSignatures) {
      count = 0;
      for (int i = 0; i < hello.signatureAlgorithmCount(); i++) {
        take(hello.signatureAlgorithm(i));
      }
      putValues('_');
    }
    sha256.update(text, 1, length - 1);
    return HexFormat.of().formatHex(sha256.digest(), 0, HASH_BYTES);
  }

  /** Appends the values, commas between them and {@code before} before the first. */
  private void putValues(char before) {
    int needed = length + count * VALUE_TEXT;
    if (needed > text.length) {
      text = Arrays.copyOf(text, 2 * needed);
    }
    for (int i = 0; i < count; i++) {
      int value = values[i];
      text[length++] = (byte) (i == 0 ? before : ',');
      text[length++] = HEX[value >>> 12];
      text[length++] = HEX[value >>> 8 & 0xF];
      text[length++] = HEX[value >>> 4 & 0xF];
      text[length++] = HEX[value & 0xF];
    }
  }
}
