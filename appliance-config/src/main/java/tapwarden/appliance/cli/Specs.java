package tapwarden.appliance.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tapwarden.appliance.config.Visible;

/** Small helps around picocli's model. */
final class Specs {
  private Specs() {}

  /** The command line that a command was made for; picocli has set it before the call. */
  static CommandLine commandLine(CommandLine.Model.@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("called outside a command line");
    }
    return spec.commandLine();
  }

  static String shown(Path path) {
    return Visible.text(path.toString());
  }
}
