package tapwarden.inspect.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.JsonWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplanationJsonTest {
  /** LLDP with a system name that closes a JSON string and clears a terminal. */
  private static final String HOSTILE =
      "0180c200000e 020000000001 88cc 0207 04 020000000001 0404 05 653235 0602 0078"
          + "0a06 227d 1b5b324a 0000";

  @Test
  void isAnObjectWithEveryLayerAndField() {
    JsonWriter json = new JsonWriter();
    ExplanationJson.write(Explained.ethernet(HOSTILE).frame(), json);
    JsonNode frame = JsonMapper.builder().build().readTree(json.toString());
    assertThat(frame.get("number").asInt()).isEqualTo(17);
    assertThat(frame.get("timestamp").asString()).isEqualTo("2026-01-02T03:04:05.123456789Z");
    assertThat(frame.get("layers")).hasSize(2);
    JsonNode lldp = frame.get("layers").get(1);
    assertThat(lldp.get("layer").asString()).isEqualTo("lldp");
    assertThat(lldp.get("offset").asInt()).isEqualTo(14);
    JsonNode name = lldp.get("fields").get(3);
    assertThat(name.get("name").asString()).isEqualTo("System name");
    assertThat(name.get("value").asString()).isEqualTo("\"\\\"}\\x1b[2J\"");
    assertThat(frame.get("remains")).isEmpty();
    assertThat(frame.get("malformed")).isEmpty();
  }
}
