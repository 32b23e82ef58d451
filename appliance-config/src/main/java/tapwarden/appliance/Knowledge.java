package tapwarden.appliance;

import java.nio.file.Path;
import java.util.List;
import tapwarden.appliance.config.TapwardenConfig;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.OuiTable;
import tapwarden.inspect.equipment.Policies;
import tapwarden.inspect.equipment.VendorGroups;
import tapwarden.inspect.intel.IndicatorLoader;
import tapwarden.inspect.intel.IndicatorReport;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.pipeline.InspectionOptions;

/** What an inspection is told, compiled from the configuration. */
record Knowledge(InspectionOptions options, List<String> notices) {

  /** Compiled indicator lists are kept here, so that large ones load in a second or two. */
  private static final Path SNAPSHOT = cacheFolder().resolve("indicators.snapshot");

  private static Path cacheFolder() {
    String given = System.getenv("XDG_CACHE_HOME");
    return given == null || given.isBlank()
        ? Path.of(System.getProperty("user.home", "."), ".cache", "tapwarden")
        : Path.of(given, "tapwarden");
  }

  static Knowledge of(TapwardenConfig config, Path logDirectory, boolean evidence) {
    VendorGroups groups =
        VendorGroups.of(OuiTable.standard(), config.vendorGroups(), "vendor-groups");
    Policies policies = Policies.of(config.policies());
    EquipmentDirectory directory = EquipmentDirectory.of(config.equipment(), policies, groups);
    IndicatorLoader.Loaded loaded =
        IndicatorLoader.load(config.indicators(), config.networks(), SNAPSHOT);
    IndicatorSet set = loaded.set();
    IndicatorReport report = loaded.report();
    return new Knowledge(
        new InspectionOptions(
            logDirectory,
            config.ring(),
            config.flow(),
            config.fragments(),
            config.stream(),
            config.identity(),
            config.incidents(),
            config.evidence(),
            config.networks(),
            directory,
            policies,
            () -> set,
            config.suppress(),
            config.eve().events(),
            config.eve().dnsVersion(),
            evidence),
        report.problems().stream().map(Object::toString).toList());
  }
}
