package tapwarden.inspect.sink.eve;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How {@code eve.json} is written.
 *
 * @param directory the log directory
 * @param maxBytes size at which the file is put aside; a single longer line passes it
 * @param maxAge packet time from the first event to the last that one file may span; zero for ever
 * @param flushInterval longest time an event waits in memory while ticks come
 * @param syncInterval time after which written events are forced to the disk; zero leaves that to
 *     the system, as a replay does, which can be repeated
 */
public record EveFileOptions(
    Path directory, long maxBytes, Duration maxAge, Duration flushInterval, Duration syncInterval) {
  /** Size at which a file is put aside by default. */
  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  public EveFileOptions {
    if (maxBytes < 1 || maxAge.isNegative() || flushInterval.isNegative()) {
      throw new IllegalArgumentException("event log: " + maxBytes + " bytes, " + maxAge);
    }
  }

  /** For the live service: 1 GiB, a day, written within 200 ms, on the disk within a second. */
  public static EveFileOptions live(Path directory) {
    return new EveFileOptions(
        directory,
        DEFAULT_MAX_BYTES,
        Duration.ofDays(1),
        Duration.ofMillis(200),
        Duration.ofSeconds(1));
  }

  /** For a replay: one file for all, written in large pieces. */
  public static EveFileOptions replay(Path directory) {
    return new EveFileOptions(
        directory, Long.MAX_VALUE, Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO);
  }
}
