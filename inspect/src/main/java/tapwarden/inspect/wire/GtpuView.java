package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * GTP version 1 header, 3GPP TS 29.281 section 5.1 (user plane, UDP port 2152) and TS 29.060
 * section 6 (control plane of GPRS, the same layout), with the chain of extension headers.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * | Ver |P|R|E|S|N| Message type  |            Length             |
 * |                  Tunnel endpoint identifier                   |
 * |        Sequence number        |  N-PDU number | Next ext type |  if any of E, S, N
 * | Ext length x4 |           content ...         | Next ext type |  while the type is not 0
 * </pre>
 *
 * The length counts what follows the first eight bytes.
 */
public final class GtpuView extends HeaderView {

  public static final int MINIMUM_LENGTH = 8;

  /** Longest chain of extension headers that is accepted. */
  public static final int MAX_EXTENSIONS = 8;

  public static final int ECHO_REQUEST = 1;
  public static final int ECHO_RESPONSE = 2;
  public static final int ERROR_INDICATION = 26;
  public static final int SUPPORTED_EXTENSION_HEADERS = 31;
  public static final int END_MARKER = 254;

  /** Message type of a tunnelled packet (T-PDU). */
  public static final int T_PDU = 255;

  /** Extension header type of the PDU session container, TS 38.415. */
  public static final int PDU_SESSION_CONTAINER = 0x85;

  private static final int FLAGS = 0;
  private static final int MESSAGE_TYPE = 1;
  private static final int MESSAGE_LENGTH = 2;
  private static final int TEID = 4;
  private static final int SEQUENCE = 8;
  private static final int N_PDU = 10;
  private static final int NEXT_EXTENSION = 11;
  private static final int EXTENSIONS = 12;

  private static final int FLAG_PROTOCOL_TYPE = 0x10;
  private static final int FLAG_EXTENSION = 0x04;
  private static final int FLAG_SEQUENCE = 0x02;
  private static final int FLAG_N_PDU = 0x01;

  private final int[] extensionType = new int[MAX_EXTENSIONS];
  private final int[] extensionAt = new int[MAX_EXTENSIONS];
  private int extensionCount;
  private int headerLength;

  /**
   * Refuses GTP of other versions, GTP' (protocol type 0), an optional part or extension chain that
   * runs over the end or beyond the length field, and chains above {@link #MAX_EXTENSIONS}.
   */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    extensionCount = 0;
    headerLength = MINIMUM_LENGTH;
    if (!place(segment, offset, end, MINIMUM_LENGTH)
        || version() != 1
        || (flags() & FLAG_PROTOCOL_TYPE) == 0) {
      return false;
    }
    if (!hasOptionalFields()) {
      return true;
    }
    headerLength = EXTENSIONS;
    int limit = Math.min(available(), MINIMUM_LENGTH + length());
    return headerLength <= limit && (!hasExtensions() || walkExtensions(limit));
  }

  private boolean walkExtensions(int limit) {
    int type = u8(NEXT_EXTENSION);
    while (type != 0) {
      if (extensionCount == MAX_EXTENSIONS || headerLength >= limit) {
        return false;
      }
      int length = u8(headerLength) * 4;
      if (length == 0 || headerLength + length > limit) {
        return false;
      }
      extensionType[extensionCount] = type;
      extensionAt[extensionCount++] = headerLength;
      headerLength += length;
      type = u8(headerLength - 1);
    }
    return true;
  }

  /** Bytes to the payload, optional fields and extension headers included. */
  public int headerLength() {
    return headerLength;
  }

  public int flags() {
    return u8(FLAGS);
  }

  public int version() {
    return flags() >>> 5;
  }

  /** {@link #T_PDU} and the other constants. */
  public int messageType() {
    return u8(MESSAGE_TYPE);
  }

  /** Whether a subscriber's IP packet follows. */
  public boolean isTpdu() {
    return messageType() == T_PDU;
  }

  /** Bytes after the first eight, as the sender says. */
  public int length() {
    return u16(MESSAGE_LENGTH);
  }

  /** Payload bytes as the sender says: {@link #length()} less optional and extension headers. */
  public int payloadLength() {
    return Math.max(0, MINIMUM_LENGTH + length() - headerLength);
  }

  /** Tunnel endpoint identifier, 32 bits. */
  public long teid() {
    return u32(TEID);
  }

  /** Whether sequence number, N-PDU number and next extension type are present (E, S or N). */
  public boolean hasOptionalFields() {
    return (flags() & (FLAG_EXTENSION | FLAG_SEQUENCE | FLAG_N_PDU)) != 0;
  }

  public boolean hasSequence() {
    return (flags() & FLAG_SEQUENCE) != 0;
  }

  /** -1 without {@link #hasSequence()}. */
  public int sequence() {
    return hasSequence() ? u16(SEQUENCE) : -1;
  }

  public boolean hasNpduNumber() {
    return (flags() & FLAG_N_PDU) != 0;
  }

  /** -1 without {@link #hasNpduNumber()}. */
  public int npduNumber() {
    return hasNpduNumber() ? u8(N_PDU) : -1;
  }

  public boolean hasExtensions() {
    return (flags() & FLAG_EXTENSION) != 0;
  }

  public int extensionCount() {
    return extensionCount;
  }

  /** Type of the extension header at {@code index}, below {@link #extensionCount()}. */
  public int extensionType(int index) {
    return extensionType[index];
  }

  /** Where the content of the extension header at {@code index} starts: after its length byte. */
  public long extensionOffset(int index) {
    return offset() + extensionAt[index] + 1;
  }

  /** Content bytes of the extension header at {@code index}, without length and next type. */
  public int extensionLength(int index) {
    return u8(extensionAt[index]) * 4 - 2;
  }

  /** QoS flow identifier of the PDU session container; -1 without one. */
  public int qosFlowId() {
    for (int i = 0; i < extensionCount; i++) {
      if (extensionType[i] == PDU_SESSION_CONTAINER) {
        return u8(extensionAt[i] + 2) & 0x3F;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return "GTPv1 flags=0x%02x type=%d length=%d teid=0x%08x sequence=%d n-pdu=%d extensions=%d qfi=%d"
        .formatted(
            flags(),
            messageType(),
            length(),
            teid(),
            sequence(),
            npduNumber(),
            extensionCount(),
            qosFlowId());
  }
}
