package tapwarden.appliance.cli;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tapwarden.capture.count.Counters;

/** A running session, seen from outside. Every method may be called from any thread. */
public interface SessionView {

  /**
   * How far a session is.
   *
   * @param bytesRead bytes of the captures read so far, as they lie on disk
   * @param bytesTotal size of all captures together; -1 if unknown, as for standard input
   * @param alerts alerts so far, without later revisions
   */
  record Progress(long bytesRead, long bytesTotal, long frames, long alerts) {}

  Progress progress();

  Counters counters();

  /** Latencies in nanoseconds, by metric name: {@code capture_to_inspected}. Copies. */
  Map<String, Histogram> latencies();

  /** Why the session cannot do its work; empty when it can. One sentence each. */
  List<String> notReady();

  /** Asks the session to end; returns at once, may be called again. */
  void stop();
}
