package tapwarden.inspect.sink.eve;

import java.util.function.ToLongFunction;
import tapwarden.capture.count.Counter;
import tapwarden.inspect.json.JsonWriter;

/**
 * The counters as an EVE {@code stats} event: what Suricata counts as well under Suricata's names,
 * and every counter, zeros included, by its own id in {@code tapwarden.counters}.
 */
public final class StatsEve {
  private static final Counter[] COUNTERS = Counter.values();

  private StatsEve() {}

  /**
   * Writes the event as a whole document.
   *
   * @param nanos the event's time
   * @param uptimeSeconds since inspection began
   * @param counters the value of each counter
   */
  public static JsonWriter write(
      JsonWriter json, long nanos, long uptimeSeconds, ToLongFunction<Counter> counters) {
    json.reset().beginObject().name("timestamp").valueTimestamp(nanos);
    json.field("event_type", "stats");
    json.name("stats").beginObject().field("uptime", uptimeSeconds);
    writeCapture(json, counters);
    json.name("decoder").beginObject();
    json.field("pkts", counters.applyAsLong(Counter.FRAMES_DELIVERED));
    json.field("bytes", counters.applyAsLong(Counter.BYTES_DELIVERED)).endObject();
    long begun = counters.applyAsLong(Counter.FLOWS_BEGUN);
    json.name("flow").beginObject().field("total", begun);
    json.field("active", Math.max(0, begun - counters.applyAsLong(Counter.FLOWS_ENDED)));
    json.endObject();
    json.name("detect").beginObject();
    json.field("alert", counters.applyAsLong(Counter.ALERT_LINES));
    json.field("alerts_suppressed", counters.applyAsLong(Counter.FINDINGS_SUPPRESSED));
    json.endObject().endObject();
    json.name("tapwarden").beginObject().name("counters").beginObject();
    for (Counter counter : COUNTERS) {
      json.field(counter.id(), counters.applyAsLong(counter));
    }
    return json.endObject().endObject().endObject();
  }

  /** {@code kernel_packets} is what libpcap calls received: what reached the buffer or was lost. */
  private static void writeCapture(JsonWriter json, ToLongFunction<Counter> counters) {
    long kernelDropped = counters.applyAsLong(Counter.FRAMES_KERNEL_DROPPED);
    long received =
        kernelDropped
            + counters.applyAsLong(Counter.FRAMES_DELIVERED)
            + counters.applyAsLong(Counter.FRAMES_SHED_RING)
            + counters.applyAsLong(Counter.FRAMES_DAMAGED);
    json.name("capture").beginObject().field("kernel_packets", received);
    json.field("kernel_drops", kernelDropped);
    json.field("kernel_ifdrops", counters.applyAsLong(Counter.FRAMES_INTERFACE_DROPPED));
    json.field("errors", counters.applyAsLong(Counter.FRAMES_DAMAGED)).endObject();
  }
}
