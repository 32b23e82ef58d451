package tapwarden.inspect.sink;

import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.json.JsonWriter;

/**
 * Takes events that are rendered already. A sink never throws: what it cannot take is dropped and
 * counted, and each kind of trouble is reported once until it is over. Used by one thread.
 */
public interface EventSink extends AutoCloseable {
  /**
   * Takes one event.
   *
   * @param line one complete JSON object; read before this returns
   * @param tickNanos packet time by the clock; what rotates by time goes by it, for the event's own
   *     stamp may be wild
   */
  void event(JsonWriter line, long tickNanos);

  /** Takes an alert, for sinks that want to know what {@code line} says. */
  default void alert(Alert alert, JsonWriter line, long tickNanos) {
    event(line, tickNanos);
  }

  /**
   * Gives the sink the chance to write out what it holds and to try again what failed. Called about
   * ten times a second, and between batches of a replay.
   *
   * @param monotonicNanos {@link System#nanoTime()} of the caller
   */
  void tick(long monotonicNanos);

  /** Writes out what is held. */
  void flush();

  /** Writes out what is held and gives everything back. */
  @Override
  void close();
}
