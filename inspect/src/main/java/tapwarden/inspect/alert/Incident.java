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
  private final String crowd;
  private final @Nullable String note;
  private final @Nullable String evidencePcapng;
  private final List<Long> packetNumbers = new ArrayList<>(4);
  private List<String> because = List.of();
  private Finding last;
  private Stage stage;
  private int score;
  private int revision;
  private long count;
  private long revisedCount;
  private long nextCountRevision = 10;
  private long firstSeenNanos;
  private long lastSeenNanos;
  private long touchedNanos;

  /**
   * @param crowd what the incidents have in common that may become too many
   * @param note a reason that stays last; null for none
   */
  Incident(
      Finding first,
      String crowd,
      @Nullable String note,
      long clockNanos,
      long elapsedNanos,
      boolean evidence) {
    this.crowd = crowd;
    this.note = note;
    id = AlertId.of(first);
    evidencePcapng = evidence ? "evidence/" + id + ".pcapng" : null;
    last = first;
    stage = first.stage();
    score = first.score();
    firstSeenNanos = first.firstPacketNanos();
    lastSeenNanos = first.packetNanos();
    fold(first, clockNanos, elapsedNanos);
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
    count++;
    stage = finding.stage().compareTo(stage) > 0 ? finding.stage() : stage;
    score = Math.max(score, finding.score());
    firstSeenNanos = Math.min(firstSeenNanos, finding.firstPacketNanos());
    lastSeenNanos = Math.max(lastSeenNanos, seenNanos(finding, clockNanos));
    because = union(finding.because(), because);
    if (note != null && !because.contains(note)) {
      because = Stream.concat(because.stream().limit(MAX_REASONS - 1), Stream.of(note)).toList();
    }
    addPacketNumber(finding.firstPacketNumber());
    addPacketNumber(finding.packetNumber());
    boolean milestone = count == nextCountRevision;
    if (milestone) {
      nextCountRevision = Math.multiplyExact(nextCountRevision, 10);
    }
    return milestone || stage != stageBefore || severity() != severityBefore;
  }

  /** When the finding was made: a stamp of the future must not stay the last for ever. */
  private static long seenNanos(Finding finding, long clockNanos) {
    boolean wild = finding.packetNanos() > clockNanos + TICK_NANOS;
    return wild ? clockNanos : finding.packetNanos();
  }

  String crowd() {
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
    return count != revisedCount;
  }

  Alert nextRevision() {
    revision++;
    revisedCount = count;
    return new Alert(
        id,
        revision,
        last,
        stage,
        score,
        because,
        count,
        firstSeenNanos,
        lastSeenNanos,
        evidencePcapng,
        packetNumbers);
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
