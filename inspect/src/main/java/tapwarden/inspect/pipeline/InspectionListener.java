package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.json.JsonWriter;

/** Hears what an inspection says; all calls come from the alert desk's thread. */
public interface InspectionListener {
  /** A new alert or a new revision of one, whether or not alert events are selected. */
  default void alert(Alert alert) {}

  /**
   * A line for {@code eve.json}, without its line end.
   *
   * @param line read before this returns
   * @param tickNanos packet time at the last tick of the clock before the event, which may bear a
   *     stamp of its own that is wild
   * @param alert the alert that the line is about; null for other events
   */
  default void eve(JsonWriter line, long tickNanos, @Nullable Alert alert) {}

  /** Called about twenty times a second, and at the end. */
  default void idle() {}
}
