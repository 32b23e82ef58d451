package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * IPsec authentication header, RFC 4302 section 2.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |  Next header  | Length x4 + 8 |           Reserved            |
 * |               Security parameters index (SPI)                 |
 * |                      Sequence number                          |
 * |          integrity check value, the rest of the length        ~
 * </pre>
 */
public final class AhView extends HeaderView {
  public static final int MINIMUM_LENGTH = 12;

  private static final int NEXT_HEADER = 0;
  private static final int PAYLOAD_LENGTH = 1;
  private static final int SPI = 4;
  private static final int SEQUENCE = 8;

  /** Refuses a length below the fixed fields or beyond the end. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, MINIMUM_LENGTH)
        && headerLength() >= MINIMUM_LENGTH
        && headerLength() <= available();
  }

  public int headerLength() {
    return (u8(PAYLOAD_LENGTH) + 2) * 4;
  }

  /** IP protocol number of what follows. */
  public int nextHeader() {
    return u8(NEXT_HEADER);
  }

  /** The same as {@link #nextHeader()}. */
  public int payloadType() {
    return nextHeader();
  }

  /** Security parameters index, 32 bits. */
  public long spi() {
    return u32(SPI);
  }

  public long sequence() {
    return u32(SEQUENCE);
  }

  /** Bytes of the integrity check value. */
  public int icvLength() {
    return headerLength() - MINIMUM_LENGTH;
  }

  @Override
  public String toString() {
    return "AH next=%d spi=0x%08x sequence=%d icv=%d"
        .formatted(nextHeader(), spi(), sequence(), icvLength());
  }
}
