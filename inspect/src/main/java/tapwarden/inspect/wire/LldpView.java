package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An LLDP data unit (IEEE 802.1AB-2016 section 8): elements of type 7 bits and length 9 bits,
 * chassis id, port id and time to live first, the end mark last. A device tells its neighbour who
 * it is.
 *
 * <pre>
 *  0                   1
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * |    Type     |     Length      |  value ...
 * </pre>
 */
public final class LldpView extends TlvIndexView {
  public static final int MINIMUM_LENGTH = 2;

  public static final int END = 0;
  public static final int CHASSIS_ID = 1;
  public static final int PORT_ID = 2;
  public static final int TIME_TO_LIVE = 3;
  public static final int PORT_DESCRIPTION = 4;
  public static final int SYSTEM_NAME = 5;
  public static final int SYSTEM_DESCRIPTION = 6;
  public static final int SYSTEM_CAPABILITIES = 7;
  public static final int MANAGEMENT_ADDRESS = 8;
  public static final int ORGANISATION_SPECIFIC = 127;

  /** {@link #chassisIdSubtype()} of a hardware address. */
  public static final int CHASSIS_MAC = 4;

  /** {@link #chassisIdSubtype()} of a network address. */
  public static final int CHASSIS_NETWORK_ADDRESS = 5;

  /** {@link #portIdSubtype()} of a hardware address. */
  public static final int PORT_MAC = 3;

  private static final int SUBTYPE_IPV4 = 1;
  private static final int SUBTYPE_IPV6 = 2;

  /**
   * Refuses what does not start with a chassis id; the elements of two bytes and more can be walked
   * even then.
   */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    if (!place(segment, offset, end, MINIMUM_LENGTH)) {
      return false;
    }
    index(tlvs());
    return has(CHASSIS_ID) && u8(0) >>> 1 == CHASSIS_ID;
  }

  /** All elements, from the first, without the end mark. */
  public TlvCursor tlvs() {
    return cursor.start(TlvCursor.Coding.LLDP, segment(), offset(), end());
  }

  private int firstByte(int type) {
    return valueLength(type) == 0 ? 0 : Bytes.u8(segment(), valueOffset(type));
  }

  /** How the chassis id is coded; the id is its value without the first byte. 0 when empty. */
  public int chassisIdSubtype() {
    return firstByte(CHASSIS_ID);
  }

  /** How the port id is coded; the id is its value without the first byte. 0 when absent. */
  public int portIdSubtype() {
    return firstByte(PORT_ID);
  }

  /** The chassis id where it is a hardware address of 48 bits, else -1. */
  public long chassisMac() {
    return chassisIdSubtype() == CHASSIS_MAC && valueLength(CHASSIS_ID) == 7
        ? Bytes.u48(segment(), valueOffset(CHASSIS_ID) + 1)
        : -1;
  }

  /** Seconds that the data unit is valid; -1 when absent. */
  public int timeToLiveSeconds() {
    return u16Value(TIME_TO_LIVE, 0);
  }

  /** Bit set of what the device can do (802.1AB table 8-4); -1 when absent. */
  public int capabilities() {
    return u16Value(SYSTEM_CAPABILITIES, 0);
  }

  /** Bit set of what the device does; -1 when absent. */
  public int enabledCapabilities() {
    return u16Value(SYSTEM_CAPABILITIES, 2);
  }

  private int u16Value(int type, int at) {
    return valueLength(type) >= at + 2 ? Bytes.u16(segment(), valueOffset(type) + at) : -1;
  }

  /** 4 or 6 where the first management address is an IP address, else 0. */
  public int managementIpVersion() {
    int length = valueLength(MANAGEMENT_ADDRESS);
    if (length < 6) {
      return 0;
    }
    int counted = firstByte(MANAGEMENT_ADDRESS);
    int subtype = Bytes.u8(segment(), valueOffset(MANAGEMENT_ADDRESS) + 1);
    if (subtype == SUBTYPE_IPV4 && counted == 5) {
      return 4;
    }
    return subtype == SUBTYPE_IPV6 && counted == 17 && length >= 18 ? 6 : 0;
  }

  /** High half of the management address; 0 for IPv4 or without one. */
  public long managementHigh() {
    return managementIpVersion() == 6
        ? Bytes.i64(segment(), valueOffset(MANAGEMENT_ADDRESS) + 2)
        : 0;
  }

  /** Low half of the management address; 0 without one. */
  public long managementLow() {
    long at = valueOffset(MANAGEMENT_ADDRESS) + 2;
    return switch (managementIpVersion()) {
      case 4 -> Bytes.u32(segment(), at);
      case 6 -> Bytes.i64(segment(), at + 8);
      default -> 0;
    };
  }

  @Override
  public String toString() {
    return ("LLDP length=%d damaged=%b chassis=%d/%d mac=%d port=%d/%d ttl=%d name=%d bytes"
            + " description=%d bytes capabilities=%d/%d management=IPv%d %016x%016x")
        .formatted(
            headerLength(),
            isDamaged(),
            chassisIdSubtype(),
            valueLength(CHASSIS_ID),
            chassisMac(),
            portIdSubtype(),
            valueLength(PORT_ID),
            timeToLiveSeconds(),
            valueLength(SYSTEM_NAME),
            valueLength(SYSTEM_DESCRIPTION),
            capabilities(),
            enabledCapabilities(),
            managementIpVersion(),
            managementHigh(),
            managementLow());
  }
}
