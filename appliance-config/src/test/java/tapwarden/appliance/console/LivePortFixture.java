package tapwarden.appliance.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import tapwarden.capture.count.Counter;

/** A live port on a free port of loopback, with numbers that a test sets. */
final class LivePortFixture implements AutoCloseable {
  static final long FIRST_ID = 1000;

  final Map<Counter, Long> counters = new ConcurrentHashMap<>();
  final Map<String, Histogram> latencies = new ConcurrentHashMap<>();
  final List<String> notReady = new CopyOnWriteArrayList<>();
  final ConsoleServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  LivePortFixture(int maxConnections, int keptAlerts, Duration timeout) throws IOException {
    ConsoleOptions options =
        new ConsoleOptions(
            true,
            "127.0.0.1",
            0,
            List.of("sensor.example.net"),
            maxConnections,
            keptAlerts,
            64L << 20,
            timeout,
            timeout);
    server = ConsoleServer.open(options, new Numbers(), FIRST_ID);
  }

  LivePortFixture() throws IOException {
    this(64, 4096, Duration.ofSeconds(10));
  }

  int port() {
    return server.address().getPort();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<InputStream> open(String path, String lastEventId)
      throws IOException, InterruptedException {
    return client.send(
        request(path).header("Last-Event-ID", lastEventId).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  /** Sends the text as it is and returns all that comes back until the end of the connection. */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", port()), 5_000);
    socket.setSoTimeout(20_000);
    return socket;
  }

  void publish(String line) {
    server.alerts().publish(line.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of a metric as it is served. */
  double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  private final class Numbers implements MetricsSource {
    @Override
    public long counter(Counter counter) {
      return counters.getOrDefault(counter, 0L);
    }

    @Override
    public Map<String, Histogram> latencies() {
      return latencies;
    }

    @Override
    public List<Gauge> gauges() {
      return List.of(new Gauge("heap_max_bytes", "Most heap.", 5));
    }

    @Override
    public List<String> notReady() {
      return notReady;
    }
  }
}
