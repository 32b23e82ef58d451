package tapwarden.inspect.wire;

/**
 * An ICMPv6 message (RFC 4443), with the targets of neighbour discovery (RFC 4861). Error messages
 * (types 1 to 4) quote the packet that caused them after {@value #LENGTH} bytes.
 *
 * <pre>
 *  0       8       16               31
 * +-------+-------+----------------+
 * | type  | code  | checksum       |
 * +-------+-------+----------------+
 * | MTU, pointer, identifier, ...  |
 * +--------------------------------+
 * | ND: target address (128)       |
 * +--------------------------------+
 * </pre>
 */
public final class Icmpv6View extends IcmpMessageView {
  /** What every message has: type, code, checksum. */
  public static final int MINIMUM_LENGTH = 4;

  public static final int ECHO_REQUEST = 128;
  public static final int ECHO_REPLY = 129;
  public static final int ROUTER_SOLICITATION = 133;
  public static final int ROUTER_ADVERTISEMENT = 134;
  public static final int NEIGHBOR_SOLICITATION = 135;
  public static final int NEIGHBOR_ADVERTISEMENT = 136;
  private static final int TARGET = 8;
  private static final int NEIGHBOR_OPTIONS = 24;

  /** Whether this is a neighbour solicitation or advertisement with a whole target address. */
  public boolean hasTarget() {
    return (type() == NEIGHBOR_SOLICITATION || type() == NEIGHBOR_ADVERTISEMENT)
        && available() >= NEIGHBOR_OPTIONS;
  }

  /** Needs {@link #hasTarget()}. */
  public long targetHigh() {
    return i64(TARGET);
  }

  /** Needs {@link #hasTarget()}. */
  public long targetLow() {
    return i64(TARGET + 8);
  }

  /**
   * The link-layer address option of a neighbour message (source for a solicitation, target for an
   * advertisement; RFC 4861 section 4.6.1); -1 without one. Needs {@link #hasTarget()}.
   */
  public long linkLayerAddress() {
    int wanted = type() == NEIGHBOR_SOLICITATION ? 1 : 2;
    int at = NEIGHBOR_OPTIONS;
    while (available() - at >= 8) {
      int length = u8(at + 1) << 3;
      if (length == 0 || length > available() - at) {
        return -1;
      }
      if (u8(at) == wanted) {
        return u48(at + 2);
      }
      at += length;
    }
    return -1;
  }

  /** Whether messages of {@code type} quote the packet that caused them. */
  public static boolean quotes(int type) {
    return type >= 1 && type <= 4;
  }
}
