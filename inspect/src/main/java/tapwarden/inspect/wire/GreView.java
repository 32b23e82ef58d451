package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * A GRE header: version 0 (RFC 2784, key and sequence of RFC 2890, source routes of RFC 1701) and
 * the enhanced version 1 of PPTP (RFC 2637 section 4.1). NVGRE (RFC 7637) is version 0 with a key
 * that is a virtual subnet id and a flow id, and Ethernet inside.
 *
 * <pre>
 *  0 1 2 3 4 5   8 9      13  16                            31
 * +-+-+-+-+-+-----+-+-----+---+------------------------------+
 * |C|R|K|S|s| Rec |A|flags|Ver| protocol type                |
 * +-+-+-+-+-+-----+-+-----+---+------------------------------+
 * | checksum (C or R)         | offset (C or R)              |
 * +---------------------------+------------------------------+
 * | key (K); version 1: payload length, call id              |
 * +----------------------------------------------------------+
 * | sequence number (S)                                      |
 * +----------------------------------------------------------+
 * | routing entries (R) | acknowledgment (version 1, A)      |
 * +----------------------------------------------------------+
 * </pre>
 */
public final class GreView {
  public static final int MINIMUM_LENGTH = 4;

  /** Most source route entries that are followed. */
  public static final int MAX_ROUTES = 8;

  private static final int FLAGS = 0;
  private static final int PROTOCOL_TYPE = 2;
  private static final int CHECKSUM_PRESENT = 0x8000;
  private static final int ROUTING_PRESENT = 0x4000;
  private static final int KEY_PRESENT = 0x2000;
  private static final int SEQUENCE_PRESENT = 0x1000;
  private static final int ACKNOWLEDGMENT_PRESENT = 0x0080;
  private static final int VERSION = 0x0007;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private int headerLength;

  /** True when the version is 0 or 1 and all that the flags announce lies before {@code end}. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    headerLength = MINIMUM_LENGTH;
    if (end - offset < MINIMUM_LENGTH || version() > 1) {
      return false;
    }
    headerLength = sequenceOffset() + (hasSequence() ? 4 : 0);
    if (version() == 1) {
      headerLength += (flags() & ACKNOWLEDGMENT_PRESENT) != 0 ? 4 : 0;
    } else if ((flags() & ROUTING_PRESENT) != 0 && !passRoutes(end)) {
      return false;
    }
    return end - offset >= headerLength;
  }

  /** Each entry: address family (16), offset (8), length (8), data; one of length 0 is the last. */
  private boolean passRoutes(long end) {
    for (int routes = 0; routes < MAX_ROUTES; routes++) {
      if (end - offset - headerLength < 4) {
        return false;
      }
      int family = Bytes.u16(segment, offset + headerLength);
      int length = Bytes.u8(segment, offset + headerLength + 3);
      headerLength += 4 + length;
      if (family == 0 && length == 0) {
        return true;
      }
    }
    return false;
  }

  public int headerLength() {
    return headerLength;
  }

  public int flags() {
    return Bytes.u16(segment, offset + FLAGS);
  }

  public int version() {
    return flags() & VERSION;
  }

  /** An Ethernet type. */
  public int protocolType() {
    return Bytes.u16(segment, offset + PROTOCOL_TYPE);
  }

  public boolean hasChecksum() {
    return (flags() & CHECKSUM_PRESENT) != 0;
  }

  public boolean hasKey() {
    return (flags() & KEY_PRESENT) != 0;
  }

  public boolean hasSequence() {
    return (flags() & SEQUENCE_PRESENT) != 0;
  }

  /** Version 0: the key, 0 without one. */
  public long key() {
    return hasKey() ? Bytes.u32(segment, offset + keyOffset()) : 0;
  }

  /** Version 1: the call that the receiver knows; 0 without a key. */
  public int callId() {
    return (int) key() & 0xFFFF;
  }

  /** 0 without one. */
  public long sequence() {
    return hasSequence() ? Bytes.u32(segment, offset + sequenceOffset()) : 0;
  }

  /** Whether this is NVGRE: Ethernet inside, a key, and no checksum nor sequence number. */
  public boolean isNvgre() {
    return flags() == KEY_PRESENT && protocolType() == EtherType.TRANSPARENT_ETHERNET_BRIDGING;
  }

  /** NVGRE: the virtual subnet id, 24 bits. */
  public int virtualSubnetId() {
    return (int) (key() >>> 8);
  }

  private int keyOffset() {
    boolean checksum = (flags() & (CHECKSUM_PRESENT | ROUTING_PRESENT)) != 0;
    return version() == 0 && checksum ? MINIMUM_LENGTH + 4 : MINIMUM_LENGTH;
  }

  private int sequenceOffset() {
    return keyOffset() + (hasKey() ? 4 : 0);
  }
}
