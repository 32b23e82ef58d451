package tapwarden.inspect.codec.tls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  /** Bytes of a fingerprint. */
  public static final int LENGTH = 36;

  private static final int MOST_COUNTED = 99;
  private static final int HASH_DIGITS = 12;
  private static final int COUNTS_AT = 4;
  private static final int PROTOCOL_AT = 8;
  private static final int CIPHERS_AT = 11;
  private static final int EXTENSIONS_AT = CIPHERS_AT + HASH_DIGITS + 1;
  private static final int VALUE_TEXT = 5;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final short[] HEX_PAIRS = hexPairs();
  private static final VarHandle PAIR =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final HexDigest sha256 = new HexDigest("SHA-256", HASH_DIGITS);
  private final HelloExtensions cursor = new HelloExtensions();
  private final byte[] result = new byte[LENGTH];
  private int[] values = new int[64];
  private int count;
  private byte[] text = new byte[512];
  private int length;

  /** The fingerprint as text; null for a hello that has none. */
  public @Nullable String of(ClientHello hello, Transport transport) {
    return read(hello, transport) ? new String(result, StandardCharsets.US_ASCII) : null;
  }

  /**
   * Makes the fingerprint, which {@link #text()} has then.
   *
   * @return false for a hello in SSL 2's form, and for one with more numbers than the limit
   */
  public boolean read(ClientHello hello, Transport transport) {
    boolean tooMany =
        Math.max(hello.cipherCount(), hello.extensionCount()) > MOST_VALUES
            || hello.signatureAlgorithmCount() > MOST_VALUES;
    if (hello.isSsl2() || tooMany) {
      return false;
    }
    result[0] = (byte) transport.letter;
    String version = version(hello.offeredVersion());
    result[1] = (byte) version.charAt(0);
    result[2] = (byte) version.charAt(1);
    result[3] = (byte) (hello.hasServerName() ? 'd' : 'i');
    takeCiphers(hello);
    putCount(COUNTS_AT, count);
    result[CIPHERS_AT - 1] = '_';
    putSortedHash(CIPHERS_AT, null);
    int extensions = takeExtensions(hello);
    putCount(COUNTS_AT + 2, extensions);
    putProtocol(hello);
    result[EXTENSIONS_AT - 1] = '_';
    putSortedHash(EXTENSIONS_AT, hello);
    return true;
  }

  /** The {@link #LENGTH} bytes of the fingerprint that was made last, until the next is. */
  public byte[] text() {
    return result;
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

  private void takeCiphers(ClientHello hello) {
    count = 0;
    for (int i = 0; i < hello.cipherCount(); i++) {
      take(hello.cipher(i));
    }
  }

  /** Takes those that are hashed, and tells how many are counted. */
  private int takeExtensions(ClientHello hello) {
    count = 0;
    int notHashed = 0;
    hello.extensions(cursor);
    while (cursor.next()) {
      int type = cursor.type();
      if (type == HelloExtensions.SERVER_NAME || type == HelloExtensions.ALPN) {
        notHashed++;
      } else {
        take(type);
      }
    }
    return count + notHashed;
  }

  private void take(int value) {
    if (!Grease.isGrease(value)) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }
  }

  private void putCount(int at, int number) {
    int shown = Math.min(number, MOST_COUNTED);
    result[at] = (byte) ('0' + shown / 10);
    result[at + 1] = (byte) ('0' + shown % 10);
  }

  /** First and last character of the first protocol, or of its bytes in hexadecimal. */
  private void putProtocol(ClientHello hello) {
    int bytes = hello.firstProtocolLength();
    int head = '0';
    int tail = '0';
    if (bytes > 0) {
      head = Bytes.u8(hello.bytes(), hello.firstProtocolOffset());
      tail = Bytes.u8(hello.bytes(), hello.firstProtocolOffset() + bytes - 1);
      if (!isAlphanumeric(head) || !isAlphanumeric(tail)) {
        head = HEX[head >>> 4];
        tail = HEX[tail & 0xF];
      }
    }
    result[PROTOCOL_AT] = (byte) head;
    result[PROTOCOL_AT + 1] = (byte) tail;
  }

  private static boolean isAlphanumeric(int b) {
    return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }

  /**
   * Writes the hash of the values in order, and of the hello's signature algorithms as they are.
   */
  private void putSortedHash(int at, @Nullable ClientHello withSignatures) {
    if (count == 0) {
      Arrays.fill(result, at, at + HASH_DIGITS, (byte) '0');
      return;
    }
    Arrays.sort(values, 0, count);
    length = 0;
    putValues(',');
    if (withSignatures != null) {
      count = 0;
      for (int i = 0; i < withSignatures.signatureAlgorithmCount(); i++) {
        take(withSignatures.signatureAlgorithm(i));
      }
      putValues('_');
    }
    sha256.put(text, 1, length - 1, result, at);
  }

  /** Appends the values, commas between them and {@code before} before the first. */
  private void putValues(char before) {
    int needed = length + count * VALUE_TEXT;
    if (needed > text.length) {
      text = Arrays.copyOf(text, 2 * needed);
    }
    int at = length;
    byte separator = (byte) before;
    for (int i = 0; i < count; i++) {
      int value = values[i];
      text[at] = separator;
      PAIR.set(text, at + 1, HEX_PAIRS[value >>> 8]);
      PAIR.set(text, at + 3, HEX_PAIRS[value & 0xFF]);
      at += VALUE_TEXT;
      separator = ',';
    }
    length = at;
  }

  /** The two digits of each byte, as they lie in memory. */
  private static short[] hexPairs() {
    short[] pairs = new short[256];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (short) (HEX[i >>> 4] << 8 | HEX[i & 0xF]);
    }
    return pairs;
  }
}
