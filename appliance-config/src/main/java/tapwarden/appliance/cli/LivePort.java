package tapwarden.appliance.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.console.ConsoleOptions;
import tapwarden.appliance.console.ConsoleServer;
import tapwarden.appliance.console.MetricsSource;
import tapwarden.capture.count.Counter;
import tapwarden.inspect.alert.Alert;

/** Joins a running session to the live port, and passes everything on to another listener. */
final class LivePort implements SessionListener, AutoCloseable {
  private final SessionListener next;
  private final SessionMetrics metrics = new SessionMetrics();
  private @Nullable ConsoleServer server;

  private LivePort(SessionListener next) {
    this.next = next;
  }

  /** Opens the port before the session starts, so that it can say that nothing is ready yet. */
  static LivePort open(ConsoleOptions options, SessionListener next) throws IOException {
    LivePort port = new LivePort(next);
    if (options.enabled()) {
      Instant now = Instant.now();
      long micros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
      ConsoleServer server = ConsoleServer.open(options, port.metrics, micros);
      port.server = server;
      String host = server.address().getAddress().getHostAddress();
      String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      next.notice("live port: http://" + shown + ":" + server.address().getPort() + "/");
    }
    return port;
  }

  @Override
  public void started(SessionView session) {
    metrics.session = session;
    next.started(session);
  }

  @Override
  public void alert(Alert alert) {
    next.alert(alert);
  }

  @Override
  public void eve(byte[] bytes, int length, boolean isAlert) {
    ConsoleServer open = server;
    if (isAlert && open != null) {
      open.alerts().publish(Arrays.copyOf(bytes, length));
    }
    next.eve(bytes, length, isAlert);
  }

  @Override
  public void notice(String sentence) {
    next.notice(sentence);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }

  /** The numbers of the session, or zeros before it started. */
  private static final class SessionMetrics implements MetricsSource {
    private volatile @Nullable SessionView session;

    @Override
    public long counter(Counter counter) {
      SessionView view = session;
      return view == null ? 0 : view.counters().sum(counter);
    }

    @Override
    public Map<String, Histogram> latencies() {
      SessionView view = session;
      return view == null ? Map.of() : view.latencies();
    }

    @Override
    public List<Gauge> gauges() {
      Runtime runtime = Runtime.getRuntime();
      double startSeconds = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
      return List.of(
          new Gauge(
              "process_start_time_seconds", "When the process started, since 1970.", startSeconds),
          new Gauge("ready", "1 when the appliance can do its work.", notReady().isEmpty() ? 1 : 0),
          new Gauge(
              "heap_used_bytes", "Java heap in use.", runtime.totalMemory() - runtime.freeMemory()),
          new Gauge("heap_max_bytes", "Most Java heap there can be.", runtime.maxMemory()));
    }

    @Override
    public List<String> notReady() {
      SessionView view = session;
      return view == null ? List.of("the session has not started") : view.notReady();
    }
  }
}
