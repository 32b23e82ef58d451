package tapwarden.appliance.cli;

import tapwarden.inspect.alert.Alert;

/**
 * What a session tells while it goes on. All calls but {@link #started} come from the one thread
 * that writes the alerts, so that none of them can hold up a packet.
 */
public interface SessionListener {
  /** Listens to nothing. */
  SessionListener SILENT = new SessionListener() {};

  /** Called once, before the first frame is read, from the thread that called the service. */
  default void started(SessionView session) {}

  /** A new alert, or a new revision of one. */
  default void alert(Alert alert) {}

  /**
   * A line of {@code eve.json}, without its line end. The array is reused after the call.
   *
   * @param isAlert whether its {@code event_type} is {@code alert}
   */
  default void eve(byte[] bytes, int length, boolean isAlert) {}

  /** Something that the user should know now: damage in a capture, a full disk. One sentence. */
  default void notice(String sentence) {}
}
