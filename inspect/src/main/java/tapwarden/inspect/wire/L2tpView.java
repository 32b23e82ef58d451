package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * L2TP version 2 header over UDP (RFC 2661 section 3.1). Data messages carry PPP, control messages
 * attribute-value pairs. Version 3 over UDP (RFC 3931 section 4.1.2.1) is recognised by {@link
 * #version} and refused.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |T|L|x|x|S|x|O|P|x|x|x|x|  Ver  |        Length (with L)        |
 * |           Tunnel id           |           Session id          |
 * |          Ns (with S)          |          Nr (with S)          |
 * |     Offset size (with O)      |    offset pad ...             |
 * </pre>
 */
public final class L2tpView extends HeaderView {

  public static final int MINIMUM_LENGTH = 6;

  private static final int FLAGS = 0;
  private static final int MESSAGE_LENGTH = 2;
  private static final int FLAG_CONTROL = 0x8000;
  private static final int FLAG_LENGTH = 0x4000;
  private static final int FLAG_SEQUENCE = 0x0800;
  private static final int FLAG_OFFSET = 0x0200;
  private static final int FLAG_PRIORITY = 0x0100;
  private static final int MESSAGE_TYPE_ATTRIBUTE = 0;

  private final TlvCursor attributes = new TlvCursor();
  private int headerLength;

  /** Refuses other versions than 2, and a length field below the header's own length. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    headerLength = MINIMUM_LENGTH;
    if (!place(segment, offset, end, MINIMUM_LENGTH) || (flags() & 0xF) != 2) {
      return false;
    }
    headerLength = offsetSizeAt();
    if (hasOffset()) {
      if (available() < headerLength + 2) {
        return false;
      }
      headerLength += 2 + u16(headerLength);
    }
    return headerLength <= available() && (!hasLength() || length() >= headerLength);
  }

  /** The version field of what lies at {@code offset}: 2, 3, or another; -1 below two bytes. */
  public static int version(MemorySegment segment, long offset, long end) {
    return end - offset < 2 ? -1 : Bytes.u8(segment, offset + 1) & 0xF;
  }

  private int tunnelAt() {
    return hasLength() ? 4 : 2;
  }

  private int offsetSizeAt() {
    return tunnelAt() + (hasSequence() ? 8 : 4);
  }

  /** Bytes to the payload, offset padding included. */
  public int headerLength() {
    return headerLength;
  }

  /** The first 16 bits: flags and version. */
  public int flags() {
    return u16(FLAGS);
  }

  /** Whether this is a control message; else PPP follows. */
  public boolean isControl() {
    return (flags() & FLAG_CONTROL) != 0;
  }

  public boolean hasLength() {
    return (flags() & FLAG_LENGTH) != 0;
  }

  public boolean hasSequence() {
    return (flags() & FLAG_SEQUENCE) != 0;
  }

  public boolean hasOffset() {
    return (flags() & FLAG_OFFSET) != 0;
  }

  public boolean isPriority() {
    return (flags() & FLAG_PRIORITY) != 0;
  }

  /** Bytes of the whole message, as the sender says; -1 without {@link #hasLength()}. */
  public int length() {
    return hasLength() ? u16(MESSAGE_LENGTH) : -1;
  }

  public int tunnelId() {
    return u16(tunnelAt());
  }

  public int sessionId() {
    return u16(tunnelAt() + 2);
  }

  /** Sequence number sent; -1 without {@link #hasSequence()}. */
  public int sent() {
    return hasSequence() ? u16(tunnelAt() + 4) : -1;
  }

  /** Sequence number expected; -1 without {@link #hasSequence()}. */
  public int expected() {
    return hasSequence() ? u16(tunnelAt() + 6) : -1;
  }

  /** The attribute-value pairs of a control message, from the first. */
  public TlvCursor attributes() {
    long messageEnd = hasLength() ? Math.min(end(), offset() + length()) : end();
    return attributes.start(TlvCursor.Coding.L2TP, segment(), offset() + headerLength, messageEnd);
  }

  /** Message type of a control message (its first attribute); -1 when there is none. */
  public int messageType() {
    if (!isControl()) {
      return -1;
    }
    TlvCursor first = attributes();
    return first.next() && first.type() == MESSAGE_TYPE_ATTRIBUTE && first.valueLength() == 2
        ? Bytes.u16(segment(), first.valueOffset())
        : -1;
  }

  @Override
  public String toString() {
    return "L2TP flags=0x%04x length=%d tunnel=%d session=%d ns=%d nr=%d header=%d message=%d"
        .formatted(
            flags(),
            length(),
            tunnelId(),
            sessionId(),
            sent(),
            expected(),
            headerLength,
            messageType());
  }
}
