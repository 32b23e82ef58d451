package tapwarden.inspect.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which {@link OverlapPolicy} holds for whom: the one of the longest network that the receiver's
 * address lies in, else the fallback. The receiver decides, so it is to be asked for the
 * destination of the fragment or segment. Immutable; a look-up allocates nothing and takes a binary
 * search for each length of prefix there is.
 */
public final class OverlapPolicies {
  /** One network's policy. */
  public record Entry(Cidr network, OverlapPolicy policy) {}

  /** The networks of one version and prefix length, in the order of their addresses. */
  private static final class Level {
    final int version;
    final int prefix;
    final long[] highs;
    final long[] lows;
    final OverlapPolicy[] policies;

    Level(List<Entry> entries) {
      Cidr any = entries.getFirst().network();
      version = any.address().version();
      prefix = any.prefix();
      highs = entries.stream().mapToLong(entry -> entry.network().address().high()).toArray();
      lows = entries.stream().mapToLong(entry -> entry.network().address().low()).toArray();
      policies = entries.stream().map(Entry::policy).toArray(OverlapPolicy[]::new);
    }
  }

  private static final Comparator<Entry> BY_LEVEL =
      Comparator.<Entry>comparingInt(entry -> entry.network().address().version())
          .thenComparing(
              Comparator.<Entry>comparingInt(entry -> entry.network().prefix()).reversed())
          .thenComparing(entry -> entry.network().address());

  private final OverlapPolicy fallback;
  private final Level[] levels;

  /**
   * @param entries of the same network the first counts
   */
  public OverlapPolicies(List<Entry> entries, OverlapPolicy fallback) {
    this.fallback = fallback;
    List<Entry> sorted = new ArrayList<>(entries);
    // A stable sort: of equal networks the first stays first.
    sorted.sort(BY_LEVEL);
    List<Level> made = new ArrayList<>();
    for (int from = 0, to; from < sorted.size(); from = to) {
      to = from;
      while (to < sorted.size() && sameLevel(sorted.get(from), sorted.get(to))) {
        to++;
      }
      made.add(level(sorted.subList(from, to)));
    }
    levels = made.toArray(Level[]::new);
  }

  /** The same policy for everybody. */
  public static OverlapPolicies everywhere(OverlapPolicy policy) {
    return new OverlapPolicies(List.of(), policy);
  }

  private static boolean sameLevel(Entry a, Entry b) {
    return a.network().prefix() == b.network().prefix()
        && a.network().address().version() == b.network().address().version();
  }

  private static Level level(List<Entry> same) {
    List<Entry> distinct = new ArrayList<>();
    for (Entry entry : same) {
      if (distinct.isEmpty() || !distinct.getLast().network().equals(entry.network())) {
        distinct.add(entry);
      }
    }
    return new Level(distinct);
  }

  public OverlapPolicy fallback() {
    return fallback;
  }

  /** The policy of whoever has that address, in the form of {@link IpAddress}. */
  public OverlapPolicy of(int version, long high, long low) {
    for (Level level : levels) {
      if (level.version == version) {
        int at = find(level, high & Cidr.maskHigh(version, level.prefix), low);
        if (at >= 0) {
          return level.policies[at];
        }
      }
    }
    return fallback;
  }

  private static int find(Level level, long high, long unmaskedLow) {
    long low = unmaskedLow & Cidr.maskLow(level.version, level.prefix);
    int from = 0;
    int to = level.highs.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = Long.compareUnsigned(level.highs[middle], high);
      order = order != 0 ? order : Long.compareUnsigned(level.lows[middle], low);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OverlapPolicies that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** {@code 10.1.0.0/16 LAST, 10.0.0.0/8 BSD, others LINUX}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Level level : levels) {
      for (int i = 0; i < level.highs.length; i++) {
        IpAddress address = new IpAddress(level.version, level.highs[i], level.lows[i]);
        text.append(new Cidr(address, level.prefix)).append(' ').append(level.policies[i]);
        text.append(", ");
      }
    }
    return text.append("others ").append(fallback).toString();
  }
}
