package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The real program at a mirror port that is switched off, loses its cable, and is removed. */
class LinkLossTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Polls until the status is as wanted; prints the answer's body. */
  private static final String READY =
      """
      import sys, time, urllib.request, urllib.error
      wanted, end = int(sys.argv[1]), time.monotonic() + 20
      while True:
          try:
              with urllib.request.urlopen('http://127.0.0.1:7400/health/ready', timeout=5) as answer:
                  status, body = answer.status, answer.read()
          except urllib.error.HTTPError as refused:
              status, body = refused.code, refused.read()
          if status == wanted:
              print(body.decode())
              sys.exit(0)
          if time.monotonic() > end:
              sys.exit('still %d: %s' % (status, body))
          time.sleep(0.1)
      """;

  @TempDir Path work;

  @Test
  @Timeout(120)
  void notReadyWhileTheInterfaceIsDownAndAnAccountWhenItIsGone() throws Exception {
    Path log = work.resolve("log");
    List<String> words = List.of("run", "-i", MirrorCable.TAP, "-l", log.toString());
    try (MirrorCable cable = MirrorCable.createOrSkip();
        Watcher tapwarden = Watcher.tapwarden(cable, work.resolve("said.txt"), words)) {
      tapwarden.awaitWord("listening on", 60);
      awaitReady(cable, 200);
      cable.setTap("down");
      assertThat(awaitReady(cable, 503)).contains("tap0 is switched off, since 20");
      cable.setTap("up");
      awaitReady(cable, 200);
      cable.setFar("down");
      assertThat(awaitReady(cable, 503)).contains("tap0 has no carrier, since 20");
      cable.setFar("up");
      awaitReady(cable, 200);
      cable.removeTap();
      assertThat(tapwarden.awaitEnd(30)).as(tapwarden.said()).isEqualTo(1);
      assertThat(tapwarden.said())
          .contains("note: tap0 has no carrier: nothing is seen on it until it is up again")
          .contains("note: tap0 was removed: nothing is seen on it any more")
          .contains("error: the interface tap0 was removed")
          .containsPattern("0 packets in 0 flows.*blind: .*tap0 was down 3 times");
    }
    JsonNode coverage = JSON.readTree(Files.readString(log.resolve("coverage.json")));
    JsonNode outages = coverage.path("inputs").path(0).path("outages");
    assertThat(outages.path("count").asInt()).isEqualTo(3);
    assertThat(outages.path("gaps").findValuesAsString("why"))
        .containsExactly("tap0 is switched off", "tap0 has no carrier", "tap0 was removed");
    assertThat(outages.path("gaps").path(1).has("to")).isTrue();
    assertThat(outages.path("gaps").path(2).has("to")).isFalse();
    assertThat(coverage.path("counters").path("link_outages").asInt()).isEqualTo(3);
  }

  private static String awaitReady(MirrorCable cable, int status) throws Exception {
    Process poll =
        new ProcessBuilder(cable.atTap(List.of("python3", "-c", READY, Integer.toString(status))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String body = new String(poll.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(poll.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(poll.exitValue()).as("status " + status).isZero();
    return body;
  }
}
