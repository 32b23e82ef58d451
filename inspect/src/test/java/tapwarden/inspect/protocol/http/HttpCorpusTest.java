package tapwarden.inspect.protocol.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.inspect.protocol.CaptureEvents;
import tapwarden.inspect.protocol.TsharkTruth;
import tools.jackson.databind.JsonNode;

/**
 * HTTP/1 of real captures, from frames to events, against what tshark has of them. Two differences
 * are systematic and known by rule:
 *
 * <ul>
 *   <li><b>Interim answers.</b> {@code 100 Continue} and its like are not what a request was
 *       answered with (RFC 9110 §15.2); EVE has one status for an exchange, the final one. Both are
 *       right.
 *   <li><b>HTTP/2</b> has events of the same type, and keys of its own in the truth.
 * </ul>
 *
 * The rest is in {@code explained-differences.tsv} by capture.
 */
class HttpCorpusTest {
  private static final Pattern PORT = Pattern.compile(":\\d+$");
  private static final Pattern INTERIM = Pattern.compile("10[02-9]|1[1-9]\\d");

  @TempDir Path scratch;

  @Test
  void saysWhatTsharkSaysOrWhyNot() throws IOException {
    TsharkTruth truth =
        new TsharkTruth(
            HttpCorpusTest.class,
            Set.of("http_request", "http_user_agent", "http_status"),
            HttpCorpusTest::ruled);
    truth
        .compare(this::read)
        .hasReasons()
        .hasCompared("http_request", 1_590, 1_830)
        .hasCompared("http_user_agent", 380, 400)
        .hasCompared("http_status", 640, 680)
        .reaches("http_request", 0.989, 0.85, 0.99)
        .reaches("http_user_agent", 0.96, 0.92, 0.98)
        .reaches("http_status", 0.979, 0.91, 0.99);
  }

  /** Host names have no case and their ports are a field of their own. */
  private static Optional<String> ruled(String key, String value) {
    if (key.equals("http_status") && INTERIM.matcher(value).matches()) {
      return Optional.empty();
    }
    if (key.equals("http_request")) {
      String[] parts = value.trim().split("\\s+");
      if (parts.length == 3) {
        parts[1] = PORT.matcher(parts[1].toLowerCase(Locale.ROOT)).replaceFirst("");
      }
      return Optional.of(String.join(" ", parts));
    }
    return Optional.of(value);
  }

  private Map<String, Set<String>> read(Path capture) throws IOException {
    Map<String, Set<String>> said = new HashMap<>();
    for (JsonNode event : CaptureEvents.of(capture, scratch, "http")) {
      JsonNode http = event.get("http");
      if (http.path("version").asString("1").equals("2")) {
        continue;
      }
      if (http.has("http_method") || http.has("url")) {
        List<String> words =
            List.of(text(http, "http_method"), text(http, "hostname"), text(http, "url"));
        add(said, "http_request", String.join(" ", words));
      }
      if (http.has("http_user_agent")) {
        add(said, "http_user_agent", text(http, "http_user_agent"));
      }
      if (http.has("status")) {
        add(said, "http_status", http.get("status").asString());
      }
    }
    return said;
  }

  private static String text(JsonNode http, String field) {
    return http.path(field).asString("");
  }

  private static void add(Map<String, Set<String>> said, String key, String value) {
    said.computeIfAbsent(key, k -> new TreeSet<>()).add(value);
  }
}
