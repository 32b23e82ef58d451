package tapwarden.capture.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A decompressing stream as a channel. Whatever a decompressor throws over hostile bytes becomes an
 * {@link IOException}; what it had decompressed before is handed out first.
 */
final class StreamChannel implements ReadableByteChannel {
  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream stream;
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private boolean open = true;

  StreamChannel(InputStream stream) {
    this.stream = stream;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int wanted = Math.min(target.remaining(), BUFFER_BYTES);
    try {
      int read = stream.read(bytes, 0, wanted);
      if (read > 0) {
        target.put(bytes, 0, read);
      }
      return read;
    } catch (RuntimeException e) {
      throw new IOException(
          "the compressed data is damaged: " + CaptureFormatException.reason(e), e);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    stream.close();
  }
}
