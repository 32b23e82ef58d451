package tapwarden.inspect.alert;

/**
 * How incidents are kept.
 *
 * @param maxOpen most incidents open at once; beyond it the one that was quiet longest is closed. A
 *     full table of the default size holds about 200 MB
 * @param maxEndpoints most incidents of one severity open at once about one piece of equipment and
 *     one detector; further endpoints share one more incident, so that nobody who makes up
 *     endpoints makes alerts
 * @param idleNanos packet time without a finding after which an incident is closed; a later finding
 *     opens a new one with a new id
 * @param evidence whether evidence is recorded, so that alerts name its file
 */
public record IncidentOptions(int maxOpen, int maxEndpoints, long idleNanos, boolean evidence) {
  /** 100,000 incidents, 256 endpoints, a day, with evidence. */
  public static final IncidentOptions DEFAULT =
      new IncidentOptions(100_000, 256, 86_400_000_000_000L, true);

  public IncidentOptions {
    if (maxOpen < 1 || maxEndpoints < 1 || idleNanos < 1) {
      throw new IllegalArgumentException(
          "incidents: %d open, %d endpoints, idle %d".formatted(maxOpen, maxEndpoints, idleNanos));
    }
  }
}
