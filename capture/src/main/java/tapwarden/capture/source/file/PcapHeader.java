package tapwarden.capture.source.file;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;

/**
 * The file header of a classic pcap file (draft-ietf-opsawg-pcap, section 4): 24 bytes, of which
 * the first four tell byte order and precision.
 *
 * @param swapped true if the file is big-endian
 * @param unitNanos nanoseconds in one unit of the second half of a stamp: 1,000 or 1
 * @param minorVersion 0 to 4; a higher one never existed and is read as 4
 * @param snapLengthBytes as the file says; often wrong
 * @param linkType see {@link LinkType}
 */
record PcapHeader(
    boolean swapped, int unitNanos, int minorVersion, int snapLengthBytes, int linkType) {
  static final int BYTES = 24;
  static final int MINOR_VERSION_AT = 6;

  private static final int LATEST_MINOR_VERSION = 4;
  private static final int AIX_MINOR_VERSION = 2;

  /** True if {@code magic}, read little-endian, starts a pcap file that {@link #read} takes. */
  static boolean isMagic(int magic) {
    return magic == PcapWriter.MAGIC_MICROS
        || magic == PcapWriter.MAGIC_NANOS
        || Integer.reverseBytes(magic) == PcapWriter.MAGIC_MICROS
        || Integer.reverseBytes(magic) == PcapWriter.MAGIC_NANOS;
  }

  /**
   * Reads the header at the window's position and moves behind it.
   *
   * @throws CaptureFormatException if it is cut short, or of a version that is refused
   */
  static PcapHeader read(String input, ByteWindow window) throws CaptureFormatException {
    if (!window.ensure(BYTES)) {
      throw new CaptureFormatException(
          input,
          "ends after %d of the 24 bytes of its pcap file header: nothing can be read of it"
              .formatted(window.remaining()));
    }
    MemorySegment bytes = window.segment();
    int at = window.position();
    int magic = bytes.get(CaptureReader.INT_LE, at);
    boolean swapped = magic != PcapWriter.MAGIC_MICROS && magic != PcapWriter.MAGIC_NANOS;
    int major = int16(bytes, at + 4, swapped);
    int minor = int16(bytes, at + 6, swapped);
    int link = int32(bytes, at + 20, swapped);
    checkVersion(input, major, minor, link);
    boolean nanos = (swapped ? Integer.reverseBytes(magic) : magic) == PcapWriter.MAGIC_NANOS;
    PcapHeader header =
        new PcapHeader(
            swapped,
            nanos ? 1 : 1_000,
            minor,
            int32(bytes, at + 16, swapped),
            LinkType.normalise(link));
    window.skip(BYTES);
    return header;
  }

  private static void checkVersion(String input, int major, int minor, int link)
      throws CaptureFormatException {
    if (major != 2) {
      throw new CaptureFormatException(
          input,
          "is a pcap file of version %d.%d, but only 2.0 to 2.4 are known: convert it with 'editcap -F pcapng'"
              .formatted(major, minor));
    }
    // AIX writes RFC 1573 interface types (Ethernet, token ring, FDDI, loopback) as link type.
    if (minor == AIX_MINOR_VERSION && (link == 6 || link == 9 || link == 15 || link == 24)) {
      throw new CaptureFormatException(
          input,
          "is an AIX tcpdump file, whose records cannot be told apart safely:"
              + " convert it with 'editcap -F pcapng'");
    }
  }

  /** True for a version that never existed. */
  boolean versionIsDamaged() {
    return minorVersion > LATEST_MINOR_VERSION;
  }

  /** Longest frame that needs no second look. */
  int plainFrameBytes() {
    return snapLengthBytes > 0 && snapLengthBytes < FrameBatch.MAX_FRAME_BYTES
        ? snapLengthBytes
        : FrameBatch.MAX_FRAME_BYTES;
  }

  /** Before version 2.3 the length on the wire came first. */
  boolean lengthsExchanged() {
    return minorVersion < 3;
  }

  private static int int16(MemorySegment bytes, int at, boolean swapped) {
    short value = bytes.get(CaptureReader.SHORT_LE, at);
    return (swapped ? Short.reverseBytes(value) : value) & 0xFFFF;
  }

  static int int32(MemorySegment bytes, int at, boolean swapped) {
    int value = bytes.get(CaptureReader.INT_LE, at);
    return swapped ? Integer.reverseBytes(value) : value;
  }
}
