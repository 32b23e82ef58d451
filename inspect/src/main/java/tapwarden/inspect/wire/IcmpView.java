package tapwarden.inspect.wire;

/**
 * An ICMP message (RFC 792). Error messages quote the packet that caused them after {@value
 * #LENGTH} bytes.
 *
 * <pre>
 *  0       8       16               31
 * +-------+-------+----------------+
 * | type  | code  | checksum       |
 * +-------+-------+----------------+
 * | identifier, sequence | gateway |
 * | unused               | MTU     |
 * +--------------------------------+
 * </pre>
 */
public final class IcmpView extends IcmpMessageView {
  public static final int ECHO_REPLY = 0;
  public static final int DESTINATION_UNREACHABLE = 3;
  public static final int SOURCE_QUENCH = 4;
  public static final int REDIRECT = 5;
  public static final int ECHO_REQUEST = 8;
  public static final int TIME_EXCEEDED = 11;
  public static final int PARAMETER_PROBLEM = 12;

  /** Whether messages of {@code type} quote the packet that caused them. */
  public static boolean quotes(int type) {
    return type == DESTINATION_UNREACHABLE
        || type == SOURCE_QUENCH
        || type == REDIRECT
        || type == TIME_EXCEEDED
        || type == PARAMETER_PROBLEM;
  }
}
