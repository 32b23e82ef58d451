package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * A logical link control header (IEEE 802.2 clause 5): two service access points and one or two
 * bytes of control, one in unnumbered frames.
 *
 * <pre>
 *  0       8       16        24
 * +-------+-------+---------+- - - - -+
 * | DSAP  | SSAP  | control | (I and S)|
 * +-------+-------+---------+- - - - -+
 * </pre>
 */
public final class LlcView {
  public static final int MINIMUM_LENGTH = 3;
  public static final int IP = 0x06;
  public static final int SPANNING_TREE = 0x42;
  public static final int SNAP = 0xAA;
  public static final int NETWARE = 0xE0;
  public static final int NETBIOS = 0xF0;
  public static final int OSI = 0xFE;
  private static final int UNNUMBERED = 3;
  private static final int NOVELL_RAW = 0xFFFF;
  private static final int DESTINATION_SAP = 0;
  private static final int SOURCE_SAP = 1;
  private static final int CONTROL = 2;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= MINIMUM_LENGTH && end - offset >= headerLength();
  }

  public int headerLength() {
    return isUnnumbered() ? MINIMUM_LENGTH : MINIMUM_LENGTH + 1;
  }

  public int destinationSap() {
    return Bytes.u8(segment, offset + DESTINATION_SAP);
  }

  public int sourceSap() {
    return Bytes.u8(segment, offset + SOURCE_SAP);
  }

  /** The first control byte. */
  public int control() {
    return Bytes.u8(segment, offset + CONTROL);
  }

  public boolean isUnnumbered() {
    return (control() & UNNUMBERED) == UNNUMBERED;
  }

  /** Whether a SNAP header follows. */
  public boolean isSnap() {
    return destinationSap() == SNAP && sourceSap() == SNAP && isUnnumbered();
  }

  /** Not LLC at all but IPX straight behind the length field ("802.3 raw"). */
  public boolean isNovellRaw() {
    return Bytes.u16(segment, offset) == NOVELL_RAW;
  }

  /** Whether {@code sap} is one of the few access points that are still met. */
  public static boolean isCommonSap(int sap) {
    return switch (sap) {
      case IP, SPANNING_TREE, SNAP, NETWARE, NETBIOS, OSI -> true;
      default -> false;
    };
  }
}
