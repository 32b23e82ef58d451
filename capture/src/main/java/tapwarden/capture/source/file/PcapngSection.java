package tapwarden.capture.source.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;

/**
 * The interfaces that the current section of a pcapng file has described so far
 * (draft-ietf-opsawg-pcapng, sections 4.1 and 4.2).
 */
final class PcapngSection {
  static final int SHORTEST_HEADER_BYTES = 28;
  static final int MAJOR_VERSION = 1;

  /** Longest name or description that is kept of an interface. */
  static final int MAX_TEXT_BYTES = 256;

  private static final int DESCRIPTION_BYTES = 20;
  private static final int OPTIONS_AT = 16;
  private static final int OPTION_TSOFFSET = 14;

  private final CaptureInput input;
  private final PcapngBlocks blocks;
  private @Nullable PcapngInterface[] interfaces = new PcapngInterface[4];
  private int count;

  private String name = "";
  private String description = "";
  private int resolution;
  private long offsetSeconds;

  PcapngSection(CaptureInput input, PcapngBlocks blocks) {
    this.input = input;
    this.blocks = blocks;
  }

  /** The major version in the section header block at the window's position. */
  static int majorVersion(ByteWindow window) {
    short version = window.segment().get(CaptureReader.SHORT_LE, window.position() + 12);
    boolean swapped = PcapngBlocks.sectionOrder(window.segment(), window.position()) == 2;
    return (swapped ? Short.reverseBytes(version) : version) & 0xFFFF;
  }

  /** A new section starts: its interfaces count from 0 again. */
  void clear() {
    java.util.Arrays.fill(interfaces, null);
    count = 0;
  }

  /** The interface that packets of this section call {@code id} (unsigned), if it is described. */
  @Nullable PcapngInterface find(int id) {
    return Integer.compareUnsigned(id, count) < 0 ? interfaces[id] : null;
  }

  /**
   * Adds the interface that the description block at the window's position describes. One that
   * cannot be used keeps its place, so that the others keep their numbers.
   *
   * @return what is wrong with it, or null
   */
  @Nullable String add(ByteWindow window, int length) {
    if (count == InterfaceList.MAX_INTERFACES) {
      return "the section describes more than %,d interfaces".formatted(count);
    }
    if (count == interfaces.length) {
      interfaces = java.util.Arrays.copyOf(interfaces, 2 * count);
    }
    int place = count++;
    if (length < DESCRIPTION_BYTES) {
      return "an interface description block is too short for its fields";
    }
    MemorySegment bytes = window.segment();
    int at = window.position();
    readOptions(bytes, at + OPTIONS_AT, at + length - 4);
    int linkType = LinkType.normalise(blocks.int16(bytes, at + 8));
    int snapLength = Math.max(0, blocks.int32(bytes, at + 12));
    int index =
        input
            .interfaces()
            .add(
                new CaptureInterface(
                    name.isEmpty() ? input.interfaceName() : name,
                    linkType,
                    snapLength,
                    description));
    if (index < 0) {
      return "there are more than %,d interfaces in all inputs"
          .formatted(InterfaceList.MAX_INTERFACES);
    }
    interfaces[place] = new PcapngInterface(linkType, index, snapLength, resolution, offsetSeconds);
    return null;
  }

  /** Options that run over the end of the block end the list. */
  private void readOptions(MemorySegment bytes, int from, int to) {
    name = "";
    description = "";
    resolution = PcapngInterface.DEFAULT_RESOLUTION;
    offsetSeconds = 0;
    int at = from;
    while (to - at >= 4) {
      int code = blocks.int16(bytes, at);
      int length = blocks.int16(bytes, at + 2);
      if (code == 0 || length > to - at - 4) {
        return;
      }
      readOption(bytes, code, at + 4, length);
      at += 4 + (length + 3 & ~3);
    }
  }

  private void readOption(MemorySegment bytes, int code, int at, int length) {
    switch (code) {
      case PcapngWriter.OPTION_IF_NAME -> name = text(bytes, at, length);
      case PcapngWriter.OPTION_IF_DESCRIPTION -> description = text(bytes, at, length);
      case PcapngWriter.OPTION_IF_TSRESOL -> {
        if (length >= 1) {
          resolution = bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
        }
      }
      case OPTION_TSOFFSET -> {
        if (length >= Long.BYTES) {
          offsetSeconds = blocks.int64(bytes, at);
        }
      }
      default -> {
        // Addresses, speed, filter, hardware: nothing that frames need.
      }
    }
  }

  private static String text(MemorySegment bytes, int at, int length) {
    int kept = Math.min(length, MAX_TEXT_BYTES);
    byte[] text = bytes.asSlice(at, kept).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8).replace("\0", "");
  }
}
