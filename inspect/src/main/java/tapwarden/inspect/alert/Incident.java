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
  Incident(Finding first, String crowd, @Nullable String note, long nowNanos, boolean evidence) {
    this.crowd = crowd;
    this.note = note;
    id = AlertId.of(first);
    evidencePcapng = evidence ? "evidence/" + id + ".pcapng" : null;
    last = first;
    stage = first.stage();
    score = first.score();
    firstSeenNanos = first.firstPacketNanos();
    lastSeenNanos = first.packetNanos();
    fold(first, nowNanos);
  }

  /**
   * Adds a finding.
   *
   * @return whether what it changed is worth a revision
   */
  boolean fold(Finding finding, long nowNanos) {
    Stage stageBefore = stage;
    Severity severityBefore = severity();
    last = finding;
    touchedNanos = nowNanos;
    count++;
    stage = finding.stage().compareTo(stage) > 0 ? finding.stage() : stage;
    score = Math.max(score, finding.score());
    firstSeenNanos = Math.min(firstSeenNanos, finding.firstPacketNanos());
    lastSeenNanos = Math.max(lastSeenNanos, finding.packetNanos());
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

  String crowd() {
    return crowd;
  }

  Severity severity() {
    return Severity.ofScore(score);
  }

  /** Packet time at which the last finding was folded in. */
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
