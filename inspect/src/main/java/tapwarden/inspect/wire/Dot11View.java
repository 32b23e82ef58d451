package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * IEEE 802.11 MAC header (IEEE 802.11-2020 section 9.2 and 9.3); multi-byte fields are
 * little-endian. Data frames that are neither empty nor protected carry an LLC header.
 *
 * <pre>
 *  0        2        4        10       16       22       24       30       32       36
 * | frame   | duration| address| address| address| sequence| address| QoS     | HT      |
 * | control | or id   | 1      | 2      | 3      | control | 4      | control | control |
 *                                                           to and    QoS data  +HTC
 *                                                           from DS
 * frame control, first byte:  subtype(4) type(2) version(2)
 * second byte:  +HTC  protected  more data  power  retry  more fragments  from DS  to DS
 * </pre>
 *
 * Control frames have 10 or 16 bytes, management frames 24 (28 with HT control).
 */
public final class Dot11View extends HeaderView {
  public static final int MANAGEMENT = 0;
  public static final int CONTROL = 1;
  public static final int DATA = 2;
  public static final int EXTENSION = 3;

  /** An address that the frame does not have. */
  public static final long NO_ADDRESS = -1;

  private static final int FRAME_CONTROL = 0;
  private static final int DURATION = 2;
  private static final int ADDRESS_1 = 4;
  private static final int ADDRESS_2 = 10;
  private static final int ADDRESS_3 = 16;
  private static final int SEQUENCE_CONTROL = 22;
  private static final int ADDRESS_4 = 24;
  private static final int THREE_ADDRESSES = 24;
  private static final int SHORT_CONTROL = 10;
  private static final int LONG_CONTROL = 16;
  private static final int HT_CONTROL_LENGTH = 4;

  private static final int FLAG_TO_DS = 0x0100;
  private static final int FLAG_FROM_DS = 0x0200;
  private static final int FLAG_MORE_FRAGMENTS = 0x0400;
  private static final int FLAG_RETRY = 0x0800;
  private static final int FLAG_PROTECTED = 0x4000;
  private static final int FLAG_HT_CONTROL = 0x8000;
  private static final int SUBTYPE_QOS = 0x8;
  private static final int SUBTYPE_NO_DATA = 0x4;
  private static final int SUBTYPE_CTS = 12;
  private static final int SUBTYPE_ACK = 13;
  private static final int SUBTYPE_CONTROL_EXTENSION = 6;
  private static final int QOS_AMSDU = 0x80;

  private boolean swapped;

  /** Refuses other protocol versions than 0. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    return wrap(segment, offset, end, false);
  }

  /**
   * As {@link #wrap(MemorySegment, long, long)} for frames whose two frame control bytes are in the
   * wrong order, as some access points put them into CAPWAP.
   */
  public boolean wrap(MemorySegment segment, long offset, long end, boolean swapped) {
    this.swapped = swapped;
    return place(segment, offset, end, SHORT_CONTROL)
        && (frameControl() & 3) == 0
        && headerLength() <= available();
  }

  /**
   * Whether the frame control at {@code offset} is that of a data frame only when its bytes are
   * swapped.
   */
  public static boolean looksSwapped(MemorySegment segment, long offset, long end) {
    if (end - offset < 2) {
      return false;
    }
    int first = Bytes.u8(segment, offset);
    int second = Bytes.u8(segment, offset + 1);
    return (first & 0xF) != DATA << 2 && (second & 0xF) == DATA << 2;
  }

  /** Bytes to the frame body; padding to four bytes, where the card adds it, is not counted. */
  public int headerLength() {
    return switch (type()) {
      case DATA -> dataHeaderLength();
      case MANAGEMENT -> THREE_ADDRESSES + (hasHtControl() ? HT_CONTROL_LENGTH : 0);
      case CONTROL -> hasTransmitter() ? LONG_CONTROL : SHORT_CONTROL;
      default -> SHORT_CONTROL;
    };
  }

  private int dataHeaderLength() {
    int length = qosControlAt();
    return isQos() ? length + 2 + (hasHtControl() ? HT_CONTROL_LENGTH : 0) : length;
  }

  private int qosControlAt() {
    return hasFourAddresses() ? ADDRESS_4 + 6 : THREE_ADDRESSES;
  }

  /** Both bytes: the first on the wire is the low one. */
  public int frameControl() {
    return swapped ? u16(FRAME_CONTROL) : u16LittleEndian(FRAME_CONTROL);
  }

  /** {@link #MANAGEMENT}, {@link #CONTROL}, {@link #DATA} or {@link #EXTENSION}. */
  public int type() {
    return frameControl() >>> 2 & 3;
  }

  public int subtype() {
    return frameControl() >>> 4 & 0xF;
  }

  public boolean isToDs() {
    return (frameControl() & FLAG_TO_DS) != 0;
  }

  public boolean isFromDs() {
    return (frameControl() & FLAG_FROM_DS) != 0;
  }

  public boolean moreFragments() {
    return (frameControl() & FLAG_MORE_FRAGMENTS) != 0;
  }

  public boolean isRetry() {
    return (frameControl() & FLAG_RETRY) != 0;
  }

  /** Whether the body is encrypted. */
  public boolean isProtected() {
    return (frameControl() & FLAG_PROTECTED) != 0;
  }

  /** Order bit: in QoS data and management frames an HT control field is present. */
  public boolean hasHtControl() {
    return (frameControl() & FLAG_HT_CONTROL) != 0;
  }

  public boolean isData() {
    return type() == DATA;
  }

  public boolean isQos() {
    return isData() && (subtype() & SUBTYPE_QOS) != 0;
  }

  public boolean hasFourAddresses() {
    return isData() && isToDs() && isFromDs();
  }

  /** The QoS control field; 0 unless {@link #isQos()}. */
  public int qosControl() {
    return isQos() ? u16LittleEndian(qosControlAt()) : 0;
  }

  /** Whether the body aggregates several MSDUs. */
  public boolean isAmsdu() {
    return (qosControl() & QOS_AMSDU) != 0;
  }

  /** Whether an LLC header starts at {@link #headerLength()}. */
  public boolean carriesLlc() {
    return isData()
        && (subtype() & SUBTYPE_NO_DATA) == 0
        && !isProtected()
        && !isAmsdu()
        && fragmentNumber() == 0;
  }

  public int duration() {
    return u16LittleEndian(DURATION);
  }

  /** In the order of the frame control: who swaps the one swaps the other. */
  private int sequenceControl() {
    return swapped ? u16(SEQUENCE_CONTROL) : u16LittleEndian(SEQUENCE_CONTROL);
  }

  private boolean hasSequenceControl() {
    return type() == DATA || type() == MANAGEMENT;
  }

  /** 12 bits; -1 in control frames. */
  public int sequenceNumber() {
    return hasSequenceControl() ? sequenceControl() >>> 4 : -1;
  }

  /** 4 bits; 0 in control frames. */
  public int fragmentNumber() {
    return hasSequenceControl() ? sequenceControl() & 0xF : 0;
  }

  /** Address 1: who is to take the frame from the air. */
  public long receiver() {
    return u48(ADDRESS_1);
  }

  private boolean hasTransmitter() {
    return switch (type()) {
      case DATA, MANAGEMENT -> true;
      case CONTROL ->
          subtype() > SUBTYPE_CONTROL_EXTENSION
              ? subtype() != SUBTYPE_CTS && subtype() != SUBTYPE_ACK
              : subtype() >= 2 && subtype() != SUBTYPE_CONTROL_EXTENSION;
      default -> false;
    };
  }

  /** Address 2: who sent the frame; {@link #NO_ADDRESS} in CTS and ACK. */
  public long transmitter() {
    return hasTransmitter() ? u48(ADDRESS_2) : NO_ADDRESS;
  }

  /** Final destination of a data or management frame, else the receiver. */
  public long destination() {
    return isData() && isToDs() ? u48(ADDRESS_3) : receiver();
  }

  /** Original source of a data or management frame, else the transmitter. */
  public long source() {
    if (isData() && isFromDs()) {
      return u48(isToDs() ? ADDRESS_4 : ADDRESS_3);
    }
    return transmitter();
  }

  /** Address of the access point's cell; {@link #NO_ADDRESS} where the frame does not tell. */
  public long bssid() {
    if (type() == MANAGEMENT) {
      return u48(ADDRESS_3);
    }
    if (!isData() || hasFourAddresses()) {
      return NO_ADDRESS;
    }
    return isToDs() ? receiver() : isFromDs() ? transmitter() : u48(ADDRESS_3);
  }

  @Override
  public String toString() {
    return ("802.11 control=0x%04x duration=%d receiver=%s transmitter=%s destination=%s source=%s"
            + " bssid=%s sequence=%d fragment=%d qos=0x%04x llc=%b")
        .formatted(
            frameControl(),
            duration(),
            MacAddressText.format(receiver()),
            MacAddressText.format(transmitter()),
            MacAddressText.format(destination()),
            MacAddressText.format(source()),
            MacAddressText.format(bssid()),
            sequenceNumber(),
            fragmentNumber(),
            qosControl(),
            carriesLlc());
  }
}
