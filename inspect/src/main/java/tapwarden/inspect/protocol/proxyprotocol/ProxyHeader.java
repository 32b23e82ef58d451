package tapwarden.inspect.protocol.proxyprotocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.IpAddress;

/**
 * The two forms of a header (proxy-protocol.txt §2.1 and §2.2): where each ends, and what it says
 * of the destination. A source that it names is who came to the one that sends the header, which is
 * no end of a contact with the one that gets it.
 */
final class ProxyHeader {
  static final int UNKNOWN = -1;
  static final int NONE = 0;

  static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
  static final int LOCAL = 0x20;
  static final int PROXY = 0x21;

  /** What has so many bytes of a header is one: that is how it is recognised. */
  static final int LEAST_BYTES = 11;

  private static final byte[] WORD = "PROXY ".getBytes(ISO_8859_1);

  /** Longest line of version 1, its end included. */
  private static final int MOST_LINE = 107;

  /** Before the address of the source: {@code PROXY TCP4} or {@code TCP6}, and a blank. */
  private static final int LINE_ADDRESSES = 11;

  private static final int LINE_VERSION = 9;
  private static final int MOST_ADDRESS = 45;
  private static final int MOST_PORT_DIGITS = 5;
  private static final int FIXED = 16;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int UNIX = 3;
  private static final int FIELD_HEADER = 3;
  private static final int AUTHORITY = 2;

  private ProxyHeader() {}

  /**
   * Bytes of the header that begins so, to be asked after each byte until it is known.
   *
   * @return {@link #UNKNOWN}, or {@link #NONE} for what is no header, or a line without an end
   */
  static int length(byte[] bytes, int length) {
    byte[] word = bytes[0] == 'P' ? WORD : SIGNATURE;
    int last = length - 1;
    if (last < word.length && bytes[last] != word[last]) {
      return NONE;
    }
    if (bytes[0] == 'P') {
      if (bytes[length - 1] == '\n') {
        return length;
      }
      return length < MOST_LINE ? UNKNOWN : NONE;
    }
    return length < FIXED ? UNKNOWN : FIXED + Bytes.u16(bytes, FIXED - 2);
  }

  /**
   * Tells what a header says.
   *
   * @param kept bytes of it that are there
   * @param length bytes that it has
   */
  static void tell(Report report, byte[] bytes, int kept, int length) {
    boolean holds =
        bytes[0] == 'P' ? tellLine(report, bytes, kept) : tellBinary(report, bytes, kept, length);
    if (!holds) {
      report.oddity("proxy_header_address");
    }
  }

  private static boolean tellLine(Report report, byte[] line, int length) {
    if (length <= LINE_ADDRESSES || line[LINE_ADDRESSES - 1] != ' ') {
      return true; // UNKNOWN, or nothing that has addresses.
    }
    int version = line[LINE_VERSION] - '0';
    int source = wordEnd(line, LINE_ADDRESSES, length);
    int destination = wordEnd(line, source + 1, length);
    int sourcePort = wordEnd(line, destination + 1, length);
    int destinationPort = wordEnd(line, sourcePort + 1, length);
    IpAddress to = address(line, source + 1, destination, version);
    int port = port(line, sourcePort + 1, destinationPort);
    if (to == null
        || address(line, LINE_ADDRESSES, source, version) == null
        || port(line, destination + 1, sourcePort) < 0
        || port < 0
        || line[destinationPort] == ' ') {
      return false;
    }
    report.address(NameSource.OTHER, version, to.high(), to.low(), port);
    return true;
  }

  /** Where the word ends that begins there; no further than the line. */
  private static int wordEnd(byte[] line, int from, int length) {
    int at = Math.min(from, length - 1);
    while (at < length - 1 && line[at] != ' ' && line[at] != '\r') {
      at++;
    }
    return at;
  }

  private static @Nullable IpAddress address(byte[] line, int from, int to, int version) {
    if (to <= from || to - from > MOST_ADDRESS) {
      return null;
    }
    IpAddress address = IpAddress.parse(new String(line, from, to - from, ISO_8859_1));
    return address == null || address.version() != version ? null : address;
  }

  private static int port(byte[] line, int from, int to) {
    if (to <= from || to - from > MOST_PORT_DIGITS) {
      return -1;
    }
    int port = 0;
    for (int at = from; at < to; at++) {
      if (line[at] < '0' || line[at] > '9') {
        return -1;
      }
      port = 10 * port + line[at] - '0';
    }
    return port <= 0xFFFF ? port : -1;
  }

  private static boolean tellBinary(Report report, byte[] bytes, int kept, int length) {
    int family = (bytes[SIGNATURE.length + 1] & 0xFF) >>> 4;
    if ((bytes[SIGNATURE.length] & 0xFF) != PROXY || family == 0) {
      return true; // The receiver takes the addresses of the connection.
    }
    int addresses =
        switch (family) {
          case IPV4 -> 2 * 4 + 4;
          case IPV6 -> 2 * 16 + 4;
          case UNIX -> 2 * 108;
          default -> Integer.MAX_VALUE - FIXED;
        };
    if (FIXED + addresses > length) {
      return false;
    }
    if (family == IPV4) {
      report.address(
          NameSource.OTHER,
          4,
          0,
          Bytes.u32(bytes, FIXED + 4),
          Bytes.u16(bytes, FIXED + addresses - 2));
    } else if (family == IPV6) {
      int at = FIXED + 16;
      report.address(
          NameSource.OTHER,
          6,
          Bytes.i64(bytes, at),
          Bytes.i64(bytes, at + 8),
          Bytes.u16(bytes, FIXED + addresses - 2));
    }
    tellFields(report, bytes, FIXED + addresses, kept);
    return true;
  }

  /** §2.2: fields of a type, two bytes of length and a value, as far as they were kept. */
  private static void tellFields(Report report, byte[] bytes, int from, int end) {
    int at = from;
    while (at + FIELD_HEADER <= end) {
      int length = Bytes.u16(bytes, at + 1);
      int value = at + FIELD_HEADER;
      if (bytes[at] == AUTHORITY && length > 0 && length <= end - value) {
        report.name(NameSource.OTHER, bytes, value, length);
      }
      at = value + length;
    }
  }
}
