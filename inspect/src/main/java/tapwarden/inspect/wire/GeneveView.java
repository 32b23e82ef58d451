package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * GENEVE header with its options, RFC 8926 section 3.4.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |Ver|  Opt len  |O|C|    Rsvd   |         Protocol type         |
 * |       Virtual network identifier (VNI)        |   Reserved    |
 * |        Options, opt len x 4 bytes                             ~
 * </pre>
 */
public final class GeneveView extends HeaderView {

  public static final int MINIMUM_LENGTH = 8;

  /** Protocol type of a bridged Ethernet frame (transparent Ethernet bridging). */
  public static final int ETHERNET = 0x6558;

  private static final int VERSION_AND_LENGTH = 0;
  private static final int FLAGS = 1;
  private static final int PROTOCOL_TYPE = 2;
  private static final int VNI = 4;
  private static final int OPTIONS = 8;

  private final TlvCursor options = new TlvCursor();

  /** Refuses other versions than 0, whose layout is not known, and options beyond the end. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, MINIMUM_LENGTH)
        && version() == 0
        && headerLength() <= available();
  }

  public int headerLength() {
    return MINIMUM_LENGTH + optionsLength();
  }

  public int version() {
    return u8(VERSION_AND_LENGTH) >>> 6;
  }

  /** Bytes of options: a multiple of 4 up to 252. */
  public int optionsLength() {
    return (u8(VERSION_AND_LENGTH) & 0x3F) * 4;
  }

  /** The O flag: a control packet rather than a tenant's. */
  public boolean isControl() {
    return (u8(FLAGS) & 0x80) != 0;
  }

  /** The C flag: some option must be understood. */
  public boolean hasCriticalOptions() {
    return (u8(FLAGS) & 0x40) != 0;
  }

  /** EtherType of what follows; {@link #ETHERNET} for a frame. */
  public int payloadType() {
    return u16(PROTOCOL_TYPE);
  }

  /** Virtual network identifier, 24 bits. */
  public int vni() {
    return u24(VNI);
  }

  /** The options, from the first; types are class and type as 24 bits. */
  public TlvCursor options() {
    return options.start(
        TlvCursor.Coding.GENEVE, segment(), offset() + OPTIONS, offset() + headerLength());
  }

  @Override
  public String toString() {
    return "GENEVE version=%d options=%d control=%b critical=%b type=0x%04x vni=%d"
        .formatted(
            version(), optionsLength(), isControl(), hasCriticalOptions(), payloadType(), vni());
  }
}
