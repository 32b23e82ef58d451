package tapwarden.capture.source.file;

import java.io.IOException;

/**
 * An input that cannot be read as a capture at all: empty, not a capture, or in a variant that is
 * refused. The message names the input, what is wrong with it and what to do.
 */
public final class CaptureFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public CaptureFormatException(String input, String problem) {
    super(input + " " + problem);
  }

  /** What {@code failure} says, or its name if it says nothing. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
