package tapwarden.appliance.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapwarden.appliance.config.ConfigOverride;
import tapwarden.appliance.config.LoadedConfig;
import tapwarden.appliance.config.TapwardenConfig;
import tapwarden.appliance.config.Visible;
import tapwarden.capture.source.file.CaptureFiles;
import tapwarden.inspect.alert.Severity;

/** {@code tapwarden replay}: inspects captures and prints what they show. */
@Command(
    name = "replay",
    header = "Inspects captures and prints an alert a line, then what was seen.",
    footer = {
      "",
      "Examples:",
      "  tapwarden replay case.pcap",
      "  tapwarden replay -l out -e equipment.yaml -n c2.txt captures/",
      "  zcat big.pcap.gz | tapwarden replay --json - | jq .alert.signature",
      "  tapwarden replay case.pcap -- host 203.0.113.9 and tcp",
      "  tapwarden replay --each --fail-on-alert=high -l out a.pcap b.pcap"
    })
final class ReplayCommand implements Callable<Integer>, FilterOptions.User {
  static final Path DEFAULT_LOG_DIRECTORY = Path.of("tapwarden-out");

  private final CommandContext context;

  @Mixin private CaptureArguments captures = new CaptureArguments();

  @Option(
      names = {"-l", "--log-dir"},
      paramLabel = "DIR",
      description =
          "Where eve.json, coverage.json and evidence/ go. Default: tapwarden-out/ in the working"
              + " folder.")
  private Path logDirectory = DEFAULT_LOG_DIRECTORY;

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(
      names = "--each",
      description =
          "Inspects every capture by itself, with fresh state, in DIR/0001-<file name>/, 0002-…,"
              + " and goes on after a failure. A file that is refused as a capture is damaged input"
              + " there.")
  private boolean each;

  @Option(
      names = "--events",
      paramLabel = "LIST",
      completionCandidates = EventTypes.class,
      description = {
        "Which EVE events to write: alert,flow,dns,…, or all, or none;",
        "tls/10 writes those of one flow in ten.",
        "Types: ${COMPLETION-CANDIDATES}"
      })
  private @Nullable String events;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that inspect. The result does not depend on it.")
  private @Nullable String workers;

  @Option(
      names = "--no-input-hash",
      description = "Leaves the SHA-256 of the captures out of coverage.json.")
  private boolean noInputHash;

  @Option(
      names = "--fail-on-alert",
      arity = "0..1",
      paramLabel = "SEVERITY",
      fallbackValue = "low",
      description = "Exits with 10 if there is an alert of at least this severity (default: any).")
  private @Nullable Severity failOnAlert;

  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  ReplayCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = Specs.commandLine(spec);
    String expression = filter.expression(command, context);
    List<Path> inputs = captures.all(command);
    LoadedConfig loaded = config.load(command, context, flags());
    if (!ConfigOptions.report(loaded, context)) {
      return ExitCode.CONFIGURATION_INVALID.number();
    }
    Session session = new Session(loaded.config(), expression);
    if (!each) {
      return session.replay(inputs, logDirectory).number();
    }
    List<Path> alone = EachCapture.expand(inputs, this::noteSkipped);
    ExitCode gravest = ExitCode.DONE;
    for (int i = 0; i < alone.size() && !context.drain().isDraining(); i++) {
      Path directory = logDirectory.resolve(EachCapture.directoryName(i + 1, alone.get(i)));
      if (!output.json() && !output.quiet()) {
        context.terminal().out().println("== " + Specs.shown(alone.get(i)));
      }
      gravest = gravest.or(session.replay(List.of(alone.get(i)), directory));
    }
    return gravest.number();
  }

  private void noteSkipped(CaptureFiles.Skipped skipped) {
    if (!output.quiet()) {
      String sentence = "skipped " + skipped.path() + ": " + skipped.why();
      context.terminal().err().println("note: " + Visible.text(sentence));
    }
  }

  private List<ConfigOverride> flags() {
    List<ConfigOverride> flags = new ArrayList<>();
    if (events != null) {
      flags.add(ConfigOverride.flag("--events", "eve.events", events));
    }
    if (workers != null) {
      flags.add(ConfigOverride.flag("--workers", "ring.workers", workers));
    }
    return flags;
  }

  /** One replay with everything that is printed of it. */
  private final class Session {
    private final TapwardenConfig loaded;
    private final @Nullable String expression;

    Session(TapwardenConfig loaded, @Nullable String expression) {
      this.loaded = loaded;
      this.expression = expression;
    }

    ExitCode replay(List<Path> inputs, Path directory) {
      Terminal terminal = output.terminal(context);
      try (SessionPrinter printer = new SessionPrinter(terminal, output, true)) {
        SessionListener listener = new DrainingListener(printer, context.drain());
        SessionResult result =
            context
                .services()
                .replay(
                    new ReplayRequest(loaded, inputs, directory, expression, !noInputHash, each),
                    listener);
        printer.summary(result.coverage());
        ExitCode code = exitCode(result.coverage());
        return Failures.lost(terminal, result) ? code.or(ExitCode.FAILED) : code;
      } catch (IOException e) {
        return Failures.report(terminal, e);
      }
    }
  }

  private ExitCode exitCode(Coverage coverage) {
    if (coverage.isDamaged()) {
      return ExitCode.INPUT_DAMAGED;
    }
    return failOnAlert != null && coverage.alertsFrom(failOnAlert) > 0
        ? ExitCode.ALERTS_FOUND
        : ExitCode.DONE;
  }

  /** Lower case on the command line. */
  static Severity severity(String word) {
    for (Severity severity : Severity.values()) {
      if (severity.id().equalsIgnoreCase(word)) {
        return severity;
      }
    }
    throw new CommandLine.TypeConversionException(
        "'" + word + "' is none of critical, high, medium, low");
  }
}
