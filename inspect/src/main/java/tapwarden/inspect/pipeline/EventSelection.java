package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tapwarden.inspect.flow.Flow;

/**
 * Which event types are written to the log, and of how many flows; alerts are raised and counted in
 * any case.
 *
 * @param oneIn by type, of {@link #NAMES}, that of one in so many flows events are written: 1 for
 *     all. Which flows these are hangs on their ids alone. {@code dns} covers multicast DNS and
 *     LLMNR; alerts, anomalies and what belongs to no flow are always written
 */
public record EventSelection(Map<String, Integer> oneIn) {
  /** The event types that exist, in the order of documentation. */
  public static final List<String> NAMES = names();

  public static final EventSelection ALL = of(List.of("all"));

  /** Of fewer flows nobody asks for events. */
  public static final int MOST_ONE_IN = 1_000_000;

  private static final Set<String> NEVER_SAMPLED = Set.of("alert", "anomaly", "equipment", "stats");

  public EventSelection {
    oneIn = Map.copyOf(oneIn);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("alert", "flow", "equipment", "dns"));
    names.addAll(ProtocolRegistry.eventTypes());
    names.addAll(List.of("anomaly", "stats"));
    return List.copyOf(names);
  }

  /**
   * The selection of those names, such as {@code tls} or, of one flow in ten, {@code tls/10};
   * {@code all} and {@code none} are names too.
   *
   * @throws IllegalArgumentException naming what is unknown
   */
  public static EventSelection of(Collection<String> names) {
    Map<String, Integer> chosen = new TreeMap<>();
    for (String name : names) {
      String word = name.strip().toLowerCase(Locale.ROOT);
      String type = typeOf(word);
      if (word.equals("all")) {
        NAMES.forEach(each -> chosen.put(each, 1));
      } else if (word.equals("none")) {
        chosen.clear();
      } else if (NAMES.contains(type)) {
        chosen.put(type, oneInOf(word));
      } else {
        throw new IllegalArgumentException(
            "unknown event type '" + name + "'; there are " + String.join(", ", NAMES));
      }
    }
    return new EventSelection(chosen);
  }

  /** The type in a word such as {@code tls/10}. */
  public static String typeOf(String word) {
    int slash = word.indexOf('/');
    return slash < 0 ? word : word.substring(0, slash);
  }

  private static int oneInOf(String word) {
    String type = typeOf(word);
    if (type.length() == word.length()) {
      return 1;
    }
    String number = word.substring(type.length() + 1);
    boolean digits = !number.isEmpty() && number.length() <= 7;
    for (int i = 0; i < number.length(); i++) {
      digits &= number.charAt(i) >= '0' && number.charAt(i) <= '9';
    }
    int oneIn = digits ? Integer.parseInt(number) : 0;
    if (oneIn < 1 || oneIn > MOST_ONE_IN) {
      throw new IllegalArgumentException(
          "'" + word + "': behind the stroke comes of how many flows one is taken, as in tls/10");
    }
    if (oneIn > 1 && NEVER_SAMPLED.contains(type)) {
      throw new IllegalArgumentException("events of type '" + type + "' are written all or none");
    }
    return oneIn;
  }

  /** Whether events of that type are written, at least of some flows. */
  public boolean wants(String type) {
    return oneIn.containsKey(type);
  }

  /** Whether events of that type are written of that flow. */
  boolean wants(String type, Flow flow) {
    Integer some = oneIn.get(type);
    return some != null && (some == 1 || spread(flow.flowId()) % some == 0);
  }

  /** Ids are spread well, but their low bits may be a key's: all count. */
  private static int spread(long flowId) {
    return (int) ((flowId * 0x9E3779B97F4A7C15L) >>> 33);
  }

  public boolean alert() {
    return wants("alert");
  }

  public boolean equipment() {
    return wants("equipment");
  }

  public boolean anomaly() {
    return wants("anomaly");
  }

  public boolean stats() {
    return wants("stats");
  }
}
