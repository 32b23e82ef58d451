package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * A Cisco Discovery Protocol message, after the SNAP header (OUI 00-00-0C, protocol 0x2000): a
 * fixed part, then elements whose length counts their own four header bytes.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |    Version    |  TTL seconds  |           Checksum            |
 * |             Type              |            Length             |  value ...
 * </pre>
 */
public final class CdpView extends TlvIndexView {
  public static final int MINIMUM_LENGTH = 4;

  public static final int DEVICE_ID = 0x01;
  public static final int ADDRESSES = 0x02;
  public static final int PORT_ID = 0x03;
  public static final int CAPABILITIES = 0x04;
  public static final int SOFTWARE_VERSION = 0x05;
  public static final int PLATFORM = 0x06;
  public static final int VTP_DOMAIN = 0x09;
  public static final int NATIVE_VLAN = 0x0A;
  public static final int DUPLEX = 0x0B;
  public static final int SYSTEM_NAME = 0x14;
  public static final int MANAGEMENT_ADDRESSES = 0x16;

  /** Most addresses that are looked at in one element. */
  public static final int MAX_ADDRESSES = 32;

  private static final int VERSION = 0;
  private static final int TIME_TO_LIVE = 1;
  private static final int CHECKSUM = 2;
  private static final int ADDRESS_COUNT_LENGTH = 4;

  private long addressAt;
  private int addressIpVersion;

  /** Refuses versions 0 and above 2. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    addressIpVersion = 0;
    if (!place(segment, offset, end, MINIMUM_LENGTH) || version() < 1 || version() > 2) {
      return false;
    }
    index(tlvs());
    if (!findAddress(MANAGEMENT_ADDRESSES)) {
      findAddress(ADDRESSES);
    }
    return true;
  }

  /** All elements, from the first. */
  public TlvCursor tlvs() {
    return cursor.start(TlvCursor.Coding.CDP, segment(), offset() + MINIMUM_LENGTH, end());
  }

  /**
   * Finds the first IP address among records of protocol type, length, protocol, length, address.
   */
  private boolean findAddress(int type) {
    long at = valueOffset(type) + ADDRESS_COUNT_LENGTH;
    long stop = valueOffset(type) + valueLength(type);
    for (int record = 0; record < MAX_ADDRESSES && stop - at >= 4; record++) {
      long lengthAt = at + 2 + Bytes.u8(segment(), at + 1);
      if (stop - lengthAt < 2) {
        return false;
      }
      int length = Bytes.u16(segment(), lengthAt);
      if (stop - lengthAt - 2 < length) {
        return false;
      }
      if (length == 4 || length == 16) {
        addressAt = lengthAt + 2;
        addressIpVersion = length == 4 ? 4 : 6;
        return true;
      }
      at = lengthAt + 2 + length;
    }
    return false;
  }

  public int version() {
    return u8(VERSION);
  }

  /** Seconds that the message is valid. */
  public int timeToLiveSeconds() {
    return u8(TIME_TO_LIVE);
  }

  public int checksum() {
    return u16(CHECKSUM);
  }

  /** Bit set of what the device does; -1 when absent. */
  public long capabilities() {
    return valueLength(CAPABILITIES) >= 4 ? Bytes.u32(segment(), valueOffset(CAPABILITIES)) : -1;
  }

  /** -1 when absent. */
  public int nativeVlan() {
    return valueLength(NATIVE_VLAN) >= 2 ? Bytes.u16(segment(), valueOffset(NATIVE_VLAN)) : -1;
  }

  /**
   * 4 or 6 where the message gives an IP address of the device (a management address before
   * others), else 0.
   */
  public int managementIpVersion() {
    return addressIpVersion;
  }

  /** High half of that address; 0 for IPv4 or without one. */
  public long managementHigh() {
    return addressIpVersion == 6 ? Bytes.i64(segment(), addressAt) : 0;
  }

  /** Low half of that address; 0 without one. */
  public long managementLow() {
    return switch (addressIpVersion) {
      case 4 -> Bytes.u32(segment(), addressAt);
      case 6 -> Bytes.i64(segment(), addressAt + 8);
      default -> 0;
    };
  }

  @Override
  public String toString() {
    return ("CDP version=%d ttl=%d checksum=0x%04x length=%d damaged=%b device=%d bytes"
            + " port=%d bytes platform=%d bytes capabilities=%d vlan=%d management=IPv%d %016x%016x")
        .formatted(
            version(),
            timeToLiveSeconds(),
            checksum(),
            headerLength(),
            isDamaged(),
            valueLength(DEVICE_ID),
            valueLength(PORT_ID),
            valueLength(PLATFORM),
            capabilities(),
            nativeVlan(),
            addressIpVersion,
            managementHigh(),
            managementLow());
  }
}
