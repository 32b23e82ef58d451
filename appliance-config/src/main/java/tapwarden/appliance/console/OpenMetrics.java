package tapwarden.appliance.console;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import tapwarden.capture.count.Counter;

/**
 * All metrics as OpenMetrics text 1.0. Every counter is there from the start, so that a rate over
 * it is right from its first event on.
 */
final class OpenMetrics {
  static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final String PREFIX = "tapwarden_";
  private static final double NANOS = 1e9;
  private static final long[] BUCKETS_MICROS = {
    10,
    25,
    50,
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    10_000_000
  };

  private OpenMetrics() {}

  static String render(MetricsSource source) {
    StringBuilder out = new StringBuilder(1 << 14);
    for (Counter counter : Counter.values()) {
      String name = PREFIX + counter.id();
      family(out, name, "counter", counter.sentence());
      out.append(name).append("_total ").append(source.counter(counter)).append('\n');
    }
    for (MetricsSource.Gauge gauge : source.gauges()) {
      String name = PREFIX + gauge.name();
      family(out, name, "gauge", gauge.help());
      out.append(name).append(' ').append(number(gauge.value())).append('\n');
    }
    for (Map.Entry<String, Histogram> latency : new TreeMap<>(source.latencies()).entrySet()) {
      histogram(out, PREFIX + latency.getKey() + "_seconds", latency.getValue());
    }
    return out.append("# EOF\n").toString();
  }

  private static void family(StringBuilder out, String name, String type, String help) {
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    out.append("# HELP ").append(name).append(' ');
    out.append(help.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"")).append('\n');
  }

  private static void histogram(StringBuilder out, String name, Histogram histogram) {
    family(out, name, "histogram", "Latency of " + name.substring(PREFIX.length()) + ".");
    for (long micros : BUCKETS_MICROS) {
      long nanos = micros * 1_000;
      long count =
          histogram.getCountBetweenValues(0, Math.min(nanos, histogram.getHighestTrackableValue()));
      bucket(out, name, number(nanos / NANOS), count);
    }
    bucket(out, name, "+Inf", histogram.getTotalCount());
    out.append(name).append("_count ").append(histogram.getTotalCount()).append('\n');
    double sum =
        histogram.getTotalCount() == 0 ? 0 : histogram.getMean() * histogram.getTotalCount();
    out.append(name).append("_sum ").append(number(sum / NANOS)).append('\n');
  }

  private static void bucket(StringBuilder out, String name, String bound, long count) {
    out.append(name).append("_bucket{le=\"").append(bound).append("\"} ");
    out.append(count).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.1f", value)
        : Double.toString(value);
  }
}
