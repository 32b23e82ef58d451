package tapwarden.capture.source.file;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.packet.FrameBatch;

/**
 * What lies in a window as blocks of one pcapng section (draft-ietf-opsawg-pcapng, section 3.1):
 * type, total length (4 bytes each), body, total length again. The length on both ends is what
 * tells a block from garbage.
 */
final class PcapngBlocks {
  static final int SHORTEST_BLOCK_BYTES = 12;
  static final int SIMPLE_PACKET = 3;
  static final int PACKET = 2;

  /** Where the frame starts in an enhanced packet block and in an obsolete packet block. */
  static final int FRAME_AT = 28;

  /** Bytes of an enhanced packet block that are neither frame nor options. */
  static final int PACKET_OVERHEAD = 32;

  /** Longest packet block that needs no second look: a frame and its options. */
  static final int PLAIN_BLOCK_BYTES = FrameBatch.MAX_FRAME_BYTES + (64 << 10);

  /** Longest block that is looked for behind damage. */
  private static final int SOUGHT_BLOCK_BYTES = 1 << 20;

  private static final int LAST_COMMON_TYPE = 0x0A;
  private static final int CUSTOM = 0xBAD;
  private static final int CUSTOM_DO_NOT_COPY = 0x4000_0BAD;

  private boolean swapped;

  /** Sets the byte order of the section. */
  void swapped(boolean swapped) {
    this.swapped = swapped;
  }

  int int32(MemorySegment bytes, int at) {
    return PcapHeader.int32(bytes, at, swapped);
  }

  int int16(MemorySegment bytes, int at) {
    short value = bytes.get(CaptureReader.SHORT_LE, at);
    return (swapped ? Short.reverseBytes(value) : value) & 0xFFFF;
  }

  /** A 64-bit number in the order of the section. */
  long int64(MemorySegment bytes, int at) {
    long first = int32(bytes, at) & 0xFFFF_FFFFL;
    long second = int32(bytes, at + 4) & 0xFFFF_FFFFL;
    return swapped ? first << 32 | second : second << 32 | first;
  }

  /** A stamp: its upper half comes first whatever the order of the section. */
  long ticks(MemorySegment bytes, int at) {
    return ((long) int32(bytes, at) << 32) | (int32(bytes, at + 4) & 0xFFFF_FFFFL);
  }

  /**
   * True if a section header block starts there; then its byte order is known.
   *
   * @return 1 if it is little-endian, 2 if big-endian, 0 if it is no section header
   */
  static int sectionOrder(MemorySegment bytes, int at) {
    if (bytes.get(CaptureReader.INT_LE, at) != PcapngWriter.SECTION_HEADER) {
      return 0;
    }
    int magic = bytes.get(CaptureReader.INT_LE, at + 8);
    if (magic == PcapngWriter.BYTE_ORDER_MAGIC) {
      return 1;
    }
    return Integer.reverseBytes(magic) == PcapngWriter.BYTE_ORDER_MAGIC ? 2 : 0;
  }

  /** True for a total length that a block may have and that can be looked over. */
  static boolean isLength(int length) {
    return length >= SHORTEST_BLOCK_BYTES
        && (length & 3) == 0
        && length <= ByteWindow.MAX_LOOKAHEAD_BYTES;
  }

  /** True if a whole block of a known type lies at the window's position. */
  boolean blockStarts(ByteWindow window) {
    if (!window.ensure(SHORTEST_BLOCK_BYTES)) {
      return false;
    }
    MemorySegment bytes = window.segment();
    int at = window.position();
    int order = sectionOrder(bytes, at);
    boolean swap = order == 0 ? swapped : order == 2;
    int type = PcapHeader.int32(bytes, at, swap);
    int length = PcapHeader.int32(bytes, at + 4, swap);
    if ((order == 0 && !isKnown(type)) || !isLength(length) || length > SOUGHT_BLOCK_BYTES) {
      return false;
    }
    return window.ensure(length)
        && PcapHeader.int32(window.segment(), window.position() + length - 4, swap) == length;
  }

  private static boolean isKnown(int type) {
    return (type > 0 && type <= LAST_COMMON_TYPE) || type == CUSTOM || type == CUSTOM_DO_NOT_COPY;
  }
}
