package tapwarden.appliance.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/** {@code tapwarden completion}: prints what makes a shell complete words. */
@Command(
    name = "completion",
    header = "Prints the script that makes bash or zsh complete words.",
    footer = {"", "Example:", "  source <(tapwarden completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandLine root = Specs.commandLine(spec).getParent();
    context.terminal().out().print(AutoComplete.bash("tapwarden", root));
    return ExitCode.DONE.number();
  }
}
