package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * PPPoE header, RFC 2516 section 4, after EtherType 0x8863 (discovery: tags follow) or 0x8864
 * (session: a PPP packet follows).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |  Ver  | Type  |     Code      |          Session id           |
 * |            Length             |           payload
 * </pre>
 */
public final class PppoeView extends HeaderView {
  public static final int LENGTH = 6;

  public static final int SESSION_DATA = 0x00;
  public static final int PADO = 0x07;
  public static final int PADI = 0x09;
  public static final int PADR = 0x19;
  public static final int PADS = 0x65;
  public static final int PADT = 0xA7;

  private static final int VERSION_AND_TYPE = 0;
  private static final int CODE = 1;
  private static final int SESSION = 2;
  private static final int PAYLOAD_LENGTH = 4;

  private final TlvCursor tags = new TlvCursor();

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  /** 1 in RFC 2516. */
  public int version() {
    return u8(VERSION_AND_TYPE) >>> 4;
  }

  /** 1 in RFC 2516. */
  public int type() {
    return u8(VERSION_AND_TYPE) & 0xF;
  }

  /** {@link #SESSION_DATA}, or the step of the discovery. */
  public int code() {
    return u8(CODE);
  }

  public int sessionId() {
    return u16(SESSION);
  }

  /** Bytes after this header, as the sender says; Ethernet padding is not among them. */
  public int payloadLength() {
    return u16(PAYLOAD_LENGTH);
  }

  /** The discovery's tags, from the first: as far as the length field and the frame reach. */
  public TlvCursor tags() {
    long start = offset() + LENGTH;
    return tags.start(
        TlvCursor.Coding.PPPOE, segment(), start, Math.min(end(), start + payloadLength()));
  }

  @Override
  public String toString() {
    return "PPPoE version=%d type=%d code=0x%02x session=%d length=%d"
        .formatted(version(), type(), code(), sessionId(), payloadLength());
  }
}
