package tapwarden.capture.source.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * A fixed buffer in front of a channel: integers and frames go in, blocks come out. The capture
 * writers share it.
 */
final class OutputBuffer implements Closeable {
  private static final int CAPACITY_BYTES = 64 * 1024;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer;
  private final MemorySegment segment;
  private long flushedBytes;

  OutputBuffer(WritableByteChannel channel, ByteOrder order) {
    this.channel = channel;
    buffer = ByteBuffer.allocateDirect(CAPACITY_BYTES).order(order);
    segment = MemorySegment.ofBuffer(buffer);
  }

  /** Bytes put in since the start, whether they are in the channel yet or not. */
  long bytesWritten() {
    return flushedBytes + buffer.position();
  }

  void putByte(int value) throws IOException {
    need(Byte.BYTES);
    buffer.put((byte) value);
  }

  void putShort(int value) throws IOException {
    need(Short.BYTES);
    buffer.putShort((short) value);
  }

  void putInt(int value) throws IOException {
    need(Integer.BYTES);
    buffer.putInt(value);
  }

  void putLong(long value) throws IOException {
    need(Long.BYTES);
    buffer.putLong(value);
  }

  /** Copies {@code length} bytes, however many. */
  void putBytes(MemorySegment source, long offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      need(1);
      int part = Math.min(length - done, buffer.remaining());
      MemorySegment.copy(source, offset + done, segment, buffer.position(), part);
      buffer.position(buffer.position() + part);
      done += part;
    }
  }

  void flush() throws IOException {
    buffer.flip();
    flushedBytes += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private void need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  /** Flushes and closes the channel, which is closed even when flushing fails. */
  @Override
  public void close() throws IOException {
    try (WritableByteChannel closing = channel) {
      if (closing.isOpen()) {
        flush();
      }
    }
  }
}
