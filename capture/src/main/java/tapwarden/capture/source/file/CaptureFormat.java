package tapwarden.capture.source.file;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells by its first bytes what an input is, and chooses the reader or refuses by name. */
final class CaptureFormat {
  private static final String CONVERT = ": convert it with 'editcap -F pcapng'";
  private static final String UNPACK = ": unpack it first";
  private static final int SHOWN_BYTES = 8;

  /** First four bytes, as a file of either byte order has them, and what they stand for. */
  private record Refused(int magic, boolean eitherOrder, String what) {}

  private static final Refused[] REFUSED = {
    new Refused(0xA1B2_CD34, true, "a modified (Kuznetzov) pcap file" + CONVERT),
    new Refused(0xA1B2_34CD, true, "a modified (Mesquita) pcap file" + CONVERT),
    new Refused(0xA12B_3C4D, true, "a Navtel pcap file" + CONVERT),
    new Refused(0xA1B2_C3CD, true, "an IXIA pcap file" + CONVERT),
    new Refused(0x1C00_01AC, true, "an IXIA hardware pcap file" + CONVERT),
    new Refused(0x1C00_01AB, true, "an IXIA software pcap file" + CONVERT),
    new Refused(0x736E_6F6F, false, "a Solaris snoop file" + CONVERT),
    new Refused(0x5452_534E, false, "a Network General Sniffer file" + CONVERT),
    new Refused(0x5254_5353, false, "a Microsoft Network Monitor 1 file" + CONVERT),
    new Refused(0x474D_4255, false, "a Microsoft Network Monitor 2 file" + CONVERT),
    new Refused(0x5843_5000, false, "a Network Instruments Sniffer file" + CONVERT),
    new Refused(0x504B_0304, false, "a zip archive" + UNPACK),
    new Refused(0x377A_BCAF, false, "a 7-Zip archive" + UNPACK),
    new Refused(0x0221_4C18, false, "compressed by the legacy format of lz4" + UNPACK),
  };

  private CaptureFormat() {}

  /**
   * Makes the reader for an input whose window is at its start.
   *
   * @param compression how the input was compressed; for messages
   * @throws CaptureFormatException if it is nothing that can be read
   */
  static CaptureReader open(CaptureInput input, Compression compression)
      throws CaptureFormatException {
    ByteWindow window = input.window();
    if (!window.ensure(Integer.BYTES)) {
      throw tooShort(input, compression);
    }
    int magic = window.segment().get(CaptureReader.INT_LE, window.position());
    if (PcapHeader.isMagic(magic)) {
      return new PcapReader(input);
    }
    if (magic == PcapngWriter.SECTION_HEADER) {
      return new PcapngReader(input);
    }
    String refused = refused(magic);
    String packed = compression == Compression.NONE ? "" : "holds, uncompressed, ";
    if (refused != null) {
      throw new CaptureFormatException(
          input.name(), packed.isEmpty() ? "is " + refused : packed + refused);
    }
    throw new CaptureFormatException(
        input.name(),
        (packed.isEmpty() ? "is no capture: it" : "holds, uncompressed, no capture: it")
            + " starts with "
            + start(window)
            + " but pcap and pcapng files are read (plain, gzip, zstd, lz4 or xz)");
  }

  private static CaptureFormatException tooShort(CaptureInput input, Compression compression) {
    ByteWindow window = input.window();
    if (window.failure() != null) {
      return new CaptureFormatException(
          input.name(), "cannot be read: " + CaptureFormatException.reason(window.failure()));
    }
    String inside = compression == Compression.NONE ? "" : " inside its compression";
    return new CaptureFormatException(
        input.name(),
        window.remaining() == 0
            ? "is empty" + inside + ": the capture holds not even a file header"
            : "is no capture: it has only %d bytes".formatted(window.remaining()) + inside);
  }

  private static @Nullable String refused(int magic) {
    int bigEndian = Integer.reverseBytes(magic);
    for (Refused each : REFUSED) {
      if (bigEndian == each.magic || (each.eitherOrder && magic == each.magic)) {
        return each.what;
      }
    }
    if ((bigEndian & 0xFFFF_FF00) == 0x425A_6800) {
      return "compressed by bzip2" + UNPACK;
    }
    return null;
  }

  private static String start(ByteWindow window) {
    window.ensure(SHOWN_BYTES);
    int shown = Math.min(window.remaining(), SHOWN_BYTES);
    byte[] bytes =
        window.segment().asSlice(window.position(), shown).toArray(ValueLayout.JAVA_BYTE);
    String hex = HexFormat.ofDelimiter(" ").formatHex(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean readable = text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    return readable ? "%s ('%s')".formatted(hex, text) : hex;
  }
}
