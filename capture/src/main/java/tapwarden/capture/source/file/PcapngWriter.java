package tapwarden.capture.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.packet.Frame;

/**
 * Writes a pcapng file of one section (draft-ietf-opsawg-pcapng): little-endian, nanosecond stamps,
 * several interfaces, comments on the section and on frames. A frame without comments allocates
 * nothing. Used by one thread.
 */
public final class PcapngWriter implements Closeable {
  /** Most interfaces of a file; one more is refused. */
  public static final int MAX_INTERFACES = 4_096;

  /** Most bytes of a text option in UTF-8; the rest is cut off between two characters. */
  public static final int MAX_OPTION_BYTES = 32_768;

  /** Most comments on the section or on a frame; the rest is left out. */
  public static final int MAX_COMMENTS = 64;

  static final int SECTION_HEADER = 0x0A0D_0D0A;
  static final int BYTE_ORDER_MAGIC = 0x1A2B_3C4D;
  static final int INTERFACE_DESCRIPTION = 1;
  static final int ENHANCED_PACKET = 6;
  static final int OPTION_COMMENT = 1;
  static final int OPTION_IF_NAME = 2;
  static final int OPTION_IF_DESCRIPTION = 3;
  static final int OPTION_SHB_USERAPPL = 4;
  static final int OPTION_IF_TSRESOL = 9;

  private static final int OPTION_END_BYTES = 4;
  private static final int NANOSECONDS = 9;

  private final OutputBuffer out;
  private int interfaces;
  private long frames;

  /**
   * @param channel is closed with this writer
   * @param application what wrote the file, such as {@code Tapwarden 0.1.0}
   * @param comments about the whole file
   */
  public PcapngWriter(WritableByteChannel channel, String application, List<String> comments)
      throws IOException {
    out = new OutputBuffer(channel, ByteOrder.LITTLE_ENDIAN);
    byte[] applicationBytes = utf8(application);
    List<byte[]> commentBytes = utf8(comments);
    int length =
        28 + optionsLength(commentBytes) + optionLength(applicationBytes) + OPTION_END_BYTES;
    out.putInt(SECTION_HEADER);
    out.putInt(length);
    out.putInt(BYTE_ORDER_MAGIC);
    out.putShort(1);
    out.putShort(0);
    out.putLong(-1);
    putComments(commentBytes);
    putOption(OPTION_SHB_USERAPPL, applicationBytes);
    out.putInt(0);
    out.putInt(length);
  }

  /**
   * Declares the next interface; frames name it by the returned index, which counts from 0.
   *
   * @param name such as eth1; left out when empty
   * @param description left out when empty
   * @param linkType see {@link tapwarden.capture.packet.LinkType}
   * @param snapLengthBytes 0 for unlimited
   * @throws IllegalStateException beyond {@link #MAX_INTERFACES}
   */
  public int addInterface(String name, String description, int linkType, int snapLengthBytes)
      throws IOException {
    if (interfaces == MAX_INTERFACES) {
      throw new IllegalStateException("more than " + MAX_INTERFACES + " interfaces");
    }
    byte[] nameBytes = utf8(name);
    byte[] descriptionBytes = utf8(description);
    int length =
        20 + optionLength(nameBytes) + optionLength(descriptionBytes) + 8 + OPTION_END_BYTES;
    out.putInt(INTERFACE_DESCRIPTION);
    out.putInt(length);
    out.putShort(linkType);
    out.putShort(0);
    out.putInt(snapLengthBytes);
    putOption(OPTION_IF_NAME, nameBytes);
    putOption(OPTION_IF_DESCRIPTION, descriptionBytes);
    putOption(OPTION_IF_TSRESOL, new byte[] {NANOSECONDS});
    out.putInt(0);
    out.putInt(length);
    return interfaces++;
  }

  /** Writes {@code frame} as captured on {@code interfaceIndex} of this file. */
  public void write(int interfaceIndex, Frame frame, List<String> comments) throws IOException {
    write(
        interfaceIndex,
        frame.timestampNanos(),
        frame.segment(),
        frame.offset(),
        frame.capturedLength(),
        frame.wireLength(),
        comments);
  }

  /**
   * @param interfaceIndex what {@link #addInterface} returned
   * @param capturedLength bytes of {@code data} from {@code offset} that are written
   * @param wireLength bytes that the frame had on the wire
   */
  public void write(
      int interfaceIndex,
      long timestampNanos,
      MemorySegment data,
      long offset,
      int capturedLength,
      int wireLength,
      List<String> comments)
      throws IOException {
    if (interfaceIndex < 0 || interfaceIndex >= interfaces) {
      throw new IllegalArgumentException("interface " + interfaceIndex + " of " + interfaces);
    }
    List<byte[]> commentBytes = comments.isEmpty() ? List.of() : utf8(comments);
    int optionBytes = commentBytes.isEmpty() ? 0 : optionsLength(commentBytes) + OPTION_END_BYTES;
    int padding = -capturedLength & 3;
    int length = 32 + capturedLength + padding + optionBytes;
    out.putInt(ENHANCED_PACKET);
    out.putInt(length);
    out.putInt(interfaceIndex);
    out.putInt((int) (timestampNanos >>> 32));
    out.putInt((int) timestampNanos);
    out.putInt(capturedLength);
    out.putInt(wireLength);
    out.putBytes(data, offset, capturedLength);
    putZeros(padding);
    if (optionBytes > 0) {
      putComments(commentBytes);
      out.putInt(0);
    }
    out.putInt(length);
    frames++;
  }

  public long frames() {
    return frames;
  }

  /** Bytes of the file so far; for limits on its size. */
  public long bytesWritten() {
    return out.bytesWritten();
  }

  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void putComments(List<byte[]> comments) throws IOException {
    for (byte[] comment : comments) {
      putOption(OPTION_COMMENT, comment);
    }
  }

  private void putOption(int code, byte[] value) throws IOException {
    if (value.length == 0) {
      return;
    }
    out.putShort(code);
    out.putShort(value.length);
    out.putBytes(MemorySegment.ofArray(value), 0, value.length);
    putZeros(-value.length & 3);
  }

  private void putZeros(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      out.putByte(0);
    }
  }

  private static int optionLength(byte[] value) {
    return value.length == 0 ? 0 : 4 + (value.length + 3 & ~3);
  }

  private static int optionsLength(List<byte[]> values) {
    int length = 0;
    for (byte[] value : values) {
      length += optionLength(value);
    }
    return length;
  }

  private static List<byte[]> utf8(List<String> texts) {
    List<byte[]> bytes = new ArrayList<>();
    for (String text : texts.subList(0, Math.min(texts.size(), MAX_COMMENTS))) {
      bytes.add(utf8(text));
    }
    return bytes;
  }

  /** The text in UTF-8, cut before the character that would not fit whole. */
  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_OPTION_BYTES) {
      return bytes;
    }
    int end = MAX_OPTION_BYTES;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return java.util.Arrays.copyOf(bytes, end);
  }
}
