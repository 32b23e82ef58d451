package tapwarden.appliance.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tapwarden.inspect.intel.IndicatorSource;

/** Loads the configuration from all its parts and reports everything that is wrong at once. */
public final class ConfigLoader {
  /** Variables of this prefix set keys. */
  static final String ENVIRONMENT_PREFIX = "TAPWARDEN_";

  /** Variables of the launcher and of tests, which are no keys. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("TAPWARDEN_HOME", "TAPWARDEN_JAVA_OPTIONS", "TAPWARDEN_ROOT", "TAPWARDEN_SHARED");

  private static final Set<String> EQUIPMENT_FILE_KEYS =
      Set.of("config-version", "equipment", "policies", "vendor-groups");

  private final ConfigRequest request;
  private final ConfigProblems problems = new ConfigProblems();
  private final List<Path> files = new ArrayList<>();

  private ConfigLoader(ConfigRequest request) {
    this.request = request;
  }

  public static LoadedConfig load(ConfigRequest request) {
    return new ConfigLoader(request).load();
  }

  /** The configuration of a machine on which nothing is configured. */
  public static TapwardenConfig defaults() {
    YamlValue.Mapping empty = emptyMapping();
    return new ConfigBinder(new ConfigProblems(), new LinkedHashSet<>()).bind(empty);
  }

  /** Dotted path of each key that can be set on its own, in the order of the documentation. */
  public static Set<String> keys() {
    Set<String> catalogue = new LinkedHashSet<>();
    ConfigBinder.collectKeys(catalogue);
    return catalogue;
  }

  private LoadedConfig load() {
    YamlValue.Mapping merged = emptyMapping();
    for (Path file : mainFiles()) {
      merged = ConfigLayers.merge(merged, read(file));
    }
    for (Path file : request.equipment()) {
      merged = ConfigLayers.merge(merged, equipmentFile(file));
    }
    for (ConfigOverride override : environment()) {
      merged = ConfigLayers.override(merged, override.tree(problems));
    }
    for (ConfigOverride override : request.overrides()) {
      merged = ConfigLayers.override(merged, override.tree(problems));
    }
    TapwardenConfig config = new ConfigBinder(problems, new LinkedHashSet<>()).bind(merged);
    return new LoadedConfig(withListsOfFlags(config), files, problems.list());
  }

  private List<Path> mainFiles() {
    Path main = request.file();
    if (main == null) {
      main = ConfigRequest.DEFAULT_FILE;
      if (!Files.exists(main)) {
        return List.of();
      }
    }
    List<Path> found = new ArrayList<>();
    found.add(main);
    Path overlays = main.resolveSibling("conf.d");
    found.addAll(ConfigFiles.overlays(overlays, problems));
    return found;
  }

  private YamlValue.Mapping read(Path file) {
    files.add(file);
    YamlValue.Mapping mapping = ConfigFiles.read(file, problems);
    return mapping == null ? emptyMapping() : mapping;
  }

  private YamlValue.Mapping equipmentFile(Path file) {
    YamlValue.Mapping mapping = read(file);
    List<YamlValue.Entry> kept = new ArrayList<>();
    for (YamlValue.Entry entry : mapping.entries()) {
      if (EQUIPMENT_FILE_KEYS.contains(entry.key())) {
        kept.add(entry);
      } else {
        problems.unknown(
            entry.keyPosition(), "key in a file of equipment", entry.key(), EQUIPMENT_FILE_KEYS);
      }
    }
    return new YamlValue.Mapping(mapping.position(), kept);
  }

  private static boolean setsAKey(String variable) {
    return variable.startsWith(ENVIRONMENT_PREFIX) && !OTHER_VARIABLES.contains(variable);
  }

  private List<ConfigOverride> environment() {
    if (request.environment().keySet().stream().noneMatch(ConfigLoader::setsAKey)) {
      return List.of();
    }
    Map<String, String> keysByVariable = new TreeMap<>();
    for (String key : keys()) {
      keysByVariable.put(variable(key), key);
    }
    List<ConfigOverride> overrides = new ArrayList<>();
    for (Map.Entry<String, String> given : new TreeMap<>(request.environment()).entrySet()) {
      String name = given.getKey();
      if (!setsAKey(name)) {
        continue;
      }
      String shown = name + "=" + given.getValue();
      String key = keysByVariable.get(name);
      if (key != null) {
        overrides.add(new ConfigOverride(key, given.getValue(), shown));
        continue;
      }
      String near = Nearest.of(name, keysByVariable.keySet());
      problems.warning(
          new Position(ConfigText.line(name, shown), 1, 1, name.length()),
          "this environment variable sets no key"
              + (near == null ? "" : "; did you mean '" + near + "'?"),
          null);
    }
    return overrides;
  }

  static String variable(String key) {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The lists named by flags come after those of the files. */
  private TapwardenConfig withListsOfFlags(TapwardenConfig config) {
    List<IndicatorSource> lists = new ArrayList<>(config.indicators());
    for (Path file : request.indicators()) {
      lists.add(new IndicatorSource(file, "plain"));
      reportUnreadable(file);
    }
    return config.withIndicators(lists);
  }

  private void reportUnreadable(Path file) {
    String reason = IndicatorBinder.unreadable(file);
    if (reason != null) {
      String flag = "--indicators " + file;
      Position position = new Position(ConfigText.line(flag, flag), 1, 14, flag.length() - 13);
      problems.error(position, reason);
    }
  }

  private static YamlValue.Mapping emptyMapping() {
    return new YamlValue.Mapping(Position.whole(ConfigText.line("configuration", "")), List.of());
  }
}
