package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * TaZmen Sniffer Protocol header with its tagged fields, as sensors and routers send it to UDP port
 * 37008. The encapsulated frame starts after the end tag.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |  Version (1)  |     Type      |     Encapsulated protocol     |
 * | tag | length | value ... | 0x00 padding ... | 0x01 end |  frame
 * </pre>
 */
public final class TzspView extends HeaderView {
  public static final int MINIMUM_LENGTH = 4;

  public static final int RECEIVED_FRAME = 0;
  public static final int FRAME_TO_TRANSMIT = 1;
  public static final int CONFIGURATION = 3;
  public static final int KEEP_ALIVE = 4;
  public static final int PORT_OPENER = 5;

  public static final int ETHERNET = 1;
  public static final int PPP = 4;
  public static final int RAW_IP = 7;
  public static final int IEEE802_11 = 18;
  public static final int IEEE802_11_PRISM = 119;
  public static final int IEEE802_11_RADIOTAP = 126;
  public static final int IEEE802_11_AVS = 127;

  private static final int VERSION = 0;
  private static final int TYPE = 1;
  private static final int PROTOCOL = 2;
  private static final int TAGS = 4;

  private final TlvCursor tags = new TlvCursor();
  private int headerLength;

  /** Refuses other versions than 1 and, where a frame should follow, a missing end tag. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    headerLength = MINIMUM_LENGTH;
    if (!place(segment, offset, end, MINIMUM_LENGTH) || u8(VERSION) != 1) {
      return false;
    }
    if (!carriesFrame()) {
      return true;
    }
    TlvCursor walk = tags();
    while (walk.next()) {
      // Only the end matters here.
    }
    headerLength = (int) (walk.position() - offset);
    return walk.isEnded();
  }

  /** Bytes to the encapsulated frame, the end tag included. */
  public int headerLength() {
    return headerLength;
  }

  public int type() {
    return u8(TYPE);
  }

  /** Whether an encapsulated frame follows. */
  public boolean carriesFrame() {
    return type() == RECEIVED_FRAME || type() == FRAME_TO_TRANSMIT;
  }

  /** Kind of the encapsulated frame: {@link #ETHERNET}, {@link #IEEE802_11}, ... */
  public int payloadType() {
    return u16(PROTOCOL);
  }

  /** The tagged fields, from the first, without padding and end. */
  public TlvCursor tags() {
    return tags.start(TlvCursor.Coding.TZSP, segment(), offset() + TAGS, end());
  }

  @Override
  public String toString() {
    return "TZSP type=%d protocol=%d header=%d".formatted(type(), payloadType(), headerLength);
  }
}
