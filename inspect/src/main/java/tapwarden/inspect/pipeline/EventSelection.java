package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which event types are written to the log; alerts are raised and counted in any case.
 *
 * @param types of {@link #NAMES}; {@code dns} covers multicast DNS and LLMNR
 */
public record EventSelection(Set<String> types) {
  /** The event types that exist, in the order of documentation. */
  public static final List<String> NAMES = names();

  public static final EventSelection ALL = new EventSelection(Set.copyOf(NAMES));

  public EventSelection {
    types = Set.copyOf(types);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("alert", "flow", "equipment", "dns"));
    names.addAll(ProtocolRegistry.eventTypes());
    names.addAll(List.of("anomaly", "stats"));
    return List.copyOf(names);
  }

  /**
   * The selection of those names; {@code all} and {@code none} are names too.
   *
   * @throws IllegalArgumentException naming what is unknown
   */
  public static EventSelection of(Collection<String> names) {
    Set<String> chosen = new TreeSet<>();
    for (String name : names) {
      String word = name.strip().toLowerCase(Locale.ROOT);
      if (word.equals("all")) {
        chosen.addAll(NAMES);
      } else if (word.equals("none")) {
        chosen.clear();
      } else if (NAMES.contains(word)) {
        chosen.add(word);
      } else {
        throw new IllegalArgumentException(
            "unknown event type '" + name + "'; there are " + String.join(", ", NAMES));
      }
    }
    return new EventSelection(chosen);
  }

  /** Whether events of that type are written. */
  public boolean wants(String type) {
    return types.contains(type);
  }

  public boolean alert() {
    return wants("alert");
  }

  public boolean flow() {
    return wants("flow");
  }

  public boolean equipment() {
    return wants("equipment");
  }

  public boolean dns() {
    return wants("dns");
  }

  public boolean anomaly() {
    return wants("anomaly");
  }

  public boolean stats() {
    return wants("stats");
  }
}
