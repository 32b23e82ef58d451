package tapwarden.appliance.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tapwarden.appliance.config.Visible;

/** {@code tapwarden alerts show}: everything about one alert. */
@Command(
    name = "show",
    header = "Explains one alert: why it was raised, the packets that prove it, its revisions.",
    footer = {"", "Example:", "  tapwarden alerts show -l tapwarden-out k3jq7"})
final class AlertsShowCommand implements Callable<Integer> {
  private static final int MOST_REVISIONS = 10_000;
  private static final int MOST_PACKETS_SHOWN = 20;

  private final CommandContext context;

  @ParentCommand private @Nullable AlertsCommand alerts;

  @Mixin private LogDirectoryOption log = new LogDirectoryOption();

  @Parameters(paramLabel = "ID", description = "The alert's id, or its first letters.")
  private String id = "";

  @Mixin private OutputOptions output = new OutputOptions();

  AlertsShowCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Terminal terminal = output.terminal(context);
    String wanted = id.toLowerCase(Locale.ROOT);
    List<LoggedAlert> revisions = new ArrayList<>();
    TreeSet<String> ids = new TreeSet<>();
    try {
      new AlertLog(log.directory(alerts == null ? null : alerts.log()))
          .read(logged -> {
            String found = logged.alert().id();
            if (found.toLowerCase(Locale.ROOT).startsWith(wanted)
                && revisions.size() < MOST_REVISIONS) {
              ids.add(found);
              revisions.add(logged);
            }
          });
    } catch (IOException e) {
      return Failures.report(terminal, e).number();
    }
    if (ids.size() != 1) {
      terminal
          .err()
          .println(
              ids.isEmpty()
                  ? "error: there is no alert " + Visible.text(id)
                  : "error: several alerts begin so: "
                      + Visible.text(String.join(" ", ids.stream().limit(10).toList())));
      return ExitCode.FAILED.number();
    }
    revisions.sort(Comparator.comparingInt(logged -> logged.alert().revision()));
    if (output.json()) {
      revisions.forEach(logged -> terminal.out().println(logged.line()));
    } else {
      print(revisions, terminal);
    }
    return ExitCode.DONE.number();
  }

  private void print(List<LoggedAlert> revisions, Terminal terminal) {
    LoggedAlert last = revisions.getLast();
    ShownAlert alert = last.alert();
    JsonTree own = last.json().object("tapwarden");
    PrintStream out = terminal.out();
    boolean color = terminal.color();
    out.println(Ansi.BOLD.paint(Visible.text(alert.what()), color));
    field(
        out,
        "severity",
        Ansi.of(alert.severity()).paint(alert.severity().id(), color)
            + " (score "
            + alert.score()
            + ")");
    field(out, "equipment", equipment(alert, own.object("equipment")));
    field(out, "endpoint", endpoint(alert, own.object("endpoint")));
    if (!alert.further().isEmpty()) {
      field(
          out,
          "and",
          Visible.text(
              alert.further().stream()
                  .map(ShownAlert.Further::text)
                  .collect(Collectors.joining(" "))));
    }
    field(
        out, "detector", Visible.text(alert.detector()) + ", stage " + Visible.text(alert.stage()));
    field(out, "first seen", AlertLine.time(alert.firstSeenNanos()) + " UTC");
    field(out, "last seen", AlertLine.time(alert.lastSeenNanos()) + " UTC");
    field(out, "times", Long.toString(alert.count()));
    out.println("  because");
    alert.because().forEach(reason -> out.println("    - " + Visible.text(reason)));
    evidence(out, own.object("evidence"));
    out.println("  revisions");
    for (LoggedAlert logged : revisions) {
      ShownAlert revision = logged.alert();
      out.println(
          String.format(
              Locale.ROOT,
              "    %d  %s  %-8s score %d  stage %s  %s",
              revision.revision(),
              AlertLine.time(revision.lastSeenNanos()),
              revision.severity().id(),
              revision.score(),
              Visible.text(revision.stage()),
              Plural.of(revision.count(), "time", "times")));
    }
    field(out, "id", Visible.text(alert.id()));
  }

  private static void field(PrintStream out, String name, String value) {
    out.println(String.format(Locale.ROOT, "  %-11s %s", name, value));
  }

  private static String equipment(ShownAlert alert, JsonTree json) {
    StringBuilder text = new StringBuilder(Visible.text(alert.equipment()));
    if (alert.vendor() != null) {
      text.append(", ").append(Visible.text(alert.vendor()));
    }
    if (alert.role() != null) {
      text.append(", ").append(Visible.text(alert.role()));
    }
    List<String> identifiedBy = json.texts("identified_by");
    if (!identifiedBy.isEmpty()) {
      text.append(" (known by ").append(Visible.text(String.join(", ", identifiedBy))).append(')');
    }
    return text.toString();
  }

  private static String endpoint(ShownAlert alert, JsonTree json) {
    StringBuilder text = new StringBuilder(Visible.text(alert.endpoint()));
    if (alert.name() != null && alert.address() != null) {
      text.append("  ").append(Visible.text(alert.name()));
      String source = json.text("name_source");
      text.append(source == null ? "" : " (from " + Visible.text(source) + ")");
    }
    return text.toString();
  }

  private static void evidence(PrintStream out, JsonTree evidence) {
    String pcapng = evidence.text("pcapng");
    List<JsonTree> packets = evidence.objects("packets");
    if (pcapng != null) {
      field(out, "evidence", Visible.text(pcapng));
    }
    if (!packets.isEmpty()) {
      List<String> numbers =
          packets.stream()
              .limit(MOST_PACKETS_SHOWN)
              .map(packet -> Long.toString(packet.number("number")))
              .toList();
      field(
          out,
          "packets",
          String.join(" ", numbers) + (packets.size() > MOST_PACKETS_SHOWN ? " …" : ""));
    }
  }
}
