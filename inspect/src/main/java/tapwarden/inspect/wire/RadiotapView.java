package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Radiotap header (radiotap.org; LINKTYPE_IEEE802_11_RADIOTAP 127), all little-endian: what the
 * capturing card said about an IEEE 802.11 frame, which follows. Fields lie in the order of their
 * bits in the first presence word, each aligned to its size from the start of the header.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |  Version (0)  |      Pad      |         Header length         |
 * |         Presence word; bit 31: another one follows            |
 * |         ... fields                                            |
 * </pre>
 */
public final class RadiotapView extends HeaderView {
  public static final int MINIMUM_LENGTH = 8;

  /** Most presence words that are accepted. */
  public static final int MAX_PRESENCE_WORDS = 32;

  private static final int VERSION = 0;
  private static final int HEADER_LENGTH = 2;
  private static final int PRESENCE = 4;

  private static final int TSFT = 0;
  private static final int FLAGS = 1;
  private static final int RATE = 2;
  private static final int CHANNEL = 3;
  private static final int SIGNAL = 5;
  private static final int NOISE = 6;
  private static final int ANTENNA = 11;
  private static final int FIELDS = 12;
  private static final int[] SIZE = {8, 1, 1, 4, 2, 1, 1, 2, 2, 2, 1, 1};
  private static final int[] ALIGNMENT = {8, 1, 1, 2, 1, 1, 1, 2, 2, 2, 1, 1};
  private static final int ANOTHER_WORD = 31;

  private static final int FLAG_FCS = 0x10;
  private static final int FLAG_DATA_PAD = 0x20;
  private static final int FLAG_BAD_FCS = 0x40;

  /** Offset of each field from the start of the header; 0 when absent. */
  private final int[] fieldAt = new int[FIELDS];

  private int presenceWords;

  /** Refuses other versions than 0 and a presence chain beyond the header's own length. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    Arrays.fill(fieldAt, 0);
    presenceWords = 1;
    if (!place(segment, offset, end, MINIMUM_LENGTH)
        || u8(VERSION) != 0
        || headerLength() < MINIMUM_LENGTH
        || headerLength() > available()) {
      return false;
    }
    int last = PRESENCE;
    while ((u32LittleEndian(last) >>> ANOTHER_WORD & 1) != 0) {
      last += 4;
      if (last + 4 > headerLength() || ++presenceWords > MAX_PRESENCE_WORDS) {
        return false;
      }
    }
    placeFields(last + 4);
    return true;
  }

  private void placeFields(int first) {
    long present = u32LittleEndian(PRESENCE);
    int at = first;
    for (int field = 0; field < FIELDS; field++) {
      if ((present >>> field & 1) != 0) {
        at = at + ALIGNMENT[field] - 1 & -ALIGNMENT[field];
        if (at + SIZE[field] > headerLength()) {
          return;
        }
        fieldAt[field] = at;
        at += SIZE[field];
      }
    }
  }

  public int headerLength() {
    return u16LittleEndian(HEADER_LENGTH);
  }

  /** The first presence word, 32 bits. */
  public long presence() {
    return u32LittleEndian(PRESENCE);
  }

  public int presenceWords() {
    return presenceWords;
  }

  /** The flags field; 0 when absent. */
  public int flags() {
    return fieldAt[FLAGS] == 0 ? 0 : u8(fieldAt[FLAGS]);
  }

  /** Whether the frame ends with its frame check sequence (4 bytes). */
  public boolean hasFcs() {
    return (flags() & FLAG_FCS) != 0;
  }

  /** Whether the 802.11 header is padded to a multiple of four bytes. */
  public boolean hasDataPad() {
    return (flags() & FLAG_DATA_PAD) != 0;
  }

  /** Whether the card found the frame check sequence wrong. */
  public boolean isBadFcs() {
    return (flags() & FLAG_BAD_FCS) != 0;
  }

  public boolean hasTimestamp() {
    return fieldAt[TSFT] != 0;
  }

  /** The card's clock in microseconds; 0 without {@link #hasTimestamp()}. */
  public long timestampMicros() {
    return hasTimestamp() ? Long.reverseBytes(i64(fieldAt[TSFT])) : 0;
  }

  /** Data rate in units of 500 kbit/s; 0 when absent. */
  public int rate() {
    return fieldAt[RATE] == 0 ? 0 : u8(fieldAt[RATE]);
  }

  /** Channel frequency in MHz; 0 when absent. */
  public int frequencyMhz() {
    return fieldAt[CHANNEL] == 0 ? 0 : u16LittleEndian(fieldAt[CHANNEL]);
  }

  public boolean hasSignal() {
    return fieldAt[SIGNAL] != 0;
  }

  /** Signal power at the antenna in dBm; 0 without {@link #hasSignal()}. */
  public int signalDbm() {
    return hasSignal() ? (byte) u8(fieldAt[SIGNAL]) : 0;
  }

  public boolean hasNoise() {
    return fieldAt[NOISE] != 0;
  }

  /** Noise power at the antenna in dBm; 0 without {@link #hasNoise()}. */
  public int noiseDbm() {
    return hasNoise() ? (byte) u8(fieldAt[NOISE]) : 0;
  }

  /** Antenna index; -1 when absent. */
  public int antenna() {
    return fieldAt[ANTENNA] == 0 ? -1 : u8(fieldAt[ANTENNA]);
  }

  @Override
  public String toString() {
    return ("radiotap length=%d present=0x%08x words=%d flags=0x%02x tsft=%d rate=%d mhz=%d"
            + " signal=%d noise=%d antenna=%d")
        .formatted(
            headerLength(),
            presence(),
            presenceWords,
            flags(),
            timestampMicros(),
            rate(),
            frequencyMhz(),
            signalDbm(),
            noiseDbm(),
            antenna());
  }
}
