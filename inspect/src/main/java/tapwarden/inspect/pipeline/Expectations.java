package tapwarden.inspect.pipeline;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.flow.Flow;

/**
 * Flows that were announced in others, such as the data channels of FTP: by the addresses of both
 * sides and one port. Each is used once. Bounded; the oldest gives way.
 */
final class Expectations {
  /** Most that are waited for by one worker. */
  static final int CAPACITY = 1_024;

  /** How long, in packet time. */
  static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(1);

  /**
   * @param note for the reader
   */
  record Expected(int protocol, @Nullable Object note, long untilNanos) {}

  private record Key(int version, long high, long low, int port, long peerHigh, long peerLow) {}

  private final Map<Key, Expected> waiting = new LinkedHashMap<>();

  /** A flow with an end at that address and port is expected between the two sides of this one. */
  void add(Flow flow, int version, long high, long low, int port, Expected expected) {
    boolean ofServer = high == flow.serverHigh() && low == flow.serverLow();
    boolean ofClient = high == flow.clientHigh() && low == flow.clientLow();
    if (version != flow.ipVersion() || (!ofServer && !ofClient)) {
      // Between others it may be another worker's to see: none looks for it.
      return;
    }
    if (waiting.size() == CAPACITY) {
      Iterator<Key> oldest = waiting.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    long peerHigh = ofServer ? flow.clientHigh() : flow.serverHigh();
    long peerLow = ofServer ? flow.clientLow() : flow.serverLow();
    Key key = new Key(version, high, low, port, peerHigh, peerLow);
    waiting.remove(key);
    waiting.put(key, expected);
  }

  /** What was said of that flow, once; null if nothing was. */
  @Nullable Expected take(Flow flow, long nowNanos) {
    if (waiting.isEmpty()) {
      return null;
    }
    int version = flow.ipVersion();
    Expected expected =
        waiting.remove(
            new Key(
                version,
                flow.serverHigh(),
                flow.serverLow(),
                flow.serverPort(),
                flow.clientHigh(),
                flow.clientLow()));
    if (expected == null) {
      expected =
          waiting.remove(
              new Key(
                  version,
                  flow.clientHigh(),
                  flow.clientLow(),
                  flow.clientPort(),
                  flow.serverHigh(),
                  flow.serverLow()));
    }
    return expected == null || nowNanos > expected.untilNanos() ? null : expected;
  }
}
