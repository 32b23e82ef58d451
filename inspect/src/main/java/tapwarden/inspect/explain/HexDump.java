package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.wire.Bytes;

/** Bytes as lines of 16: offset from the first, hexadecimal, printable ASCII. */
final class HexDump {
  /** Most bytes that are shown of one stretch. */
  static final int MAX_BYTES = 256;

  private static final int PER_LINE = 16;

  private HexDump() {}

  static List<String> lines(MemorySegment segment, long offset, int length) {
    List<String> lines = new ArrayList<>();
    int shown = Math.min(length, MAX_BYTES);
    for (int at = 0; at < shown; at += PER_LINE) {
      lines.add(line(segment, offset, at, Math.min(PER_LINE, shown - at)));
    }
    if (shown < length) {
      lines.add("and " + (length - shown) + " bytes more");
    }
    return lines;
  }

  private static String line(MemorySegment segment, long offset, int at, int count) {
    StringBuilder hex = new StringBuilder("%04x ".formatted(at));
    StringBuilder ascii = new StringBuilder(PER_LINE);
    for (int i = 0; i < count; i++) {
      int b = Bytes.u8(segment, offset + at + i);
      hex.append(" %02x".formatted(b));
      ascii.append(b >= 0x20 && b < 0x7F ? (char) b : '.');
    }
    return hex + "   ".repeat(PER_LINE - count) + "  " + ascii;
  }
}
