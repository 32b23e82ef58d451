package tapwarden.capture.source.live;

/**
 * A filter expression that libpcap does not accept. The message has three lines: what is wrong, the
 * expression, and a row of carets under the culprit.
 */
public final class BpfSyntaxException extends CaptureException {
  private static final long serialVersionUID = 1L;

  /** {@link #position()} when it is not known. */
  public static final int UNKNOWN = -1;

  private final int position;

  BpfSyntaxException(String message, int position) {
    super(Reason.BAD_FILTER, message);
    this.position = position;
  }

  /**
   * Index of the first character in the expression that is wrong; the expression's length if it
   * ends too early; {@link #UNKNOWN} if it could not be found.
   */
  public int position() {
    return position;
  }
}
