package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Linux netfilter log header (LINKTYPE_NFLOG 239 of the tcpdump group): a fixed part and netlink
 * attributes in the byte order of the capturing machine, the packet being one of them.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * | Address family|  Version (0)  |          Resource id          |
 * |            Length             |             Type              |  value, padded to 4
 * </pre>
 */
public final class NflogView extends TlvIndexView {
  public static final int MINIMUM_LENGTH = 4;

  public static final int PACKET_HEADER = 1;
  public static final int MARK = 2;
  public static final int TIMESTAMP = 3;
  public static final int INPUT_DEVICE = 4;
  public static final int OUTPUT_DEVICE = 5;
  public static final int HARDWARE_ADDRESS = 8;
  public static final int PAYLOAD = 9;
  public static final int PREFIX = 10;
  public static final int UID = 11;
  public static final int HARDWARE_TYPE = 15;

  public static final int AF_INET = 2;
  public static final int AF_BRIDGE = 7;
  public static final int AF_INET6 = 10;

  /** {@link #payloadType()} when neither family nor packet header tells. */
  public static final int NO_ETHER_TYPE = -1;

  private static final int FAMILY = 0;
  private static final int VERSION = 1;
  private static final int RESOURCE_ID = 2;
  private static final int FIRST_LENGTH = 4;
  private static final int FIRST_TYPE = 6;
  private static final int MAX_TYPE = 64;

  /** Refuses other versions than 0 and headers without a payload attribute. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    if (!place(segment, offset, end, MINIMUM_LENGTH) || u8(VERSION) != 0) {
      return false;
    }
    TlvCursor walk = tlvs();
    index(walk);
    if (walk.isDamaged() && walk.type() == PAYLOAD && walk.valueLength() > 0) {
      // A short snapshot length cuts the payload, which comes last: what is there is still good.
      remember(PAYLOAD, walk.valueOffset(), (int) Math.max(0, end - walk.valueOffset()));
    }
    return has(PAYLOAD);
  }

  /** All attributes, from the first. */
  public TlvCursor tlvs() {
    return cursor.start(
        isLittleEndian() ? TlvCursor.Coding.NFLOG_LITTLE_ENDIAN : TlvCursor.Coding.NFLOG_BIG_ENDIAN,
        segment(),
        offset() + MINIMUM_LENGTH,
        end());
  }

  /** The order in which the first attribute makes sense; little-endian if it does in both. */
  private boolean isLittleEndian() {
    if (available() < FIRST_TYPE + 2) {
      return true;
    }
    int type = u16LittleEndian(FIRST_TYPE) & 0x3FFF;
    int length = u16LittleEndian(FIRST_LENGTH);
    boolean plausible = type <= MAX_TYPE && length >= 4 && length <= available() - MINIMUM_LENGTH;
    return plausible || (u16(FIRST_TYPE) & 0x3FFF) > MAX_TYPE;
  }

  /** Bytes to the packet, which is the payload attribute's value. */
  @Override
  public int headerLength() {
    return (int) (valueOffset(PAYLOAD) - offset());
  }

  /** Captured bytes of the packet. */
  public int payloadLength() {
    return valueLength(PAYLOAD);
  }

  /** {@link #AF_INET}, {@link #AF_INET6}, {@link #AF_BRIDGE}, or another. */
  public int family() {
    return u8(FAMILY);
  }

  /** The netfilter log group. */
  public int resourceId() {
    return u16(RESOURCE_ID);
  }

  /** EtherType that the packet header attribute gives; -1 when absent. */
  public int hardwareProtocol() {
    return valueLength(PACKET_HEADER) >= 2
        ? Bytes.u16(segment(), valueOffset(PACKET_HEADER))
        : NO_ETHER_TYPE;
  }

  /** Netfilter hook: 0 prerouting, 1 input, 2 forward, 3 output, 4 postrouting; -1 unknown. */
  public int hook() {
    return valueLength(PACKET_HEADER) >= 3
        ? Bytes.u8(segment(), valueOffset(PACKET_HEADER) + 2)
        : -1;
  }

  /** EtherType of the packet, from the family where it tells, else from the packet header. */
  public int payloadType() {
    return switch (family()) {
      case AF_INET -> EtherType.IPV4;
      case AF_INET6 -> EtherType.IPV6;
      default -> hardwareProtocol();
    };
  }

  @Override
  public String toString() {
    return "NFLOG family=%d group=%d protocol=0x%04x hook=%d header=%d payload=%d type=%d prefix=%d"
        .formatted(
            family(),
            resourceId(),
            hardwareProtocol(),
            hook(),
            headerLength(),
            payloadLength(),
            payloadType(),
            valueLength(PREFIX));
  }
}
