package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/** What messages of ICMP (RFC 792) and ICMPv6 (RFC 4443) share: the first eight bytes. */
abstract class IcmpMessageView extends HeaderView {
  public static final int LENGTH = 8;
  private static final int TYPE = 0;
  private static final int CODE = 1;
  private static final int CHECKSUM = 2;
  private static final int REST = 4;

  public final boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public final int headerLength() {
    return LENGTH;
  }

  public final int type() {
    return u8(TYPE);
  }

  public final int code() {
    return u8(CODE);
  }

  public final int checksum() {
    return u16(CHECKSUM);
  }

  /** The four bytes whose meaning depends on the type. */
  public final long rest() {
    return u32(REST);
  }

  /** Identifier of an echo request or reply. */
  public final int identifier() {
    return u16(REST);
  }

  /** Sequence number of an echo request or reply. */
  public final int sequence() {
    return u16(REST + 2);
  }
}
