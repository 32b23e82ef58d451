package tapwarden.inspect.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One revision of an incident, as it goes to the log. The first has revision 1; an update is a new
 * value with the same id.
 *
 * @param id 26 base32 characters; the same packets always give the same id
 * @param finding the finding that made this revision
 * @param stage furthest stage so far
 * @param score highest score so far
 * @param count findings folded into the incident so far
 * @param evidencePcapng path of the evidence file relative to the log directory, or null
 * @param evidenceNumbers numbers of the packets that prove it, ascending, bounded
 */
public record Alert(
    String id,
    int revision,
    Finding finding,
    Stage stage,
    int score,
    List<String> because,
    long count,
    long firstSeenNanos,
    long lastSeenNanos,
    @Nullable String evidencePcapng,
    List<Long> evidenceNumbers) {
  public Alert {
    because = List.copyOf(because);
    evidenceNumbers = List.copyOf(evidenceNumbers);
  }

  public Severity severity() {
    return Severity.ofScore(score);
  }
}
