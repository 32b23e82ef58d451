package tapwarden.inspect.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One revision of an incident, as it goes to the log. The first has revision 1; an update is a new
 * value with the same id.
 *
 * @param id 26 base32 characters; the same packets always give the same id
 * @param finding the finding that made this revision, about the endpoint that the first one was
 *     about: an alert keeps its endpoint
 * @param stage furthest stage so far
 * @param score highest score so far
 * @param count contacts (flows) of the equipment with the endpoint that the detector found so far,
 *     each once however far it got, and look-ups of it, each once with its answers
 * @param furtherEndpoints what else the alert stands for: other names below the listed one, or
 *     endpoints beyond {@link IncidentOptions#maxEndpoints()}; the first ones, bounded
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
    List<Long> evidenceNumbers,
    List<Endpoint> furtherEndpoints) {
  public Alert {
    because = List.copyOf(because);
    evidenceNumbers = List.copyOf(evidenceNumbers);
    furtherEndpoints = List.copyOf(furtherEndpoints);
  }

  /** An alert about one endpoint alone. */
  public Alert(
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
    this(
        id,
        revision,
        finding,
        stage,
        score,
        because,
        count,
        firstSeenNanos,
        lastSeenNanos,
        evidencePcapng,
        evidenceNumbers,
        List.of());
  }

  public Severity severity() {
    return Severity.ofScore(score);
  }
}
