package tapwarden.appliance.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tapwarden.appliance.config.Durations;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.detect.DetectorProvider;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/** The options that say which alerts are wanted; what is given must all hold. */
final class AlertFilter {
  /** With an offset in the spellings of people (+09:00, +09) and of the log (+0900), or without. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  @Option(names = "--equipment", paramLabel = "TEXT", description = "Equipment's id contains TEXT.")
  private @Nullable String equipment;

  @Option(names = "--vendor", paramLabel = "TEXT", description = "Vendor contains TEXT.")
  private @Nullable String vendor;

  @Option(
      names = "--endpoint",
      paramLabel = "ADDRESS",
      description = "Endpoint is this address or in this network: 203.0.113.9, 203.0.113.0/24.")
  private @Nullable String endpoint;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Endpoint's name, in any revision, contains TEXT.")
  private @Nullable String name;

  @Option(names = "--detector", paramLabel = "NAME", description = "Raised by this detector.")
  private @Nullable String detector;

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      description = "At least this grave: critical, high, medium, low.")
  private @Nullable Severity severity;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Seen at or after: 2026-11-23, 2026-11-23T08:00Z, 2026-11-23T17:00+09:00, or so long ago:"
              + " 2h. UTC where no offset is given.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "First seen before.")
  private @Nullable String until;

  private @Nullable Cidr network;
  private long sinceNanos = Long.MIN_VALUE;
  private long untilNanos = Long.MAX_VALUE;

  /** Understands what was given, or refuses it as wrong usage. */
  void prepare(CommandLine command, Instant now) {
    if (endpoint != null) {
      network = Cidr.parse(endpoint);
      if (network == null) {
        throw new CommandLine.ParameterException(
            command, "--endpoint wants an address or network, not '" + endpoint + "'");
      }
    }
    if (detector != null && !DetectorProvider.names().contains(detector)) {
      throw new CommandLine.ParameterException(
          command,
          "there is no detector '"
              + detector
              + "'; there are "
              + String.join(", ", DetectorProvider.names()));
    }
    sinceNanos = since == null ? Long.MIN_VALUE : nanos(command, since, now);
    untilNanos = until == null ? Long.MAX_VALUE : nanos(command, until, now);
  }

  boolean passes(ShownAlert alert) {
    return isNamed(alert) && passesButForItsName(alert);
  }

  /** Whether the endpoint's name in this revision is one that is wanted. */
  boolean isNamed(ShownAlert alert) {
    return name == null
        || TextTable.contains(alert.name(), name)
        || alert.further().stream().anyMatch(further -> TextTable.contains(further.name(), name));
  }

  boolean passesButForItsName(ShownAlert alert) {
    return (equipment == null || TextTable.contains(alert.equipment(), equipment))
        && (vendor == null || TextTable.contains(alert.vendor(), vendor))
        && (detector == null || alert.detector().equals(detector))
        && (severity == null || alert.severity().number() <= severity.number())
        && (network == null || isIn(network, alert))
        && alert.lastSeenNanos() >= sinceNanos
        && alert.firstSeenNanos() < untilNanos;
  }

  /** Whether the endpoint is in the network, or one of the others that the alert stands for. */
  private static boolean isIn(Cidr network, ShownAlert alert) {
    return isIn(network, alert.address())
        || alert.further().stream().anyMatch(further -> isIn(network, further.address()));
  }

  private static boolean isIn(Cidr network, @Nullable String text) {
    IpAddress address = text == null ? null : IpAddress.parse(text);
    return address != null && network.contains(address);
  }

  private static long nanos(CommandLine command, String text, Instant now) {
    Instant time = time(text, now);
    if (time == null) {
      throw new CommandLine.ParameterException(
          command,
          "'"
              + text
              + "' is no time; write 2026-11-23, 2026-11-23T08:00:00Z, 2026-11-23T17:00:00+09:00,"
              + " or 2h for two hours ago");
    }
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  /** A time without an offset is UTC, as the log's is; each time has a date. */
  static @Nullable Instant time(String text, Instant now) {
    Duration ago = Durations.parse(text);
    if (ago != null) {
      return now.minus(ago);
    }
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      TemporalAccessor time =
          TIME.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return time instanceof LocalDateTime utc ? utc.toInstant(ZoneOffset.UTC) : Instant.from(time);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
