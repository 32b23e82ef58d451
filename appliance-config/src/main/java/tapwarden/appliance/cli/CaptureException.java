package tapwarden.appliance.cli;

import java.io.IOException;

/**
 * A capture cannot be opened or an interface cannot be listened to, so nothing was inspected. The
 * message is one sentence that names the capture and says what to do where that is known.
 */
public class CaptureException extends IOException {
  private static final long serialVersionUID = 1;

  public CaptureException(String message) {
    super(message);
  }

  public CaptureException(String message, Throwable cause) {
    super(message, cause);
  }
}
