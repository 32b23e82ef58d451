package tapwarden.appliance.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.alert.IncidentOptions;
import tapwarden.inspect.pipeline.EventSelection;
import tapwarden.inspect.sink.RetentionOptions;
import tapwarden.inspect.sink.evidence.EvidenceOptions;

/**
 * Reads {@code incidents:}, {@code eve:}, {@code evidence:} and {@code retention:}, the sections
 * about what is kept.
 */
final class OutputBinder {
  private static final Duration A_YEAR = Duration.ofDays(366);

  private OutputBinder() {}

  static EveOptions eve(Section section, ConfigProblems problems) {
    EveOptions fallback = EveOptions.DEFAULT;
    EventSelection events = events(section, problems);
    Section rotate = section.section("rotate");
    long rotateBytes = rotate.size("size", fallback.rotateBytes(), 1 << 16, 1L << 42);
    Duration rotateAge = rotate.duration("age", fallback.rotateAge(), Duration.ZERO, A_YEAR);
    rotate.end();
    EveOptions options =
        new EveOptions(
            events,
            section.integer("dns-version", fallback.dnsVersion(), 2, 3),
            rotateBytes,
            rotateAge,
            section.duration(
                "flush", fallback.flushInterval(), Duration.ZERO, Duration.ofMinutes(1)),
            section.duration(
                "sync", fallback.syncInterval(), Duration.ZERO, Duration.ofMinutes(10)));
    section.end();
    return options;
  }

  /** A list, or words with commas between them; {@code all} and {@code none} are words too. */
  private static EventSelection events(Section section, ConfigProblems problems) {
    if (!section.has("events")) {
      return EveOptions.DEFAULT.events();
    }
    List<String> allowed = new ArrayList<>(EventSelection.NAMES);
    allowed.addAll(List.of("all", "none"));
    List<String> chosen = new ArrayList<>();
    for (Item item : Words.split(section.items("events"))) {
      if (allowed.contains(EventSelection.typeOf(item.text()))) {
        addIfRight(chosen, item, problems);
      } else {
        problems.unknown(item.position(), "type of event", item.text(), allowed);
      }
    }
    return EventSelection.of(chosen);
  }

  private static void addIfRight(List<String> chosen, Item item, ConfigProblems problems) {
    try {
      EventSelection.of(List.of(item.text()));
      chosen.add(item.text());
    } catch (IllegalArgumentException wrong) {
      problems.error(
          item.position(), String.valueOf(wrong.getMessage()), "write a type, or type/number");
    }
  }

  static RetentionOptions retention(Section section) {
    RetentionOptions fallback = RetentionOptions.DEFAULT;
    RetentionOptions options =
        new RetentionOptions(
            section.duration("max-age", fallback.maxAge(), Duration.ZERO, A_YEAR.multipliedBy(20)),
            section.size("max-total", fallback.maxTotalBytes(), 0, 1L << 50),
            section.integer("max-files", fallback.maxFiles(), 0, 100_000_000),
            section.integer("min-free-percent", fallback.minFreePercent(), 0, 99));
    section.end();
    return options;
  }

  static EvidenceOptions evidence(Section section) {
    EvidenceOptions fallback = EvidenceOptions.DEFAULT;
    EvidenceOptions options =
        new EvidenceOptions(
            section.integer("before", fallback.before(), 0, 4096),
            section.integer("after", fallback.after(), 0, 65_536),
            section.size("max-bytes", fallback.maxBytes(), 1 << 10, 1L << 40),
            section.choice("payload", fallback.payload()));
    section.end();
    return options;
  }

  static IncidentOptions incidents(Section section) {
    IncidentOptions fallback = IncidentOptions.DEFAULT;
    IncidentOptions options =
        new IncidentOptions(
            section.integer("max-open", fallback.maxOpen(), 1, 10_000_000),
            section.integer("max-endpoints", fallback.maxEndpoints(), 1, 10_000_000),
            section
                .duration(
                    "idle", Duration.ofNanos(fallback.idleNanos()), Duration.ofSeconds(1), A_YEAR)
                .toNanos(),
            section.flag("evidence", fallback.evidence()));
    section.end();
    return options;
  }
}
