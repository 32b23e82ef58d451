package tapwarden.appliance.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tapwarden.appliance.config.ConfigLoader;
import tapwarden.appliance.config.ConfigOverride;
import tapwarden.appliance.config.ConfigProblem;
import tapwarden.appliance.config.ConfigRequest;
import tapwarden.appliance.config.LoadedConfig;

/** The options that say which configuration holds. */
final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "CONFIG",
      description =
          "Configuration file instead of /etc/tapwarden/tapwarden.yaml; conf.d/*.yaml beside it"
              + " are read too.")
  private @Nullable Path file;

  @Option(
      names = {"-e", "--equipment"},
      paramLabel = "EQUIPMENT",
      description = "A file with 'equipment:' and 'policies:'. May be repeated.")
  private List<Path> equipment = new ArrayList<>();

  @Option(
      names = {"-n", "--indicators"},
      paramLabel = "INDICATORS",
      description =
          "A list of known-bad addresses, networks and names, one a line. May be repeated.")
  private List<Path> indicators = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Sets one key, over everything else: --set flow.capacity=200000.")
  private List<String> sets = new ArrayList<>();

  /**
   * Loads it all.
   *
   * @param flags keys that have a flag of their own
   */
  LoadedConfig load(CommandLine command, CommandContext context, List<ConfigOverride> flags) {
    List<ConfigOverride> overrides = new ArrayList<>();
    for (String set : sets) {
      ConfigOverride override = ConfigOverride.set(set);
      if (override == null) {
        throw new CommandLine.ParameterException(
            command, "--set wants key=value, such as flow.capacity=200000; this is '" + set + "'");
      }
      overrides.add(override);
    }
    overrides.addAll(flags);
    return ConfigLoader.load(
        new ConfigRequest(file, equipment, indicators, overrides, context.environment()));
  }

  /** Prints what is wrong; false if the configuration must not be used. */
  static boolean report(LoadedConfig loaded, CommandContext context) {
    for (ConfigProblem problem : loaded.problems()) {
      context.terminal().err().print(problem.render());
    }
    if (loaded.hasErrors()) {
      long errors = loaded.problems().stream().filter(ConfigProblem::isError).count();
      context
          .terminal()
          .err()
          .println("configuration invalid: " + Plural.of(errors, "error", "errors"));
    }
    return !loaded.hasErrors();
  }
}
