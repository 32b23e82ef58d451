package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Linux "cooked" capture header, version 1 (LINKTYPE_LINUX_SLL 113 of the tcpdump group).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |          Packet type          |          ARPHRD type          |
 * |    Link-layer address length  |                               |
 * |            link-layer address, 8 bytes                        |
 * |                               |         Protocol type         |
 * </pre>
 */
public final class SllView extends HeaderView {
  public static final int LENGTH = 16;

  public static final int TO_US = 0;
  public static final int BROADCAST = 1;
  public static final int MULTICAST = 2;
  public static final int TO_SOMEONE_ELSE = 3;
  public static final int FROM_US = 4;

  public static final int ARPHRD_ETHER = 1;
  public static final int ARPHRD_CAN = 280;
  public static final int ARPHRD_PPP = 512;
  public static final int ARPHRD_TUNNEL = 768;
  public static final int ARPHRD_FRAD = 770;
  public static final int ARPHRD_LOOPBACK = 772;
  public static final int ARPHRD_IPGRE = 778;
  public static final int ARPHRD_IEEE80211 = 801;
  public static final int ARPHRD_IEEE80211_RADIOTAP = 803;
  public static final int ARPHRD_NETLINK = 824;
  public static final int ARPHRD_NONE = 0xFFFE;

  /** Protocol value: an 802.3 frame whose payload starts without an LLC header. */
  public static final int NOVELL_802_3 = 0x0001;

  /** Protocol value: an LLC header follows. */
  public static final int LLC = 0x0004;

  /** {@link #payloadType()} when the protocol field is no EtherType. */
  public static final int NO_ETHER_TYPE = -1;

  private static final int PACKET_TYPE = 0;
  private static final int ARPHRD = 2;
  private static final int ADDRESS_LENGTH = 4;
  private static final int ADDRESS = 6;
  private static final int PROTOCOL = 14;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  /** {@link #TO_US} to {@link #FROM_US}. */
  public int packetType() {
    return u16(PACKET_TYPE);
  }

  /** Kind of the device that the frame passed. */
  public int arphrd() {
    return u16(ARPHRD);
  }

  /** Length of the sender's address, as the header says; more than 8 bytes are not kept. */
  public int addressLength() {
    return u16(ADDRESS_LENGTH);
  }

  /** Whether the sender's address is one of 48 bits. */
  public boolean hasMac() {
    return addressLength() == 6;
  }

  /** The sender's address; meaningful with {@link #hasMac()}. */
  public long sourceMac() {
    return u48(ADDRESS);
  }

  /** The protocol field as it is; its meaning depends on {@link #arphrd()}. */
  public int protocol() {
    return u16(PROTOCOL);
  }

  /**
   * EtherType of what follows, {@link #LLC} or {@link #NOVELL_802_3}; {@link #NO_ETHER_TYPE} where
   * the device's kind gives the protocol field another meaning.
   */
  public int payloadType() {
    return payloadType(arphrd(), protocol());
  }

  static int payloadType(int arphrd, int protocol) {
    return switch (arphrd) {
      case ARPHRD_NETLINK, ARPHRD_FRAD, ARPHRD_IEEE80211, ARPHRD_IEEE80211_RADIOTAP ->
          NO_ETHER_TYPE;
      default -> protocol;
    };
  }

  @Override
  public String toString() {
    return "SLL type=%d arphrd=%d address=%s/%d protocol=0x%04x payload=%d"
        .formatted(
            packetType(),
            arphrd(),
            MacAddressText.format(sourceMac()),
            addressLength(),
            protocol(),
            payloadType());
  }
}
