package tapwarden.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
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

/** {@code tapwarden run}: inspects live interfaces until it is told to stop. */
@Command(
    name = "run",
    header = "Inspects live interfaces, under systemd or in the foreground.",
    footer = {
      "",
      "SIGTERM or Ctrl-C (SIGINT) ends it in order: what is under way is inspected and written. So",
      "does SIGHUP, which a terminal sends when it closes; a service without a terminal goes on"
          + " and",
      "says so, because a restart is what makes it read its configuration again.",
      "While it runs, the live port (127.0.0.1:7400 unless configured) serves /health/live,",
      "/health/ready, /metrics and /alerts.",
      "",
      "Examples:",
      "  tapwarden run -i eth1",
      "  tapwarden run -i eth1 -i eth2 -c site.yaml -l /var/log/tapwarden",
      "  tapwarden run -i eth1 -- not port 22"
    })
final class RunCommand implements Callable<Integer>, FilterOptions.User {
  private static final Path SERVICE_LOG_DIRECTORY = Path.of("/var/log/tapwarden");

  private static final String GOES_ON =
      "SIGHUP: the run goes on unchanged; a restart reads the configuration again";

  private final CommandContext context;

  @Option(
      names = {"-i", "--interface"},
      paramLabel = "IFACE",
      description = "Interface to listen to. May be repeated. 'tapwarden interfaces' lists them.")
  private List<String> interfaces = new ArrayList<>();

  @Option(
      names = {"-l", "--log-dir"},
      paramLabel = "DIR",
      description =
          "Where eve.json, coverage.json and evidence/ go. Default: /var/log/tapwarden if it can be"
              + " written, else tapwarden-out/ in the working folder.")
  private @Nullable Path logDirectory;

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private FilterOptions filter = new FilterOptions();

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

  @Option(names = "--workers", paramLabel = "N", description = "Threads that inspect.")
  private @Nullable String workers;

  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  RunCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = Specs.commandLine(spec);
    String expression = filter.expression(command, context);
    LoadedConfig loaded = config.load(command, context, flags());
    if (!ConfigOptions.report(loaded, context)) {
      return ExitCode.CONFIGURATION_INVALID.number();
    }
    if (loaded.config().capture().interfaces().isEmpty()) {
      throw new CommandLine.ParameterException(
          command,
          "name an interface with -i, or as capture.interfaces in the configuration;"
              + " 'tapwarden interfaces' lists them");
    }
    Terminal terminal = output.terminal(context);
    try (SessionPrinter printer = new SessionPrinter(terminal, output, false);
        LivePort port = LivePort.open(loaded.config().console(), printer)) {
      if (!terminal.outIsTerminal() && !terminal.errIsTerminal()) {
        context.drain().onHangUp(() -> printer.notice(GOES_ON));
      }
      SessionResult result =
          context
              .services()
              .run(
                  new RunRequest(loaded.config(), directory(), expression),
                  new DrainingListener(port, context.drain()));
      printer.summary(result.coverage());
      return (Failures.lost(terminal, result) ? ExitCode.FAILED : ExitCode.DONE).number();
    } catch (IOException e) {
      return Failures.report(terminal, e).number();
    }
  }

  private List<ConfigOverride> flags() {
    List<ConfigOverride> flags = new ArrayList<>();
    if (!interfaces.isEmpty()) {
      flags.add(ConfigOverride.flag("-i", "capture.interfaces", String.join(",", interfaces)));
    }
    if (events != null) {
      flags.add(ConfigOverride.flag("--events", "eve.events", events));
    }
    if (workers != null) {
      flags.add(ConfigOverride.flag("--workers", "ring.workers", workers));
    }
    return flags;
  }

  private Path directory() {
    if (logDirectory != null) {
      return logDirectory;
    }
    return Files.isWritable(SERVICE_LOG_DIRECTORY)
        ? SERVICE_LOG_DIRECTORY
        : ReplayCommand.DEFAULT_LOG_DIRECTORY;
  }
}
