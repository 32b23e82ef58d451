package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Frame relay header (LINKTYPE_FRELAY 107): a Q.922 address of 2, 3 or 4 bytes, whose last byte has
 * its lowest bit (EA) set, then either the multiprotocol encapsulation of RFC 2427 section 3
 * (control 0x03, padding, NLPID, perhaps SNAP) or, as Cisco does it, an EtherType.
 *
 * <pre>
 *  7   6   5   4   3   2   1   0
 * |  upper DLCI (6)       |C/R| 0 |
 * | DLCI (4)  |FECN|BECN|DE | EA  |   EA 1 ends
 * | DLCI (7)                  | 0 |   the third of 4 bytes
 * | lower DLCI (6)        |D/C| 1 |   the last of 3 or 4 bytes
 * | 0x03 | 0x00 pad? | NLPID |  or  | EtherType (2) |
 * </pre>
 */
public final class FrameRelayView extends HeaderView {
  public static final int MINIMUM_LENGTH = 4;

  public static final int NLPID_Q933 = 0x08;
  public static final int NLPID_SNAP = 0x80;
  public static final int NLPID_CLNP = 0x81;
  public static final int NLPID_IPV6 = 0x8E;
  public static final int NLPID_PPP = 0xCF;
  public static final int NLPID_IPV4 = 0xCC;

  /** {@link #payloadType()} when what follows has no EtherType. */
  public static final int NO_ETHER_TYPE = -1;

  private static final int CONTROL_UNNUMBERED = 0x03;
  private static final int PAD = 0x00;
  private static final int MAX_ADDRESS_LENGTH = 4;
  private static final int SNAP_LENGTH = 5;
  private static final int OUI_ETHERTYPE = 0x000000;
  private static final int OUI_BRIDGED = 0x0080C2;
  private static final int PID_ETHERNET_WITH_FCS = 0x0001;
  private static final int PID_ETHERNET = 0x0007;

  private int addressLength;
  private int headerLength;
  private int nlpid;
  private int payloadType;

  /** Refuses an address without end in four bytes. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    nlpid = -1;
    payloadType = NO_ETHER_TYPE;
    addressLength = 2;
    if (!place(segment, offset, end, MINIMUM_LENGTH) || (u8(0) & 1) != 0) {
      return false;
    }
    while ((u8(addressLength - 1) & 1) == 0) {
      if (addressLength == MAX_ADDRESS_LENGTH || available() < ++addressLength + 2) {
        return false;
      }
    }
    if (u8(addressLength) != CONTROL_UNNUMBERED) {
      payloadType = u16(addressLength);
      headerLength = addressLength + 2;
      return true;
    }
    return readNlpid();
  }

  private boolean readNlpid() {
    int at = addressLength + 1;
    if (u8(at) == PAD && ++at >= available()) {
      return false;
    }
    nlpid = u8(at);
    headerLength = at + 1;
    switch (nlpid) {
      case NLPID_IPV4 -> payloadType = EtherType.IPV4;
      case NLPID_IPV6 -> payloadType = EtherType.IPV6;
      case NLPID_PPP -> payloadType = EtherType.PPP;
      case NLPID_SNAP -> {
        return readSnap();
      }
      default -> {
        // Signalling and protocols of OSI have no EtherType.
      }
    }
    return true;
  }

  private boolean readSnap() {
    if (available() < headerLength + SNAP_LENGTH) {
      return false;
    }
    int oui = u24(headerLength);
    int pid = u16(headerLength + 3);
    headerLength += SNAP_LENGTH;
    if (oui == OUI_ETHERTYPE) {
      payloadType = pid;
    } else if (oui == OUI_BRIDGED && (pid == PID_ETHERNET || pid == PID_ETHERNET_WITH_FCS)) {
      payloadType = EtherType.TRANSPARENT_ETHERNET_BRIDGING;
    }
    return true;
  }

  /** Address, control, NLPID and SNAP, or address and EtherType. */
  public int headerLength() {
    return headerLength;
  }

  /** Bytes of the Q.922 address: 2, 3 or 4. */
  public int addressLength() {
    return addressLength;
  }

  /** Data link connection identifier: 10, 16 or 23 bits. */
  public int dlci() {
    int dlci = u8(0) >>> 2 << 4 | u8(1) >>> 4;
    return switch (addressLength) {
      case 3 -> dlci << 6 | u8(2) >>> 2;
      case 4 -> dlci << 13 | u8(2) >>> 1 << 6 | u8(3) >>> 2;
      default -> dlci;
    };
  }

  /** Congestion towards the receiver. */
  public boolean isForwardCongested() {
    return (u8(1) & 8) != 0;
  }

  /** Congestion towards the sender. */
  public boolean isBackwardCongested() {
    return (u8(1) & 4) != 0;
  }

  public boolean isDiscardEligible() {
    return (u8(1) & 2) != 0;
  }

  /** Network layer protocol identifier; -1 with an EtherType in its place. */
  public int nlpid() {
    return nlpid;
  }

  /** EtherType of what follows (0x6558 a bridged frame), {@link #NO_ETHER_TYPE} if it has none. */
  public int payloadType() {
    return payloadType;
  }

  @Override
  public String toString() {
    return "frame relay dlci=%d address=%d fecn=%b becn=%b de=%b nlpid=%d type=%d header=%d"
        .formatted(
            dlci(),
            addressLength,
            isForwardCongested(),
            isBackwardCongested(),
            isDiscardEligible(),
            nlpid,
            payloadType,
            headerLength);
  }
}
