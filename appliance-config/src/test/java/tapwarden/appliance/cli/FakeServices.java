package tapwarden.appliance.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import tapwarden.appliance.ops.DrainOnExit;
import tapwarden.capture.count.Counters;
import tapwarden.capture.source.Damage;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.equipment.InventoryEntry;

/** An engine that finds what a test tells it to, and a terminal that keeps what is printed. */
final class FakeServices implements CommandServices {
  final List<ReplayRequest> replays = new ArrayList<>();
  final List<RunRequest> runs = new ArrayList<>();
  final List<ExplainRequest> explains = new ArrayList<>();
  final List<Alert> alerts = new ArrayList<>();
  final List<String> eveLines = new ArrayList<>();
  final List<InventoryEntry> inventory = new ArrayList<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Files of these names cannot be opened. */
  String missing = "missing.pcap";

  /** Files of these names are damaged. */
  String damaged = "damaged.pcap";

  /** Width of the terminal that standard output is; 0 if it is none. */
  int terminalColumns;

  int execute(String... arguments) {
    return execute(Map.of(), arguments);
  }

  int execute(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminalColumns > 0,
            false,
            false,
            terminalColumns > 0 ? terminalColumns : 100);
    return Tapwarden.execute(
        List.of(arguments), this, terminal, environment, new DrainOnExit(Duration.ofSeconds(1)));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public SessionResult replay(ReplayRequest request, SessionListener listener) throws IOException {
    replays.add(request);
    if (request.captures().toString().contains(missing)) {
      throw new CaptureException("there is no file " + missing);
    }
    listener.started(new View());
    alerts.forEach(listener::alert);
    for (String line : eveLines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      listener.eve(bytes, bytes.length, line.contains("\"alert\""));
    }
    boolean isDamaged = request.captures().toString().contains(damaged);
    return new SessionResult(coverage(isDamaged), inventory);
  }

  @Override
  public SessionResult run(RunRequest request, SessionListener listener) {
    runs.add(request);
    listener.started(new View());
    return new SessionResult(coverage(false), List.of());
  }

  @Override
  public SessionResult explain(ExplainRequest request, Consumer<String> lines) {
    explains.add(request);
    lines.accept("Frame 1");
    return new SessionResult(coverage(false), List.of());
  }

  private Coverage coverage(boolean isDamaged) {
    List<Damage> damage = isDamaged ? List.of(new Damage(0, 1, "cut off")) : List.of();
    Map<Severity, Long> bySeverity = new java.util.EnumMap<>(Severity.class);
    alerts.stream()
        .filter(alert -> alert.revision() == 1)
        .forEach(alert -> bySeverity.merge(alert.severity(), 1L, Long::sum));
    return new Coverage(
        new Coverage.Frames(1204, 0, 0, 0, Map.of(), 0, 1204, 1204, 0),
        Map.of(),
        Map.of(),
        88,
        3,
        bySeverity,
        List.of(
            new Coverage.Input(
                "x", Coverage.Digest.NOT_WANTED, null, 0, 0, null, null, damage, Outages.NONE)),
        List.of(),
        new Coverage.Mirror(0, 0, 0, 0, 0),
        Map.of());
  }

  private static final class View implements SessionView {
    @Override
    public Progress progress() {
      return new Progress(0, 0, 0, 0);
    }

    @Override
    public Counters counters() {
      return new Counters();
    }

    @Override
    public Map<String, Histogram> latencies() {
      return Map.of();
    }

    @Override
    public List<String> notReady() {
      return List.of();
    }

    @Override
    public void stop() {}
  }
}
