package tapwarden.inspect.sink.eve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.json.JsonWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

class StatsEveTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private final Map<Counter, Long> counters = new EnumMap<>(Counter.class);

  private JsonNode stats() {
    JsonWriter json = new JsonWriter();
    StatsEve.write(json, 1_767_323_045_000_000_000L, 60, c -> counters.getOrDefault(c, 0L));
    return JACKSON.readTree(json.toString());
  }

  @Test
  void callsReceivedWhatReachedTheKernelsBufferOrWasLostThere() {
    counters.put(Counter.FRAMES_DELIVERED, 1_000L);
    counters.put(Counter.FRAMES_KERNEL_DROPPED, 20L);
    counters.put(Counter.FRAMES_SHED_RING, 3L);
    counters.put(Counter.FRAMES_DAMAGED, 4L);
    counters.put(Counter.FRAMES_INTERFACE_DROPPED, 500L);
    counters.put(Counter.FLOWS_BEGUN, 9L);
    counters.put(Counter.FLOWS_ENDED, 7L);
    JsonNode stats = stats().at("/stats");
    assertThat(stats.at("/capture/kernel_packets").asLong()).isEqualTo(1_027);
    assertThat(stats.at("/capture/kernel_drops").asLong()).isEqualTo(20);
    assertThat(stats.at("/capture/kernel_ifdrops").asLong()).isEqualTo(500);
    assertThat(stats.at("/decoder/pkts").asLong()).isEqualTo(1_000);
    assertThat(stats.at("/flow/active").asLong()).isEqualTo(2);
    assertThat(stats.at("/uptime").asLong()).isEqualTo(60);
  }

  @Test
  void givesEveryCounterEvenWhileItIsZero() {
    JsonNode all = stats().at("/tapwarden/counters");
    assertThat(all.size()).isEqualTo(Counter.values().length);
    for (Counter counter : Counter.values()) {
      assertThat(all.get(counter.id()).asLong()).isZero();
    }
  }

  @Test
  void isValidAgainstThePublishedSchemaButForItsOwnObject() throws Exception {
    EveSchema schema = EveSchema.load();
    ObjectNode event = (ObjectNode) stats();
    assertThat(schema.problems(event.toString())).as("ours is not in the schema").isNotEmpty();
    event.remove("tapwarden");
    assertThat(schema.problems(event.toString())).isEmpty();
  }
}
