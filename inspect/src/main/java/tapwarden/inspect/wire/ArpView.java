package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An ARP packet (RFC 826). Hardware and protocol addresses have the lengths that the packet says;
 * the accessors for MAC and IPv4 hold only when {@link #isEthernetIpv4()} is true.
 *
 * <pre>
 *  0        2        4    5    6        8
 * +--------+--------+----+----+--------+---------+---------+---------+---------+
 * | hw     | proto  | hl | pl | opera- | sender  | sender  | target  | target  |
 * | type   | type   |    |    | tion   | hw (hl) | pr (pl) | hw (hl) | pr (pl) |
 * +--------+--------+----+----+--------+---------+---------+---------+---------+
 * </pre>
 */
public final class ArpView {
  public static final int MINIMUM_LENGTH = 8;
  public static final int REQUEST = 1;
  public static final int REPLY = 2;
  private static final int HARDWARE_TYPE = 0;
  private static final int PROTOCOL_TYPE = 2;
  private static final int HARDWARE_LENGTH = 4;
  private static final int PROTOCOL_LENGTH = 5;
  private static final int OPERATION = 6;
  private static final int SENDER_HARDWARE = 8;
  private static final int SENDER_IPV4 = 14;
  private static final int TARGET_HARDWARE = 18;
  private static final int TARGET_IPV4 = 24;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  /** True when the fixed part and all four addresses lie before {@code end}. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= MINIMUM_LENGTH && end - offset >= headerLength();
  }

  public int headerLength() {
    return MINIMUM_LENGTH + 2 * (hardwareLength() + protocolLength());
  }

  public int hardwareType() {
    return Bytes.u16(segment, offset + HARDWARE_TYPE);
  }

  public int protocolType() {
    return Bytes.u16(segment, offset + PROTOCOL_TYPE);
  }

  public int hardwareLength() {
    return Bytes.u8(segment, offset + HARDWARE_LENGTH);
  }

  public int protocolLength() {
    return Bytes.u8(segment, offset + PROTOCOL_LENGTH);
  }

  /** 1 request, 2 reply, 3 and 4 reverse, 8 and 9 inverse. */
  public int operation() {
    return Bytes.u16(segment, offset + OPERATION);
  }

  /** Whether the addresses are 48-bit MAC and IPv4: what the next four accessors need. */
  public boolean isEthernetIpv4() {
    return hardwareLength() == 6 && protocolLength() == 4 && protocolType() == EtherType.IPV4;
  }

  public long senderMac() {
    return Bytes.u48(segment, offset + SENDER_HARDWARE);
  }

  public long senderIpv4() {
    return Bytes.u32(segment, offset + SENDER_IPV4);
  }

  public long targetMac() {
    return Bytes.u48(segment, offset + TARGET_HARDWARE);
  }

  public long targetIpv4() {
    return Bytes.u32(segment, offset + TARGET_IPV4);
  }
}
