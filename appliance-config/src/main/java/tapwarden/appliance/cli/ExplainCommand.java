package tapwarden.appliance.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapwarden.appliance.config.LoadedConfig;

/** {@code tapwarden explain}: says in words what frames consist of. */
@Command(
    name = "explain",
    header = "Says in words what a frame consists of: every layer and field.",
    footer = {
      "",
      "Examples:",
      "  tapwarden explain case.pcap --packet 4711",
      "  tapwarden explain case.pcap -- udp port 53"
    })
final class ExplainCommand implements Callable<Integer>, FilterOptions.User {
  private final CommandContext context;

  @Mixin private CaptureArguments captures = new CaptureArguments();

  @Option(
      names = "--packet",
      paramLabel = "N",
      description = "Only this packet, counted from 1 over all captures as in evidence.")
  private @Nullable Long packet;

  @Option(names = "--json", description = "One JSON object a packet instead of text.")
  private boolean json;

  @Mixin private FilterOptions filter = new FilterOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  ExplainCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = Specs.commandLine(spec);
    if (packet != null && packet < 1) {
      throw new CommandLine.ParameterException(command, "--packet counts from 1");
    }
    String expression = filter.expression(command, context);
    LoadedConfig loaded = config.load(command, context, List.of());
    if (!ConfigOptions.report(loaded, context)) {
      return ExitCode.CONFIGURATION_INVALID.number();
    }
    Terminal terminal = context.terminal();
    long wanted = packet == null ? 0 : packet;
    ExplainRequest request =
        new ExplainRequest(loaded.config(), captures.all(command), wanted, expression, json);
    try {
      SessionResult result = context.services().explain(request, terminal.out()::println);
      terminal.out().flush();
      if (result.coverage().frames().wire() < wanted) {
        String held = Plural.of(result.coverage().frames().wire(), "packet", "packets");
        terminal.err().println("error: there is no packet " + wanted + "; the input has " + held);
        return ExitCode.FAILED.number();
      }
      return (result.coverage().isDamaged() ? ExitCode.INPUT_DAMAGED : ExitCode.DONE).number();
    } catch (IOException e) {
      return Failures.report(terminal, e).number();
    }
  }
}
