package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The real program at a mirror port that is switched off, loses its cable, and is removed. */
class LinkLossTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path work;

  @Test
  @Timeout(120)
  void notReadyWhileTheInterfaceIsDownAndAnAccountWhenItIsGone() throws Exception {
    Path log = work.resolve("log");
    List<String> words = List.of("run", "-i", MirrorCable.TAP, "-l", log.toString());
    try (MirrorCable cable = MirrorCable.createOrSkip();
        Watcher tapwarden = Watcher.tapwarden(cable, work.resolve("said.txt"), words)) {
      tapwarden.awaitWord("listening on", 60);
      cable.awaitReady(200);
      cable.setTap("down");
      assertThat(cable.awaitReady(503)).contains("tap0 is switched off, since 20");
      cable.setTap("up");
      cable.awaitReady(200);
      cable.setFar("down");
      assertThat(cable.awaitReady(503)).contains("tap0 has no carrier, since 20");
      cable.setFar("up");
      cable.awaitReady(200);
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
}
