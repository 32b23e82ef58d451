package tapwarden.appliance.cli;

import picocli.CommandLine.Option;

/** The options that say how much is printed and in which form. */
final class OutputOptions {
  /** Whether results are coloured. */
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Option(names = "--json", description = "Prints EVE JSON, one object a line, instead of text.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Prints results only: no progress, no notices.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Prints more of what goes on; twice for everything.")
  private boolean[] verbose = {};

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never. NO_COLOR in the environment counts as never.")
  private Color color = Color.AUTO;

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  int verbosity() {
    return verbose.length;
  }

  /** The terminal with colour as the flag wants it. */
  Terminal terminal(CommandContext context) {
    return switch (color) {
      case AUTO -> context.terminal();
      case ALWAYS -> context.terminal().withColor(true);
      case NEVER -> context.terminal().withColor(false);
    };
  }
}
