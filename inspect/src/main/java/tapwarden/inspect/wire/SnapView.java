package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * A SNAP header behind LLC (IEEE 802 clause 10.3, RFC 1042): who numbers the protocols, and which.
 *
 * <pre>
 *  0                      24              40
 * +----------------------+---------------+
 * | organisation (24)    | protocol id   |
 * +----------------------+---------------+
 * </pre>
 */
public final class SnapView {
  public static final int LENGTH = 5;

  /** The protocol id is an Ethernet type. */
  public static final int ENCAPSULATED_ETHERNET = 0x000000;

  /** Cisco's own ids. */
  public static final int CISCO = 0x00000C;

  /** Cisco for 90-compatible bridging: the protocol id is an Ethernet type. */
  public static final int CISCO_90 = 0x0000F8;

  /** RFC 2684 section 5.2: bridged frames. */
  public static final int IEEE_802_1 = 0x0080C2;

  public static final int CISCO_PVST = 0x010B;
  public static final int BRIDGED_ETHERNET_FCS = 0x0001;
  public static final int BRIDGED_ETHERNET = 0x0007;
  public static final int BRIDGED_BPDU = 0x000E;

  /** Bytes between the SNAP header and a bridged Ethernet frame. */
  public static final int BRIDGED_PADDING = 2;

  private static final int ORGANISATION = 0;
  private static final int PROTOCOL_ID = 3;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= LENGTH;
  }

  public int headerLength() {
    return LENGTH;
  }

  public int organisation() {
    return Bytes.u24(segment, offset + ORGANISATION);
  }

  public int protocolId() {
    return Bytes.u16(segment, offset + PROTOCOL_ID);
  }
}
