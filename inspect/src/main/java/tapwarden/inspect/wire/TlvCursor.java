package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Walks the type-length-value elements of a header without allocating: {@link #next()} moves to the
 * next element until it says false. An element that runs over the end is not shown but makes the
 * walk {@link #isDamaged()} (type and length then tell what it claimed to be); more than {@link
 * #MAX_ELEMENTS} elements end it the same way.
 */
public final class TlvCursor {
  /** Most elements that are walked of one header. */
  public static final int MAX_ELEMENTS = 256;

  /** How type and length are coded. */
  enum Coding {
    /** IEEE 802.1AB section 8.4: type 7 bits, length 9 bits; type 0 ends. */
    LLDP(2),
    /** Type 16 bits, length 16 bits that counts these four bytes too. */
    CDP(4),
    /**
     * Type 8 bits, length 8 bits; type 0 is a single padding byte, type 1 a single byte that ends.
     */
    TZSP(1),
    /** RFC 8926 section 3.5: class 16, type 8, reserved 3, length 5 bits in units of four bytes. */
    GENEVE(4),
    /**
     * RFC 8300 section 2.5.1: class 16, type 8, unassigned 1, length 7 bits; padded to four bytes.
     */
    NSH(4),
    /** RFC 2516 section 4: type 16 bits, length 16 bits; type 0 ends. */
    PPPOE(4),
    /**
     * RFC 2661 section 4.1: M, H, reserved 4, length 10 bits with header, vendor 16, attribute 16.
     */
    L2TP(6),
    /** Netlink attributes, little-endian: length with header 16, type 16; padded to four bytes. */
    NFLOG_LITTLE_ENDIAN(4),
    /** The same, written on a big-endian machine. */
    NFLOG_BIG_ENDIAN(4);

    final int headerLength;

    Coding(int headerLength) {
      this.headerLength = headerLength;
    }
  }

  private static final int LLDP_END = 0;
  private static final int TZSP_PADDING = 0;
  private static final int TZSP_END = 1;
  private static final int PPPOE_END_OF_LIST = 0;

  private MemorySegment segment = MemorySegment.NULL;
  private long end;
  private long position;
  private Coding coding = Coding.LLDP;
  private int walked;
  private boolean finished;
  private boolean damaged;
  private int type;
  private long valueOffset;
  private int valueLength;

  TlvCursor start(Coding coding, MemorySegment segment, long offset, long end) {
    this.coding = coding;
    this.segment = segment;
    this.position = offset;
    this.end = end;
    walked = 0;
    finished = false;
    damaged = false;
    type = 0;
    valueOffset = offset;
    valueLength = 0;
    return this;
  }

  /** Moves to the next element; false after the last. */
  public boolean next() {
    if (finished || position >= end) {
      return false;
    }
    if (walked++ >= MAX_ELEMENTS) {
      return damage();
    }
    if (coding == Coding.TZSP) {
      return nextTzsp();
    }
    if (end - position < coding.headerLength) {
      return damage();
    }
    int first = Bytes.u16(segment, position);
    return switch (coding) {
      case LLDP -> first >>> 9 == LLDP_END ? finish(2) : element(first >>> 9, 2, first & 0x1FF, 0);
      case CDP -> element(first, 4, Bytes.u16(segment, position + 2) - 4, 0);
      case GENEVE -> element(first << 8 | third(), 4, (fourth() & 0x1F) * 4, 0);
      case NSH -> element(first << 8 | third(), 4, fourth() & 0x7F, 3);
      case PPPOE ->
          first == PPPOE_END_OF_LIST
              ? finish(4)
              : element(first, 4, Bytes.u16(segment, position + 2), 0);
      case L2TP -> element(Bytes.u16(segment, position + 4), 6, (first & 0x3FF) - 6, 0);
      case NFLOG_LITTLE_ENDIAN ->
          nflog(
              Short.reverseBytes((short) Bytes.u16(segment, position + 2)) & 0xFFFF,
              Short.reverseBytes((short) first) & 0xFFFF);
      case NFLOG_BIG_ENDIAN -> nflog(Bytes.u16(segment, position + 2), first);
      case TZSP -> damage();
    };
  }

  private boolean nextTzsp() {
    int tag = Bytes.u8(segment, position);
    while (tag == TZSP_PADDING) {
      if (++position >= end) {
        return damage();
      }
      tag = Bytes.u8(segment, position);
    }
    if (tag == TZSP_END) {
      return finish(1);
    }
    if (end - position < 2) {
      return damage();
    }
    return element(tag, 2, Bytes.u8(segment, position + 1), 0);
  }

  /** The two high bits of a netlink type are flags; the length counts the header. */
  private boolean nflog(int type, int length) {
    return element(type & 0x3FFF, 4, length - 4, 3);
  }

  private boolean element(int type, int header, int length, int alignmentMask) {
    this.type = type;
    valueOffset = position + header;
    valueLength = length;
    if (length < 0 || end - valueOffset < length) {
      return damage();
    }
    position = Math.min(end, valueOffset + (length + alignmentMask & ~alignmentMask));
    return true;
  }

  private boolean finish(int endMark) {
    position += endMark;
    finished = true;
    return false;
  }

  private boolean damage() {
    finished = true;
    damaged = true;
    return false;
  }

  private int third() {
    return Bytes.u8(segment, position + 2);
  }

  private int fourth() {
    return Bytes.u8(segment, position + 3);
  }

  /** The element's type; GENEVE and NSH: class in bits 8 to 23, type in bits 0 to 7. */
  public int type() {
    return type;
  }

  /** Where the element's value starts, absolute in the segment. */
  public long valueOffset() {
    return valueOffset;
  }

  public int valueLength() {
    return valueLength;
  }

  /** Whether the walk ended early: an element that runs over the end, or too many of them. */
  public boolean isDamaged() {
    return damaged;
  }

  /** Whether the walk met the mark that ends the list. */
  boolean isEnded() {
    return finished && !damaged;
  }

  /** First offset after what was walked. */
  public long position() {
    return position;
  }
}
