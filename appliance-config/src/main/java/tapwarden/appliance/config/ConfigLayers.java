package tapwarden.appliance.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays one part of the configuration over another. Sections are joined key by key and the upper
 * value wins; {@code equipment}, {@code indicators} and {@code suppress} of several files add up; a
 * policy or vendor group is replaced as a whole.
 */
final class ConfigLayers {
  private static final Set<String> ADDED_UP = Set.of("equipment", "indicators", "suppress");
  private static final Set<String> KEPT_WHOLE = Set.of("policies", "vendor-groups");

  private ConfigLayers() {}

  static YamlValue.Mapping merge(YamlValue.Mapping lower, YamlValue.Mapping upper) {
    return merge(lower, upper, "", false);
  }

  /** As {@link #merge}, but a list replaces the one below it, as flags and variables do. */
  static YamlValue.Mapping override(YamlValue.Mapping lower, YamlValue.Mapping upper) {
    return merge(lower, upper, "", true);
  }

  private static YamlValue.Mapping merge(
      YamlValue.Mapping lower, YamlValue.Mapping upper, String path, boolean replaceLists) {
    Map<String, YamlValue.Entry> merged = new LinkedHashMap<>();
    lower.entries().forEach(entry -> merged.put(entry.key(), entry));
    for (YamlValue.Entry entry : upper.entries()) {
      String below = path.isEmpty() ? entry.key() : path + "." + entry.key();
      YamlValue.Entry old = merged.get(entry.key());
      merged.put(entry.key(), old == null ? entry : merge(old, entry, below, replaceLists));
    }
    Position position = lower.entries().isEmpty() ? upper.position() : lower.position();
    return new YamlValue.Mapping(position, List.copyOf(merged.values()));
  }

  private static YamlValue.Entry merge(
      YamlValue.Entry lower, YamlValue.Entry upper, String path, boolean replaceLists) {
    YamlValue value = upper.value();
    if (lower.value() instanceof YamlValue.Mapping below
        && upper.value() instanceof YamlValue.Mapping above
        && !KEPT_WHOLE.contains(parent(path))) {
      value = merge(below, above, path, replaceLists);
    } else if (lower.value() instanceof YamlValue.Sequence below
        && upper.value() instanceof YamlValue.Sequence above
        && ADDED_UP.contains(path)
        && !replaceLists) {
      List<YamlValue> items = new ArrayList<>(below.items());
      items.addAll(above.items());
      value = new YamlValue.Sequence(below.position(), items);
    }
    return new YamlValue.Entry(upper.key(), upper.keyPosition(), value);
  }

  private static String parent(String path) {
    int dot = path.indexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }
}
