package tapwarden.capture.source.file;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.packet.FrameBatch;

/**
 * Judges what lies in a window as records of one pcap file (draft-ietf-opsawg-pcap, section 5):
 * seconds, fraction, captured length, length on the wire (4 bytes each), frame. The format has no
 * mark between records, so a record is known by sane fields and by what follows it.
 */
final class PcapRecords {
  static final int HEADER_BYTES = 16;

  /** Stamps of neighbouring records that differ by more are looked at twice. */
  static final int NEAR_SECONDS = 86_400;

  /** Records that must follow each other before bytes behind damage are believed. */
  static final int CHAIN_RECORDS = 3;

  private static final int NANOS_A_SECOND = 1_000_000_000;

  private final boolean swapped;
  private final int capturedAt;
  private final int wireAt;
  private final int unitsASecond;
  private int plainFrameBytes;

  PcapRecords(PcapHeader header) {
    swapped = header.swapped();
    capturedAt = header.lengthsExchanged() ? 12 : 8;
    wireAt = header.lengthsExchanged() ? 8 : 12;
    unitsASecond = NANOS_A_SECOND / header.unitNanos();
    plainFrameBytes = header.plainFrameBytes();
  }

  /** A frame of this length was believed, so the file header's snaplen is wrong. */
  void believed(int capturedBytes) {
    plainFrameBytes =
        Math.min(FrameBatch.MAX_FRAME_BYTES, Math.max(plainFrameBytes, capturedBytes));
  }

  int seconds(MemorySegment bytes, int record) {
    return PcapHeader.int32(bytes, record, swapped);
  }

  /** The fraction of the second in the file's unit; 0 if what stands there is a second or more. */
  int saneFraction(MemorySegment bytes, int record) {
    int fraction = PcapHeader.int32(bytes, record + 4, swapped);
    return isFraction(fraction) ? fraction : 0;
  }

  private boolean isFraction(int fraction) {
    return fraction >= 0 && fraction < unitsASecond;
  }

  int captured(MemorySegment bytes, int record) {
    return PcapHeader.int32(bytes, record + capturedAt, swapped);
  }

  int wire(MemorySegment bytes, int record) {
    return PcapHeader.int32(bytes, record + wireAt, swapped);
  }

  /**
   * True for a header that needs no second look: believable lengths and stamp, near {@code
   * nearSeconds}.
   */
  boolean isPlain(MemorySegment bytes, int record, int nearSeconds) {
    return hasPlainLengths(bytes, record)
        && near(seconds(bytes, record), nearSeconds)
        && isFraction(PcapHeader.int32(bytes, record + 4, swapped));
  }

  boolean hasPlainLengths(MemorySegment bytes, int record) {
    int captured = captured(bytes, record);
    return captured > 0
        && captured <= plainFrameBytes
        && Integer.compareUnsigned(wire(bytes, record), captured) >= 0;
  }

  /** True for a header that may be one if what follows agrees; never for 16 zeros. */
  boolean isPossible(MemorySegment bytes, int record) {
    int captured = captured(bytes, record);
    int wire = wire(bytes, record);
    if (captured > FrameBatch.MAX_FRAME_BYTES) {
      return captured <= ByteWindow.MAX_LOOKAHEAD_BYTES - HEADER_BYTES
          && Integer.compareUnsigned(wire, captured) >= 0;
    }
    return captured >= 0 && (captured | wire | seconds(bytes, record)) != 0;
  }

  /**
   * True if a record can end {@code bytes} behind the window's position: the input ends there or
   * within the next header, or a possible header follows.
   */
  boolean mayEndAt(ByteWindow window, int bytes) {
    return !window.ensure(bytes + HEADER_BYTES)
        || isPossible(window.segment(), window.position() + bytes);
  }

  /**
   * True if plain records start at the window's position: {@link #CHAIN_RECORDS} of them, or fewer
   * up to the very end of the input.
   *
   * @param nearSeconds stamp that they must be near; 0 if unknown
   */
  boolean chainStarts(ByteWindow window, int nearSeconds) {
    int at = 0;
    int near = nearSeconds;
    for (int records = 0; records < CHAIN_RECORDS; records++) {
      if (!window.ensure(at + HEADER_BYTES)) {
        return records > 0 && window.remaining() == at;
      }
      int record = window.position() + at;
      MemorySegment bytes = window.segment();
      near = near == 0 ? seconds(bytes, record) : near;
      if (near == 0 || !isPlain(bytes, record, near)) {
        return false;
      }
      near = seconds(bytes, record);
      int length = HEADER_BYTES + captured(bytes, record);
      if (!window.ensure(at + length)) {
        return records > 0;
      }
      at += length;
    }
    return true;
  }

  private static boolean near(int seconds, int other) {
    return Math.abs((seconds & 0xFFFF_FFFFL) - (other & 0xFFFF_FFFFL)) <= NEAR_SECONDS;
  }
}
