package tapwarden.inspect.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which event types are written to the log; alerts are raised and counted in any case. */
public record EventSelection(
    boolean alert, boolean flow, boolean equipment, boolean dns, boolean anomaly, boolean stats) {
  /** The event types that exist, in the order of documentation. */
  public static final List<String> NAMES =
      List.of("alert", "flow", "equipment", "dns", "anomaly", "stats");

  public static final EventSelection ALL = new EventSelection(true, true, true, true, true, true);

  /**
   * The selection of those names; {@code all} and {@code none} are names too.
   *
   * @throws IllegalArgumentException naming what is unknown
   */
  public static EventSelection of(Collection<String> names) {
    Set<String> known = new TreeSet<>(NAMES);
    Set<String> chosen = new TreeSet<>();
    for (String name : names) {
      String word = name.strip().toLowerCase(Locale.ROOT);
      if (word.equals("all")) {
        chosen.addAll(NAMES);
      } else if (word.equals("none")) {
        chosen.clear();
      } else if (known.contains(word)) {
        chosen.add(word);
      } else {
        throw new IllegalArgumentException(
            "unknown event type '" + name + "'; there are " + String.join(", ", NAMES));
      }
    }
    return new EventSelection(
        chosen.contains("alert"),
        chosen.contains("flow"),
        chosen.contains("equipment"),
        chosen.contains("dns"),
        chosen.contains("anomaly"),
        chosen.contains("stats"));
  }
}
