package tapwarden.inspect.detect;

import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes a detector; found through {@code META-INF/services}. */
public interface DetectorProvider {
  /** Same as {@link Detector#name()}. */
  String name();

  /** Names of all detectors that there are. */
  static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    ServiceLoader.load(DetectorProvider.class).forEach(provider -> names.add(provider.name()));
    return names;
  }

  /** Called once for each worker. */
  Detector create(DetectorContext context);
}
