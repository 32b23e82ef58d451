package tapwarden.appliance.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option that says which frames count, in the language of tcpdump. */
final class FilterOptions {
  /** A command that takes words after {@code --}. */
  interface User {}

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "BPF",
      description = "Inspects only frames that match, as tcpdump's; also as words after '--'.")
  private @Nullable String filter;

  /** The expression, or null for every frame. */
  @Nullable String expression(CommandLine command, CommandContext context) {
    if (context.filterWords().isEmpty()) {
      return filter;
    }
    if (filter != null) {
      throw new CommandLine.ParameterException(
          command, "a filter is given twice: with -f and after '--'");
    }
    return String.join(" ", context.filterWords());
  }
}
