package tapwarden.inspect.alert;

/**
 * How incidents are kept.
 *
 * @param maxOpen most incidents open at once; beyond it the one that was quiet longest is closed. A
 *     full table of the default size holds about 200 MB
 * @param idleNanos packet time without a finding after which an incident is closed; a later finding
 *     opens a new one with a new id
 * @param evidence whether evidence is recorded, so that alerts name its file
 */
public record IncidentOptions(int maxOpen, long idleNanos, boolean evidence) {
  /** 100,000 incidents, a day, with evidence. */
  public static final IncidentOptions DEFAULT =
      new IncidentOptions(100_000, 86_400_000_000_000L, true);

  public IncidentOptions {
    if (maxOpen < 1 || idleNanos < 1) {
      throw new IllegalArgumentException("incidents: " + maxOpen + " open, idle " + idleNanos);
    }
  }
}
