package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Linux "cooked" capture header, version 2 (LINKTYPE_LINUX_SLL2 276 of the tcpdump group). The
 * values of packet type, ARPHRD type and protocol are those of {@link SllView}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |         Protocol type         |           Reserved            |
 * |                        Interface index                        |
 * |          ARPHRD type          |  Packet type  | Addr length   |
 * |                link-layer address, 8 bytes                    |
 * |                                                               |
 * </pre>
 */
public final class Sll2View extends HeaderView {
  public static final int LENGTH = 20;

  private static final int PROTOCOL = 0;
  private static final int INTERFACE_INDEX = 4;
  private static final int ARPHRD = 8;
  private static final int PACKET_TYPE = 10;
  private static final int ADDRESS_LENGTH = 11;
  private static final int ADDRESS = 12;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  /** The protocol field as it is; its meaning depends on {@link #arphrd()}. */
  public int protocol() {
    return u16(PROTOCOL);
  }

  /** Index of the device on the capturing machine, 32 bits. */
  public long interfaceIndex() {
    return u32(INTERFACE_INDEX);
  }

  /** Kind of the device that the frame passed. */
  public int arphrd() {
    return u16(ARPHRD);
  }

  /** {@link SllView#TO_US} to {@link SllView#FROM_US}. */
  public int packetType() {
    return u8(PACKET_TYPE);
  }

  /** Length of the sender's address, as the header says; more than 8 bytes are not kept. */
  public int addressLength() {
    return u8(ADDRESS_LENGTH);
  }

  /** Whether the sender's address is one of 48 bits. */
  public boolean hasMac() {
    return addressLength() == 6;
  }

  /** The sender's address; meaningful with {@link #hasMac()}. */
  public long sourceMac() {
    return u48(ADDRESS);
  }

  /** As {@link SllView#payloadType()}. */
  public int payloadType() {
    return SllView.payloadType(arphrd(), protocol());
  }

  @Override
  public String toString() {
    return "SLL2 protocol=0x%04x interface=%d arphrd=%d type=%d address=%s/%d payload=%d"
        .formatted(
            protocol(),
            interfaceIndex(),
            arphrd(),
            packetType(),
            MacAddressText.format(sourceMac()),
            addressLength(),
            payloadType());
  }
}
