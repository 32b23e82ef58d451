package tapwarden.inspect.pipeline;

import java.util.Set;

/** Which event types are written to the log; alerts are raised and counted in any case. */
public record EventSelection(
    boolean alert, boolean flow, boolean equipment, boolean dns, boolean anomaly, boolean stats) {
  public static final EventSelection ALL = new EventSelection(true, true, true, true, true, true);

  /** The selection of these event types; names of types that are not made here are ignored. */
  public static EventSelection of(Set<String> types) {
    return new EventSelection(
        types.contains("alert"),
        types.contains("flow"),
        types.contains("equipment"),
        types.contains("dns"),
        types.contains("anomaly"),
        types.contains("stats"));
  }
}
