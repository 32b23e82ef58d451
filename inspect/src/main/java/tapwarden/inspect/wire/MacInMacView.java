package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Backbone service instance tag (IEEE 802.1Q-2018 section 9.7, formerly 802.1ah), after EtherType
 * 0x88E7. The customer's whole Ethernet frame follows.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * | PCP |D|U| Res |        Backbone service instance id           |
 * </pre>
 */
public final class MacInMacView extends HeaderView {
  public static final int LENGTH = 4;

  private static final int PRIORITY = 0;
  private static final int SERVICE = 1;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  /** Priority code point, 3 bits. */
  public int priority() {
    return u8(PRIORITY) >>> 5;
  }

  public boolean dropEligible() {
    return (u8(PRIORITY) & 0x10) != 0;
  }

  /** The UCA flag: the customer's addresses are to be used. */
  public boolean usesCustomerAddresses() {
    return (u8(PRIORITY) & 0x08) != 0;
  }

  /** Service instance id (I-SID), 24 bits. */
  public int serviceId() {
    return u24(SERVICE);
  }

  @Override
  public String toString() {
    return "MAC-in-MAC priority=%d drop-eligible=%b customer-addresses=%b isid=%d"
        .formatted(priority(), dropEligible(), usesCustomerAddresses(), serviceId());
  }
}
