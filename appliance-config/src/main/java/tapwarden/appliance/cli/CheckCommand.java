package tapwarden.appliance.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;
import tapwarden.appliance.config.ConfigCheck;
import tapwarden.appliance.config.LoadedConfig;
import tapwarden.appliance.config.TapwardenConfig;

/** {@code tapwarden check}: says everything that is wrong with the configuration, all at once. */
@Command(
    name = "check",
    header = "Says everything that is wrong with the configuration (also: tapwarden -T).",
    footer = {
      "",
      "Examples:",
      "  tapwarden check",
      "  tapwarden check -c site.yaml -e equipment.yaml -n c2.txt"
    })
final class CheckCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  CheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return check(config, Specs.commandLine(spec), context);
  }

  static int check(ConfigOptions config, CommandLine command, CommandContext context) {
    LoadedConfig loaded = ConfigCheck.complete(config.load(command, context, List.of()));
    if (!ConfigOptions.report(loaded, context)) {
      return ExitCode.CONFIGURATION_INVALID.number();
    }
    context.terminal().out().println(summary(loaded));
    return ExitCode.DONE.number();
  }

  private static String summary(LoadedConfig loaded) {
    TapwardenConfig config = loaded.config();
    String files =
        loaded.files().isEmpty()
            ? "no file, defaults only"
            : String.join(", ", loaded.files().stream().map(Path::toString).toList());
    return "configuration valid: "
        + Plural.of(config.equipment().size(), "piece", "pieces")
        + " of equipment, "
        + Plural.of(config.policies().size(), "policy", "policies")
        + ", "
        + Plural.of(config.indicators().size(), "indicator list", "indicator lists")
        + ", "
        + Plural.of(config.suppress().size(), "suppression", "suppressions")
        + " ("
        + files
        + ")";
  }
}
