package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.json.JsonWriter;

/**
 * One slot of a worker's output ring: a rendered line of EVE, or a message for the alert desk, with
 * the stamp that says where in the one order of all output it belongs.
 */
final class OutEvent {
  /** A line buffer larger than this is given back after use: 4,096 slots must stay affordable. */
  private static final int KEPT_LINE_BYTES = 16 * 1024;

  long place;
  long order;

  /** Packet time at the last tick of the clock before it. */
  long tickNanos;

  @Nullable Object message;
  private @Nullable JsonWriter line;

  /** The line's writer, made when the slot has its first line. */
  JsonWriter line() {
    JsonWriter writer = line;
    if (writer == null) {
      writer = new JsonWriter();
      line = writer;
    }
    return writer;
  }

  void release() {
    message = null;
    if (line != null && line.array().length > KEPT_LINE_BYTES) {
      line = null;
    }
  }
}
