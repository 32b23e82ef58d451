package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * The readable part of an IPsec encapsulating security payload, RFC 4303 section 2; the rest is
 * encrypted.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |               Security parameters index (SPI)                 |
 * |                      Sequence number                          |
 * </pre>
 */
public final class EspView extends HeaderView {
  public static final int LENGTH = 8;

  private static final int SPI = 0;
  private static final int SEQUENCE = 4;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  /** Security parameters index, 32 bits. */
  public long spi() {
    return u32(SPI);
  }

  public long sequence() {
    return u32(SEQUENCE);
  }

  @Override
  public String toString() {
    return "ESP spi=0x%08x sequence=%d".formatted(spi(), sequence());
  }
}
