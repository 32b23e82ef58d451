package tapwarden.inspect.alert;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.DomainText;
import tapwarden.inspect.wire.IpAddress;

/**
 * The {@code suppress:} list in force: silences findings that a person judged wrong and counts what
 * each entry silenced. The first entry that matches counts it. Used by one thread; the counts may
 * be read by any other.
 */
public final class Suppressions {
  /** Silences nothing. */
  public static final Suppressions NONE = new Suppressions(List.of());

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final List<Entry> entries;

  public Suppressions(List<Suppression> declarations) {
    entries = declarations.stream().map(Entry::new).toList();
  }

  /** An entry and how many findings it silenced so far. */
  public record Hits(Suppression entry, long count) {}

  /** Whether {@code finding} is silenced; if so, it is counted. */
  public boolean suppresses(Finding finding) {
    for (Entry entry : entries) {
      if (entry.matches(finding)) {
        entry.count.incrementAndGet();
        return true;
      }
    }
    return false;
  }

  /** What each entry silenced, in the order of the list, entries without hits included. */
  public List<Hits> hits() {
    return entries.stream().map(entry -> new Hits(entry.declaration, entry.count.get())).toList();
  }

  /** One declaration, with its endpoint read as what it is. */
  private static final class Entry {
    private final Suppression declaration;
    private final @Nullable Cidr network;
    private final @Nullable String name;
    private final long endNanos;
    private final AtomicLong count = new AtomicLong();

    Entry(Suppression declaration) {
      if (declaration.detector() == null
          && declaration.equipment() == null
          && declaration.endpoint() == null) {
        throw new IllegalArgumentException(declaration.where() + ": would silence everything");
      }
      this.declaration = declaration;
      String endpoint = declaration.endpoint();
      network = endpoint == null ? null : Cidr.parse(endpoint);
      name = endpoint == null || network != null ? null : normalised(endpoint);
      endNanos = endOfDayNanos(declaration.until());
    }

    boolean matches(Finding finding) {
      return finding.packetNanos() < endNanos
          && isOrAbsent(declaration.detector(), finding.signature().detector())
          && isOrAbsent(declaration.equipment(), finding.subject().id())
          && matchesEndpoint(finding.endpoint());
    }

    private boolean matchesEndpoint(Endpoint endpoint) {
      if (network != null) {
        IpAddress ip = endpoint.ip();
        return ip != null && network.contains(ip);
      }
      if (name == null) {
        return true;
      }
      String actual = endpoint.name();
      if (actual == null) {
        return false;
      }
      String normalised = normalised(actual);
      return DomainText.isAtOrBelow(normalised, name);
    }

    private static boolean isOrAbsent(@Nullable String wanted, String actual) {
      return wanted == null || wanted.equals(actual);
    }

    /** Names compare without regard to case, the root's dot, or a leading {@code *.}. */
    private static String normalised(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      String start = lower.startsWith("*.") ? lower.substring(2) : lower;
      return start.endsWith(".") ? start.substring(0, start.length() - 1) : start;
    }

    /** The first nanosecond after {@code day} in UTC; never, without a day or beyond 2262. */
    private static long endOfDayNanos(@Nullable LocalDate day) {
      if (day == null || day.getYear() >= 2262) {
        return Long.MAX_VALUE;
      }
      return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * NANOS_PER_SECOND;
    }
  }
}
