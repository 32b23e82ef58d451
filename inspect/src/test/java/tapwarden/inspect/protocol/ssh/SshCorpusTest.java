package tapwarden.inspect.protocol.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.inspect.protocol.CaptureEvents;
import tapwarden.inspect.protocol.TsharkTruth;
import tools.jackson.databind.JsonNode;

/**
 * SSH of real captures, from frames to events, against what tshark has of them: banners and the
 * hashes of what both sides offer. The differences are in {@code explained-differences.tsv}.
 */
class SshCorpusTest {
  private static final List<String> SIDES = List.of("client", "server");

  @TempDir Path scratch;

  @Test
  void saysWhatTsharkSaysOrWhyNot() throws IOException {
    TsharkTruth truth =
        new TsharkTruth(
            SshCorpusTest.class,
            Set.of("ssh_banner", "hassh", "hassh_server"),
            (key, value) -> Optional.of(value));
    truth
        .compare(this::read)
        .hasReasons()
        .hasCompared("ssh_banner", 62, 72)
        .hasCompared("hassh", 33, 36)
        .hasCompared("hassh_server", 22, 25)
        .reaches("ssh_banner", 1, 0.86, 0.995)
        .reaches("hassh", 1, 0.91, 0.995)
        .reaches("hassh_server", 1, 0.88, 0.995);
  }

  private Map<String, Set<String>> read(Path capture) throws IOException {
    Map<String, Set<String>> said = new HashMap<>();
    for (JsonNode event : CaptureEvents.of(capture, scratch, "ssh")) {
      for (String name : SIDES) {
        JsonNode side = event.get("ssh").path(name);
        if (side.has("software_version")) {
          String version = side.get("proto_version").asString();
          String software = side.get("software_version").asString();
          add(said, "ssh_banner", "SSH-" + version + "-" + software);
        }
        if (side.has("hassh")) {
          String key = name.equals("client") ? "hassh" : "hassh_server";
          add(said, key, side.get("hassh").get("hash").asString());
        }
      }
    }
    return said;
  }

  private static void add(Map<String, Set<String>> said, String key, String value) {
    said.computeIfAbsent(key, k -> new TreeSet<>()).add(value);
  }
}
