package tapwarden.appliance.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapwarden.appliance.config.Visible;
import tapwarden.inspect.alert.Severity;

/** {@code tapwarden alerts}: lists, filters and follows the alerts of a log directory. */
@Command(
    name = "alerts",
    header = "Lists, filters, follows and shows the alerts of a log directory.",
    footer = {
      "",
      "Each alert is listed once, in its latest revision. 'tapwarden alerts show ID' explains one;",
      "the first letters of the ID are enough. TIMES counts contacts (flows) with the endpoint",
      "and look-ups of it, each once. --endpoint and --name also find what an alert lists beside",
      "its endpoint.",
      "",
      "Examples:",
      "  tapwarden alerts -l tapwarden-out",
      "  tapwarden alerts --severity high --since 24h --vendor huawei",
      "  tapwarden alerts --endpoint 203.0.113.0/24 --count",
      "  tapwarden alerts --follow --json | jq .tapwarden.equipment.id",
      "  tapwarden alerts show k3jq7"
    })
final class AlertsCommand implements Callable<Integer> {
  /** About 200 MB at the size of an average alert; a list this long is for nobody to read. */
  static final int MOST_HELD = 200_000;

  private static final int SHOWN_OF_ID = 8;

  private final CommandContext context;

  @Mixin private LogDirectoryOption log = new LogDirectoryOption();
  @Mixin private AlertFilter filter = new AlertFilter();

  @Option(names = "--follow", description = "Goes on with new alerts as they come, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--count", description = "Prints only how many there are of each severity.")
  private boolean count;

  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  AlertsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandLine command = Specs.commandLine(spec);
    if (follow && count) {
      throw new CommandLine.ParameterException(command, "--follow and --count exclude each other");
    }
    filter.prepare(command, Instant.now());
    Terminal terminal = output.terminal(context);
    try {
      if (follow) {
        return follow(terminal);
      }
      AlertLog alerts = new AlertLog(log.directory());
      if (output.json() && !count) {
        return printJson(alerts, terminal);
      }
      AlertBook book = new AlertBook(filter, MOST_HELD);
      alerts.read(book);
      print(book.list(), terminal);
      notes(alerts, book.forgotten(), terminal);
      return ExitCode.DONE.number();
    } catch (IOException e) {
      return Failures.report(terminal, e).number();
    }
  }

  private void print(List<ShownAlert> alerts, Terminal terminal) {
    if (count) {
      counts(alerts, terminal);
      return;
    }
    TextTable table =
        new TextTable(
            "ID",
            "TIME (UTC)",
            "SEVERITY",
            "EQUIPMENT",
            "VENDOR",
            "ENDPOINT",
            "NAME",
            "TIMES",
            "WHAT");
    for (ShownAlert alert : alerts) {
      table.row(
          shortId(alert.id()),
          AlertLine.time(alert.timeNanos()).substring(0, 19),
          alert.severity().id(),
          alert.equipment(),
          alert.vendor() == null ? "-" : alert.vendor(),
          alert.endpoint(),
          alert.name() == null ? "-" : alert.name(),
          Long.toString(alert.count()),
          alert.what());
    }
    int columns = terminal.outIsTerminal() ? terminal.columns() : Integer.MAX_VALUE;
    if (table.isLegible(columns)) {
      List<String> lines = table.lines(columns, terminal.color());
      terminal.out().println(lines.getFirst());
      for (int i = 0; i < alerts.size(); i++) {
        terminal
            .out()
            .println(Ansi.of(alerts.get(i).severity()).paint(lines.get(i + 1), terminal.color()));
      }
    } else {
      alerts.forEach(alert -> block(alert, terminal));
    }
    terminal.out().println(Plural.of(alerts.size(), "alert", "alerts"));
  }

  /** An alert on a terminal that is too narrow for a row: nothing of it is cut. */
  private static void block(ShownAlert alert, Terminal terminal) {
    String vendor = alert.vendor() == null ? "" : " (" + alert.vendor() + ")";
    String name =
        alert.name() == null || alert.endpoint().startsWith(alert.name()) ? "" : " " + alert.name();
    String first =
        String.join(
            "  ",
            shortId(alert.id()),
            AlertLine.time(alert.timeNanos()).substring(0, 19),
            alert.severity().id(),
            Plural.of(alert.count(), "time", "times"));
    terminal.out().println(Ansi.of(alert.severity()).paint(first, terminal.color()));
    terminal
        .out()
        .println("  " + Visible.text(alert.equipment() + vendor + " → " + alert.endpoint() + name));
    terminal.out().println("  " + Visible.text(alert.what()));
  }

  private void counts(List<ShownAlert> alerts, Terminal terminal) {
    Map<Severity, Long> bySeverity = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      bySeverity.put(
          severity, alerts.stream().filter(alert -> alert.severity() == severity).count());
    }
    if (output.json()) {
      StringBuilder json = new StringBuilder("{\"alerts\":" + alerts.size());
      bySeverity.forEach((s, n) -> json.append(",\"").append(s.id()).append("\":").append(n));
      terminal.out().println(json.append('}'));
      return;
    }
    bySeverity.forEach((s, n) -> terminal.out().println(String.format("%-9s %d", s.id(), n)));
    terminal.out().println(String.format("%-9s %d", "all", alerts.size()));
  }

  /** Two passes: which revision of an alert is the last is known only after the first. */
  private int printJson(AlertLog alerts, Terminal terminal) throws IOException {
    AlertBook book = new AlertBook(filter, MOST_HELD);
    alerts.read(book);
    Map<String, Integer> wanted = new LinkedHashMap<>();
    book.list().forEach(alert -> wanted.put(alert.id(), alert.revision()));
    new AlertLog(log.directory())
        .read(logged -> {
          Integer revision = wanted.get(logged.alert().id());
          if (revision != null && revision == logged.alert().revision()) {
            wanted.remove(logged.alert().id());
            terminal.out().println(logged.line());
          }
        });
    notes(alerts, book.forgotten(), terminal);
    return ExitCode.DONE.number();
  }

  private int follow(Terminal terminal) throws IOException {
    AlertFollower follower = new AlertFollower(log.directory());
    context.drain().onStop(follower::stop);
    follower.follow(logged -> {
      if (filter.passes(logged.alert())) {
        terminal
            .out()
            .println(
                output.json()
                    ? logged.line()
                    : AlertLine.of(logged.alert(), terminal.color())
                        + (logged.alert().revision() > 1
                            ? " (revision " + logged.alert().revision() + ")"
                            : ""));
        if (terminal.out().checkError()) {
          follower.stop();
        }
      }
    });
    return ExitCode.DONE.number();
  }

  private void notes(AlertLog alerts, long forgotten, Terminal terminal) {
    if (forgotten > 0) {
      String oldest = Plural.of(forgotten, "oldest alert is", "oldest alerts are");
      terminal.err().println("note: the " + oldest + " not shown; narrow with --since");
    }
    if (alerts.skipped() > 0 && !output.quiet()) {
      String lines = Plural.of(alerts.skipped(), "line", "lines");
      terminal.err().println("note: " + lines + " could not be read");
    }
  }

  LogDirectoryOption log() {
    return log;
  }

  static String shortId(String id) {
    return id.substring(0, Math.min(SHOWN_OF_ID, id.length()));
  }
}
