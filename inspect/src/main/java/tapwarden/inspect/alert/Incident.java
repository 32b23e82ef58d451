package tapwarden.inspect.alert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of one incident so far: the fold of its findings. */
final class Incident {
  /** Most reasons kept; the newest finding's come first, older ones fill up. */
  static final int MAX_REASONS = 12;

  /** Packet numbers kept: the first half of them from the start, the rest the most recent. */
  static final int MAX_PACKET_NUMBERS = 16;

  /** Longest that a true stamp is ahead of the clock's last tick. */
  private static final long TICK_NANOS = 1_000_000_000L;

  private final String id;
  private final @Nullable String crowd;
  private final int ownAlerts;
  private Endpoint opener;
  private final int protocol;
  private final FurtherEndpoints endpoints;
  private final @Nullable String evidencePcapng;
  private final List<Long> packetNumbers = new ArrayList<>(4);
  private List<String> because = List.of();
  private Finding last;
  private Stage stage;
  private int score;
  private int revision;
  private long count;
  private boolean changed;
  private long nextCountRevision = 10;
  private long firstSeenNanos;
  private long lastSeenNanos;
  private long touchedNanos;

  /**
   * @param crowd what the incidents have in common that may become too many; null if this is the
   *     one for all that are too many
   * @param ownAlerts how many endpoints had alerts of their own when they became too many
   */
  Incident(
      String id,
      Finding first,
      @Nullable String crowd,
      int ownAlerts,
      long clockNanos,
      long elapsedNanos,
      boolean evidence) {
    this.crowd = crowd;
    this.ownAlerts = ownAlerts;
    opener = first.endpoint();
    endpoints = crowd == null ? FurtherEndpoints.ofMany(opener) : FurtherEndpoints.ofOne(opener);
    protocol = first.protocol();
    this.id = id;
    evidencePcapng = evidence ? "evidence/" + id + ".pcapng" : null;
    last = first;
    stage = first.stage();
    score = first.score();
    firstSeenNanos = first.firstPacketNanos();
    lastSeenNanos = first.packetNanos();
    // Whatever was said of its contact before, it is the first that this incident knows.
    fold(first.with(Finding.News.CONTACT), clockNanos, elapsedNanos);
  }

  /**
   * Adds a finding.
   *
   * @param clockNanos packet time at the clock's last tick
   * @param elapsedNanos what idleness is measured by
   * @return whether what it changed is worth a revision
   */
  boolean fold(Finding finding, long clockNanos, long elapsedNanos) {
    Stage stageBefore = stage;
    Severity severityBefore = severity();
    last = finding;
    touchedNanos = elapsedNanos;
    changed = true;
    boolean counts = isNews(finding);
    count += counts ? 1 : 0;
    endpoints.add(finding.endpoint());
    name(finding.endpoint());
    stage = finding.stage().compareTo(stage) > 0 ? finding.stage() : stage;
    score = Math.max(score, finding.score());
    firstSeenNanos = Math.min(firstSeenNanos, finding.firstPacketNanos());
    lastSeenNanos = Math.max(lastSeenNanos, seenNanos(finding, clockNanos));
    because = union(finding.because(), because);
    addPacketNumber(finding.firstPacketNumber());
    addPacketNumber(finding.packetNumber());
    boolean milestone = counts && count == nextCountRevision;
    if (milestone) {
      nextCountRevision = Math.multiplyExact(nextCountRevision, 10);
    }
    return milestone || stage != stageBefore || severity() != severityBefore;
  }

  /**
   * Whether the finding's contact is not counted yet. The findings about one endpoint are all in
   * one incident; those that are too many are in one for each severity, the contact in each once.
   */
  private boolean isNews(Finding finding) {
    return switch (finding.news()) {
      case CONTACT -> true;
      case SEVERITY -> crowd == null;
      case PROGRESS -> false;
    };
  }

  /** When the finding was made: a stamp of the future must not stay the last for ever. */
  private static long seenNanos(Finding finding, long clockNanos) {
    boolean wild = finding.packetNanos() > clockNanos + TICK_NANOS;
    return wild ? clockNanos : finding.packetNanos();
  }

  String id() {
    return id;
  }

  @Nullable String crowd() {
    return crowd;
  }

  Severity severity() {
    return Severity.ofScore(score);
  }

  /** When the last finding was folded in, on the scale of elapsed time. */
  long touchedNanos() {
    return touchedNanos;
  }

  boolean changedSinceLastRevision() {
    return changed;
  }

  Alert nextRevision() {
    revision++;
    changed = false;
    return new Alert(
        id,
        revision,
        last.about(opener, protocol),
        stage,
        score,
        reasons(),
        count,
        firstSeenNanos,
        lastSeenNanos,
        evidencePcapng,
        packetNumbers,
        endpoints.shown());
  }

  /** The endpoint keeps who it is, but may get a name. */
  private void name(Endpoint now) {
    if (opener.name() == null && now.name() != null && now.key().equals(opener.key())) {
      opener =
          new Endpoint(
              opener.ip(), opener.port(), now.name(), now.nameSource(), opener.listedName());
    }
  }

  private List<String> reasons() {
    if (crowd != null) {
      return because;
    }
    String note = "stands for %s beyond the first %,d".formatted(endpoints.number(), ownAlerts);
    return Stream.concat(because.stream().limit(MAX_REASONS - 1), Stream.of(note)).toList();
  }

  private void addPacketNumber(long number) {
    int at = packetNumbers.size();
    while (at > 0 && packetNumbers.get(at - 1) >= number) {
      at--;
    }
    if (at < packetNumbers.size() && packetNumbers.get(at) == number) {
      return;
    }
    packetNumbers.add(at, number);
    if (packetNumbers.size() > MAX_PACKET_NUMBERS) {
      packetNumbers.remove(MAX_PACKET_NUMBERS / 2);
    }
  }

  private static List<String> union(List<String> newest, List<String> older) {
    if (older.equals(newest)) {
      return older;
    }
    SequencedSet<String> union = new LinkedHashSet<>(newest);
    union.addAll(older);
    return union.stream().limit(MAX_REASONS).toList();
  }
}
