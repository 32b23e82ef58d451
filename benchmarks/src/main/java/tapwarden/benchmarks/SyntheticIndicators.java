package tapwarden.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import tapwarden.inspect.wire.IpAddress;

/**
 * A list of indicators without meaning, the same in every run and without duplicates: of 20 entries
 * 11 are IPv4 addresses (128.0.0.0 to 159.255.255.255), 1 is an IPv4 network of 256 addresses
 * (160.0.0.0 to 167.255.255.255), 2 are IPv6 addresses (2a00::/16) and 6 are names below the top
 * level domains that RFC 2606 reserves.
 */
public final class SyntheticIndicators {
  /** There are no more networks of 256 addresses in their range. */
  public static final int MAX_ENTRIES = 20 << 19;

  private static final int PATTERN = 20;
  private static final int NETWORK = 11;
  private static final int FIRST_V6 = 12;
  private static final int FIRST_NAME = 14;

  /** Odd, so that multiplying by it permutes the numbers of any power of two. */
  private static final long STRIDE = 0x9E37_79B1L;

  private static final String[] TOP_LEVEL = {"example", "test", "invalid"};

  private SyntheticIndicators() {}

  /** Which kind an entry is. */
  public enum Kind {
    ADDRESS_V4,
    NETWORK_V4,
    ADDRESS_V6,
    NAME
  }

  static Kind kind(int entry) {
    int place = entry % PATTERN;
    if (place < NETWORK) {
      return Kind.ADDRESS_V4;
    }
    if (place < FIRST_V6) {
      return Kind.NETWORK_V4;
    }
    return place < FIRST_NAME ? Kind.ADDRESS_V6 : Kind.NAME;
  }

  /** The IPv4 address or network that entry {@code entry} lists, as an unsigned number. */
  static long addressV4(int entry) {
    return kind(entry) == Kind.ADDRESS_V4
        ? 0x8000_0000L | (entry * STRIDE & 0x1FFF_FFFFL)
        : 0xA000_0000L | (entry / PATTERN * STRIDE & 0x7_FFFFL) << 8;
  }

  static IpAddress addressV6(int entry) {
    return new IpAddress(
        6, 0x2A00_0000_0000_0000L | (entry * STRIDE & 0xFFFF_FFFFL), new SplitMix(entry).next());
  }

  static String name(int entry) {
    long digits = new SplitMix(entry).next();
    return "h" + Long.toUnsignedString(digits, 36) + "." + TOP_LEVEL[entry % TOP_LEVEL.length];
  }

  /** The line that lists entry {@code entry}. */
  static String line(int entry) {
    return switch (kind(entry)) {
      case ADDRESS_V4 -> IpAddress.v4((int) addressV4(entry)).toString();
      case NETWORK_V4 -> IpAddress.v4((int) addressV4(entry)) + "/24";
      case ADDRESS_V6 -> addressV6(entry).toString();
      case NAME -> name(entry);
    };
  }

  /** Writes a list of {@code count} entries. */
  public static void write(Path file, int count) throws IOException {
    write(file, count, address -> false);
  }

  /**
   * Writes a list of {@code count} entries.
   *
   * @param skipV4 tells the IPv4 addresses that shall not be listed, and the networks by their
   *     first address
   */
  public static void write(Path file, int count, LongPredicate skipV4) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      int written = 0;
      for (int entry = 0; written < count; entry++) {
        if (entry == MAX_ENTRIES) {
          throw new IOException("no more than " + written + " entries can be made");
        }
        Kind kind = kind(entry);
        boolean v4 = kind == Kind.ADDRESS_V4 || kind == Kind.NETWORK_V4;
        if (!v4 || !skipV4.test(addressV4(entry))) {
          out.write(line(entry));
          out.write('\n');
          written++;
        }
      }
    }
  }
}
