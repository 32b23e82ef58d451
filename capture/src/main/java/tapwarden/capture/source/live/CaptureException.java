package tapwarden.capture.source.live;

import java.io.IOException;

/**
 * Capture is not possible, or no longer; the message says why and what to do, to a person who runs
 * the program.
 */
public class CaptureException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why, for programs. */
  public enum Reason {
    /** libpcap is not installed. */
    NO_LIBRARY,
    /** The process lacks CAP_NET_RAW. */
    NO_PERMISSION,
    /** There is no interface of this name. */
    NO_SUCH_INTERFACE,
    /** The filter expression is wrong. */
    BAD_FILTER,
    /** The interface was removed while frames were read. */
    INTERFACE_LOST,
    /** Anything else that libpcap reports. */
    OTHER
  }

  private final Reason reason;

  public CaptureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public CaptureException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
