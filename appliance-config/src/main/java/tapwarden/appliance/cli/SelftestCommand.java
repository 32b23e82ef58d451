package tapwarden.appliance.cli;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tapwarden.appliance.config.Visible;
import tapwarden.appliance.ops.SelftestCase;
import tapwarden.appliance.ops.SelftestCases;
import tapwarden.inspect.json.JsonWriter;

/** {@code tapwarden selftest}: proves on crafted traffic that every detector works. */
@Command(
    name = "selftest",
    header = "Replays crafted traffic for every detector and says whether all of them work.",
    footer = {"", "Example:", "  tapwarden selftest"})
final class SelftestCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private OutputOptions output = new OutputOptions();

  SelftestCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Terminal terminal = output.terminal(context);
    SelftestRunner runner = new SelftestRunner(context.services());
    List<SelftestCase> cases = SelftestCases.all();
    int passed = 0;
    for (SelftestCase test : cases) {
      String problem = runner.run(test);
      passed += problem.isEmpty() ? 1 : 0;
      print(test, problem, terminal);
    }
    String sum = passed + "/" + cases.size() + " self-tests passed";
    if (!output.json()) {
      boolean all = passed == cases.size();
      terminal.out().println((all ? Ansi.GREEN : Ansi.RED).paint(sum, terminal.color()));
    }
    return (passed == cases.size() ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private void print(SelftestCase test, String problem, Terminal terminal) {
    boolean ok = problem.isEmpty();
    if (output.json()) {
      JsonWriter json = new JsonWriter();
      json.beginObject().name("name").value(test.name());
      json.name("detector").value(test.detector()).name("ok").value(ok);
      json.name("problem").value(problem).endObject();
      byte[] line = Arrays.copyOf(json.array(), json.length() + 1);
      line[json.length()] = '\n';
      terminal.out().write(line, 0, line.length);
    } else if (!ok || !output.quiet()) {
      String mark =
          ok
              ? Ansi.GREEN.paint("ok  ", terminal.color())
              : Ansi.RED.paint("FAIL", terminal.color());
      String silent = test.expected().isEmpty() ? " (must stay silent)" : "";
      terminal
          .out()
          .println(mark + "  " + test.name() + silent + (ok ? "" : ": " + Visible.text(problem)));
    }
  }
}
