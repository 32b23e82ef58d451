package tapwarden.appliance.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultChannelId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tapwarden.capture.count.Counter;

@Timeout(60)
class ConsoleServerTest {
  private static final String HOST = "Host: localhost\r\n";

  @Test
  void saysThatItIsAlive() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      HttpResponse<String> response = port.get("/health/live");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("alive\n");
    }
  }

  @Test
  void saysWhyItIsNotReady() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      assertThat(port.get("/health/ready").statusCode()).isEqualTo(200);
      port.notReady.add("eth1 is down");
      HttpResponse<String> response = port.get("/health/ready");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).isEqualTo("{\"ready\":false,\"why\":[\"eth1 is down\"]}\n");
    }
  }

  @Test
  void exportsEveryCounterEvenWhileItIsZero() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      port.counters.put(Counter.FRAMES_DELIVERED, 12_345L);
      String text = port.get("/metrics").body();
      for (Counter counter : Counter.values()) {
        assertThat(text).contains("# TYPE tapwarden_" + counter.id() + " counter\n");
      }
      assertThat(text)
          .contains("\ntapwarden_frames_delivered_total 12345\n")
          .contains("\ntapwarden_frames_quarantined_total 0\n")
          .contains("\ntapwarden_heap_max_bytes 5.0\n")
          .endsWith("# EOF\n");
    }
  }

  @Test
  void countsLatenciesInCumulativeBucketsOfSeconds() throws Exception {
    Histogram histogram = new Histogram(60_000_000_000L, 3);
    histogram.recordValue(20_000); // 20 µs
    histogram.recordValue(20_000);
    histogram.recordValue(2_000_000); // 2 ms
    try (LivePortFixture port = new LivePortFixture()) {
      port.latencies.put("capture_to_alert", histogram);
      String text = port.get("/metrics").body();
      assertThat(text)
          .contains("tapwarden_capture_to_alert_seconds_bucket{le=\"1.0E-5\"} 0\n")
          .contains("tapwarden_capture_to_alert_seconds_bucket{le=\"2.5E-5\"} 2\n")
          .contains("tapwarden_capture_to_alert_seconds_bucket{le=\"0.001\"} 2\n")
          .contains("tapwarden_capture_to_alert_seconds_bucket{le=\"0.0025\"} 3\n")
          .contains("tapwarden_capture_to_alert_seconds_bucket{le=\"+Inf\"} 3\n")
          .contains("tapwarden_capture_to_alert_seconds_count 3\n");
    }
  }

  @Test
  void everyAnswerForbidsWhatABrowserCouldBeTalkedInto() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      Map<String, List<String>> headers = port.get("/health/live").headers().map();
      assertThat(headers)
          .containsEntry("x-content-type-options", List.of("nosniff"))
          .containsEntry("x-frame-options", List.of("DENY"))
          .containsEntry("cache-control", List.of("no-store"))
          .containsKey("content-security-policy")
          .doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void refusesANameThatIsNotOurs() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      assertThat(port.raw("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
          .startsWith("HTTP/1.1 421 ");
      assertThat(port.raw("GET /health/live HTTP/1.1\r\nHost: sensor.example.net:80\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
      assertThat(port.raw("GET /health/live HTTP/1.1\r\nHost: [::1]:7400\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
      assertThat(port.raw("GET /health/live HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(port.raw("GET /alerts HTTP/1.1\r\n" + HOST + "Sec-Fetch-Site: cross-site\r\n\r\n"))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void refusesOtherMethodsAndBodies() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      assertThat(port.raw("POST /metrics HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n"))
          .startsWith("HTTP/1.1 405 ")
          .containsIgnoringCase("allow: GET, HEAD");
      assertThat(port.raw("GET / HTTP/1.1\r\n" + HOST + "Content-Length: 1000000000\r\n\r\n"))
          .startsWith("HTTP/1.1 413 ");
      assertThat(port.raw("GET / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n"))
          .startsWith("HTTP/1.1 413 ");
      assertThat(port.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotStartWith("HTTP/1.1 200");
    }
  }

  @Test
  void headGivesTheHeadAlone() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      assertThat(port.raw("HEAD /health/live HTTP/1.1\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("content-length: 6")
          .endsWith("\r\n\r\n");
      assertThat(port.raw("HEAD /alerts HTTP/1.1\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void refusesALongLineAndALongHeader() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      assertThat(port.raw("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.1 414 ");
      assertThat(port.raw("GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(10_000) + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ");
      assertThat(port.metric("tapwarden_live_port_requests_refused_total")).isEqualTo(2);
    }
  }

  @Test
  void answersOneRequestOnAConnectionAndNoMore() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      String one = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";
      String answer = port.raw(one + one);
      assertThat(answer.split("HTTP/1.1 200", -1)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void dropsAClientThatSendsItsRequestTooSlowly() throws Exception {
    try (LivePortFixture port = new LivePortFixture(8, 16, Duration.ofMillis(400));
        Socket socket = port.connect()) {
      long start = System.nanoTime();
      int answer = 0;
      try {
        socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 100; i++) {
          socket.getOutputStream().write("X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
          Thread.sleep(50);
        }
        answer = socket.getInputStream().read();
      } catch (IOException reset) {
        answer = -1;
      }
      assertThat(answer).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(port.metric("tapwarden_live_port_clients_slow_total")).isEqualTo(1);
    }
  }

  /** As many as there may be, and a hundred more, none of which asks for anything. */
  @Test
  void answersAtOnceHoweverManyIdleClientsThereAre() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try (LivePortFixture port = new LivePortFixture(64, 16, Duration.ofSeconds(60))) {
      for (int i = 0; i < 164; i++) {
        idle.add(port.connect());
      }
      // The fixture's patience is 20 seconds, the idle ones have a minute.
      assertThat(port.raw("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.1 200 ");
      assertThat(port.get("/metrics").statusCode()).isEqualTo(200);
      // The oldest made room, the newest are still there.
      assertThat(readOrReset(idle.getFirst())).isEqualTo(-1);
      idle.getLast()
          .getOutputStream()
          .write(("GET / HTTP/1.1\r\n" + HOST + "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(readOrReset(idle.getLast())).isEqualTo('H');
      assertThat(port.metric("tapwarden_live_port_clients_refused_total"))
          .isGreaterThanOrEqualTo(101);
      assertThat(port.metric("tapwarden_live_port_connections")).isLessThanOrEqualTo(64);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void listenersLeaveRoomForOtherRequests() throws Exception {
    try (LivePortFixture port = new LivePortFixture(4, 16, Duration.ofSeconds(60));
        InputStream first = port.open("/alerts", "0").body();
        InputStream second = port.open("/alerts", "0").body();
        InputStream third = port.open("/alerts", "0").body()) {
      assertThat(port.raw("GET /alerts HTTP/1.1\r\n" + HOST + "\r\n"))
          .startsWith("HTTP/1.1 503 ")
          .endsWith("too many clients listen to alerts\n");
      for (int i = 0; i < 10; i++) {
        assertThat(port.get("/health/live").statusCode()).isEqualTo(200);
      }
      assertThat(port.metric("tapwarden_live_port_alert_clients")).isEqualTo(3);
      port.publish("{}");
      for (InputStream listener : List.of(first, second, third)) {
        assertThat(listener.read()).isEqualTo('i');
      }
    }
  }

  @Test
  void turnsAClientAwayWhereAllOthersListen() throws Exception {
    try (LivePortFixture port = new LivePortFixture(1, 16, Duration.ofSeconds(60));
        InputStream listener = port.open("/alerts", "0").body()) {
      try (Socket refused = port.connect()) {
        assertThat(readOrReset(refused)).isEqualTo(-1);
      }
      port.publish("{}");
      assertThat(listener.read()).isEqualTo('i');
    }
  }

  @Test
  void nettyIsToldAMachineIdAndSearchesNone() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      assertThat(port.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(DefaultChannelId.newInstance().asLongText()).startsWith("0200000000000001-");
    }
  }

  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return -1;
    }
  }

  @Test
  void streamsAlertsWithRisingNumbers() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      HttpResponse<InputStream> response = port.open("/alerts", "0");
      assertThat(response.headers().firstValue("content-type"))
          .contains("text/event-stream; charset=utf-8");
      try (BufferedReader lines = reader(response)) {
        port.publish("{\"a\":1}");
        port.publish("{\"a\":2}");
        assertThat(next(lines, 6))
            .containsExactly("id: 1000", "data: {\"a\":1}", "", "id: 1001", "data: {\"a\":2}", "");
      }
    }
  }

  @Test
  void goesOnAfterTheAlertThatAClientHadLast() throws Exception {
    try (LivePortFixture port = new LivePortFixture()) {
      for (int i = 0; i < 5; i++) {
        port.publish("{\"a\":" + i + "}");
      }
      try (BufferedReader lines = reader(port.open("/alerts", "1002"))) {
        assertThat(next(lines, 5))
            .containsExactly("id: 1003", "data: {\"a\":3}", "", "id: 1004", "data: {\"a\":4}");
      }
    }
  }

  @Test
  void tellsAClientWhichAlertsAreGoneForGood() throws Exception {
    try (LivePortFixture port = new LivePortFixture(8, 2, Duration.ofSeconds(10))) {
      for (int i = 0; i < 5; i++) {
        port.publish("{\"a\":" + i + "}");
      }
      try (BufferedReader lines = reader(port.open("/alerts", "1000"))) {
        assertThat(next(lines, 5))
            .containsExactly(
                "event: missed", "data: {\"before\":1003}", "", "id: 1003", "data: {\"a\":3}");
      }
    }
  }

  @Test
  void aLineEndInAnAlertCannotForgeAnEvent() throws Exception {
    try (LivePortFixture port = new LivePortFixture();
        BufferedReader lines = reader(port.open("/alerts", "0"))) {
      port.publish("{}\n\nevent: forged\ndata: x");
      assertThat(next(lines, 3)).containsExactly("id: 1000", "data: {}  event: forged data: x", "");
    }
  }

  @Test
  void dropsAReaderThatFallsTooFarBehindAndNeverHoldsUpThePublisher() throws Exception {
    try (LivePortFixture port = new LivePortFixture(8, 64, Duration.ofSeconds(30));
        Socket slow = port.connect()) {
      slow.getOutputStream()
          .write(("GET /alerts HTTP/1.1\r\n" + HOST + "\r\n").getBytes(StandardCharsets.US_ASCII));
      while (port.metric("tapwarden_live_port_alert_clients") < 1) {
        Thread.sleep(10);
      }
      String alert = "{\"fill\":\"" + "x".repeat(8_000) + "\"}";
      long longest = 0;
      for (int i = 0; i < 3_000; i++) {
        long start = System.nanoTime();
        port.publish(alert);
        longest = Math.max(longest, System.nanoTime() - start);
        if (i % 100 == 0) {
          Thread.sleep(5);
        }
      }
      assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1));
      for (int i = 0; i < 500 && port.metric("tapwarden_live_port_clients_slow_total") < 1; i++) {
        Thread.sleep(10);
      }
      assertThat(port.metric("tapwarden_live_port_clients_slow_total")).isEqualTo(1);
      assertThat(port.metric("tapwarden_live_port_alert_clients")).isZero();
    }
  }

  @Test
  void dropsAReaderThatStopsReading() throws Exception {
    try (LivePortFixture port = new LivePortFixture(8, 4096, Duration.ofMillis(500));
        Socket slow = port.connect()) {
      slow.getOutputStream()
          .write(
              ("GET /alerts HTTP/1.1\r\n" + HOST + "Last-Event-ID: 0\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      while (port.metric("tapwarden_live_port_alert_clients") < 1) {
        Thread.sleep(10);
      }
      String alert = "{\"fill\":\"" + "x".repeat(8_000) + "\"}";
      for (int i = 0; i < 2_000; i++) {
        port.publish(alert);
      }
      for (int i = 0; i < 1_000 && port.metric("tapwarden_live_port_alert_clients") > 0; i++) {
        Thread.sleep(10);
      }
      assertThat(port.metric("tapwarden_live_port_alert_clients")).isZero();
      assertThat(port.metric("tapwarden_live_port_clients_slow_total")).isEqualTo(1);
    }
  }

  @Test
  void saysWhatToDoWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      ConsoleOptions options =
          new ConsoleOptions(
              true,
              "127.0.0.1",
              taken.getLocalPort(),
              List.of(),
              1,
              1,
              1 << 16,
              Duration.ofSeconds(1),
              Duration.ofSeconds(1));
      try (LivePortFixture other = new LivePortFixture()) {
        assertThatThrownBy(() -> ConsoleServer.open(options, null, 0))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
            .hasMessageContaining("set console.port to another");
        assertThat(other.get("/health/live").statusCode()).isEqualTo(200);
      }
    }
  }

  private static BufferedReader reader(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static List<String> next(BufferedReader lines, int count) throws IOException {
    List<String> read = new ArrayList<>();
    while (read.size() < count) {
      read.add(lines.readLine());
    }
    return read;
  }
}
