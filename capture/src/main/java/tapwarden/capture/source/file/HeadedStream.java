package tapwarden.capture.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A channel as a stream, led by bytes that were taken from it to look at. {@link #available} is 0
 * only at the end.
 */
final class HeadedStream extends InputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  HeadedStream(byte[] head, int length, ReadableByteChannel channel) {
    this.channel = channel;
    buffer.put(head, 0, length).flip();
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(length, buffer.remaining());
    buffer.get(target, offset, read);
    return read;
  }

  @Override
  public int available() throws IOException {
    return fill() ? buffer.remaining() : 0;
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    buffer.clear();
    int read = channel.read(buffer);
    buffer.flip();
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
