package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/**
 * Which addresses are at home and which are external. External is every unicast address outside
 * {@link #home()} that is not loopback, link-local or multicast (nor unspecified, nor the limited
 * broadcast); documentation ranges are external. Both questions are answered without allocation in
 * a few compares: the networks are merged into disjoint, sorted ranges.
 */
public final class Networks {
  /**
   * The default: private (RFC 1918), shared (RFC 6598), link-local (RFC 3927, RFC 4291) and unique
   * local (RFC 4193) networks.
   */
  public static final List<Cidr> DEFAULT_HOME =
      List.of(
          cidr(4, 0x0A00_0000L, 8),
          cidr(4, 0xAC10_0000L, 12),
          cidr(4, 0xC0A8_0000L, 16),
          cidr(4, 0x6440_0000L, 10),
          cidr(4, 0xA9FE_0000L, 16),
          cidr(6, 0xFC00L << 48, 7),
          cidr(6, 0xFE80L << 48, 10));

  private static final long V4_BROADCAST = 0xFFFF_FFFFL;

  private final List<Cidr> home;
  private final long[] v4First;
  private final long[] v4Last;
  private final long[] v6FirstHigh;
  private final long[] v6FirstLow;
  private final long[] v6LastHigh;
  private final long[] v6LastLow;

  public Networks(List<Cidr> home) {
    this.home = List.copyOf(home);
    List<Range> v4 = merged(this.home, 4);
    v4First = new long[v4.size()];
    v4Last = new long[v4.size()];
    for (int i = 0; i < v4.size(); i++) {
      v4First[i] = v4.get(i).first().low();
      v4Last[i] = v4.get(i).last().low();
    }
    List<Range> v6 = merged(this.home, 6);
    v6FirstHigh = new long[v6.size()];
    v6FirstLow = new long[v6.size()];
    v6LastHigh = new long[v6.size()];
    v6LastLow = new long[v6.size()];
    for (int i = 0; i < v6.size(); i++) {
      v6FirstHigh[i] = v6.get(i).first().high();
      v6FirstLow[i] = v6.get(i).first().low();
      v6LastHigh[i] = v6.get(i).last().high();
      v6LastLow[i] = v6.get(i).last().low();
    }
  }

  /** The networks that hold when the configuration names none. */
  public static Networks standard() {
    return new Networks(DEFAULT_HOME);
  }

  /** As configured, in that order. */
  public List<Cidr> home() {
    return home;
  }

  public boolean isHome(int version, long high, long low) {
    return version == 4 ? isHomeV4(low) : version == 6 && isHomeV6(high, low);
  }

  /** Whether the address is out in the world; see the class comment. */
  public boolean isExternal(int version, long high, long low) {
    if (version == 4) {
      int top = (int) (low >>> 24) & 0xFF;
      return low != 0
          && top != 127
          && (top & 0xF0) != 0xE0
          && low != V4_BROADCAST
          && low >>> 16 != 0xA9FE
          && !isHomeV4(low);
    }
    if (version != 6) {
      return false;
    }
    int top = (int) (high >>> 48);
    boolean unspecifiedOrLoopback = high == 0 && low >>> 1 == 0;
    return !unspecifiedOrLoopback
        && top >>> 8 != 0xFF
        && (top & 0xFFC0) != 0xFE80
        && !isHomeV6(high, low);
  }

  private boolean isHomeV4(long low) {
    int from = 0;
    int to = v4First.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      if (low < v4First[middle]) {
        to = middle - 1;
      } else if (low > v4Last[middle]) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private boolean isHomeV6(long high, long low) {
    int from = 0;
    int to = v6FirstHigh.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      if (compare(high, low, v6FirstHigh[middle], v6FirstLow[middle]) < 0) {
        to = middle - 1;
      } else if (compare(high, low, v6LastHigh[middle], v6LastLow[middle]) > 0) {
        from = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private static int compare(long highA, long lowA, long highB, long lowB) {
    int c = Long.compareUnsigned(highA, highB);
    return c != 0 ? c : Long.compareUnsigned(lowA, lowB);
  }

  private record Range(IpAddress first, IpAddress last) {}

  private static List<Range> merged(List<Cidr> networks, int version) {
    List<Range> sorted =
        networks.stream()
            .filter(n -> n.address().version() == version)
            .map(n -> new Range(n.address(), lastOf(n)))
            .sorted(Comparator.comparing(Range::first))
            .toList();
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      // Two CIDR blocks are either disjoint or one holds the other.
      if (merged.isEmpty() || merged.getLast().last().compareTo(range.first()) < 0) {
        merged.add(range);
      }
    }
    return merged;
  }

  private static IpAddress lastOf(Cidr network) {
    IpAddress first = network.address();
    int hostBits = first.bits() - network.prefix();
    if (first.version() == 4) {
      return new IpAddress(4, 0, first.low() | ((1L << hostBits) - 1));
    }
    long high = hostBits <= 64 ? 0 : hostBits == 128 ? -1L : (1L << (hostBits - 64)) - 1;
    long low = hostBits >= 64 ? -1L : (1L << hostBits) - 1;
    return new IpAddress(6, first.high() | high, first.low() | low);
  }

  private static Cidr cidr(int version, long bits, int prefix) {
    return new Cidr(version == 4 ? new IpAddress(4, 0, bits) : new IpAddress(6, bits, 0), prefix);
  }

  @Override
  public String toString() {
    return "home " + home;
  }
}
