package tapwarden.appliance.console;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tapwarden.capture.count.Counter;

/** Where the live port reads its numbers. Asked from the live port's own thread only. */
public interface MetricsSource {

  /**
   * A number that may go down.
   *
   * @param name without the prefix {@code tapwarden_}, unit last: {@code heap_used_bytes}
   * @param help one sentence
   */
  record Gauge(String name, String help, double value) {}

  /** The sum over all threads. */
  long counter(Counter counter);

  /** Latencies in nanoseconds by name, without unit: {@code capture_to_inspected}. Copies. */
  Map<String, Histogram> latencies();

  List<Gauge> gauges();

  /** Why the appliance cannot do its work, one sentence each; empty when it can. */
  List<String> notReady();
}
