package tapwarden.appliance.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which parts the configuration is made of; later ones win: defaults, the main file, {@code
 * conf.d/*.yaml} beside it in the order of their names, equipment files, environment, overrides.
 *
 * @param file the main file, which must then exist; null for {@link #DEFAULT_FILE} if it exists
 * @param equipment files that hold only {@code equipment:}, {@code policies:} and {@code
 *     vendor-groups:}
 * @param indicators plain lists besides those that the files name
 * @param environment {@code TAPWARDEN_FLOW_CAPACITY} sets {@code flow.capacity}
 */
public record ConfigRequest(
    @Nullable Path file,
    List<Path> equipment,
    List<Path> indicators,
    List<ConfigOverride> overrides,
    Map<String, String> environment) {
  public static final Path DEFAULT_FILE = Path.of("/etc/tapwarden/tapwarden.yaml");

  public ConfigRequest {
    equipment = List.copyOf(equipment);
    indicators = List.copyOf(indicators);
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /** The one file and nothing else. */
  public static ConfigRequest of(Path file) {
    return new ConfigRequest(file, List.of(), List.of(), List.of(), Map.of());
  }
}
