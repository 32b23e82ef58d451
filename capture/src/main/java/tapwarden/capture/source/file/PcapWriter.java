package tapwarden.capture.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;

/**
 * Writes a classic pcap file (version 2.4, draft-ietf-opsawg-pcap): one link type, stamps in
 * microseconds or nanoseconds. Used by one thread; nothing is allocated a frame.
 */
public final class PcapWriter implements Closeable {
  static final int MAGIC_MICROS = 0xA1B2_C3D4;
  static final int MAGIC_NANOS = 0xA1B2_3C4D;

  private static final long NANOS_A_SECOND = 1_000_000_000L;

  /** Unit of the second half of a stamp. */
  public enum Precision {
    /** Stamps lose what is below a microsecond; every tool reads such files. */
    MICROS(MAGIC_MICROS, 1_000),
    NANOS(MAGIC_NANOS, 1);

    private final int magic;
    private final int unitNanos;

    Precision(int magic, int unitNanos) {
      this.magic = magic;
      this.unitNanos = unitNanos;
    }
  }

  private final OutputBuffer out;
  private final Precision precision;
  private long frames;

  /** Writes little-endian with nanosecond stamps and a snaplen that cuts nothing. */
  public PcapWriter(WritableByteChannel channel, int linkType) throws IOException {
    this(channel, linkType, FrameBatch.MAX_FRAME_BYTES, Precision.NANOS, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @param channel is closed with this writer
   * @param linkType see {@link tapwarden.capture.packet.LinkType}
   * @param snapLengthBytes what the file header says; frames are not cut to it
   */
  public PcapWriter(
      WritableByteChannel channel,
      int linkType,
      int snapLengthBytes,
      Precision precision,
      ByteOrder order)
      throws IOException {
    out = new OutputBuffer(channel, order);
    this.precision = precision;
    out.putInt(precision.magic);
    out.putShort(2);
    out.putShort(4);
    out.putInt(0);
    out.putInt(0);
    out.putInt(snapLengthBytes);
    out.putInt(linkType);
  }

  /** Creates or replaces {@code file}. */
  public static PcapWriter create(Path file, int linkType, Precision precision) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    return new PcapWriter(
        channel, linkType, FrameBatch.MAX_FRAME_BYTES, precision, ByteOrder.LITTLE_ENDIAN);
  }

  public void write(Frame frame) throws IOException {
    write(
        frame.timestampNanos(),
        frame.segment(),
        frame.offset(),
        frame.capturedLength(),
        frame.wireLength());
  }

  /** Writes a frame that was captured whole. */
  public void write(long timestampNanos, byte[] frame) throws IOException {
    write(timestampNanos, MemorySegment.ofArray(frame), 0, frame.length, frame.length);
  }

  /**
   * @param timestampNanos since 1970; the format holds its seconds modulo 2^32
   * @param capturedLength bytes of {@code data} from {@code offset} that are written
   * @param wireLength bytes that the frame had on the wire
   */
  public void write(
      long timestampNanos, MemorySegment data, long offset, int capturedLength, int wireLength)
      throws IOException {
    out.putInt((int) Math.floorDiv(timestampNanos, NANOS_A_SECOND));
    out.putInt((int) (Math.floorMod(timestampNanos, NANOS_A_SECOND) / precision.unitNanos));
    out.putInt(capturedLength);
    out.putInt(wireLength);
    out.putBytes(data, offset, capturedLength);
    frames++;
  }

  public long frames() {
    return frames;
  }

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
}
