package tapwarden.capture.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes and computes its SHA-256 on the way: for standard input and named pipes, which
 * cannot be read a second time.
 */
final class CountedChannel implements ReadableByteChannel {
  private final ReadableByteChannel channel;
  private final @Nullable MessageDigest digest;
  private long bytes;
  private boolean ended;

  CountedChannel(ReadableByteChannel channel, boolean digested) {
    this.channel = channel;
    digest = digested ? InputDigest.newDigest() : null;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int start = target.position();
    int read = channel.read(target);
    if (read > 0) {
      bytes += read;
      if (digest != null) {
        digest.update(target.slice(start, read));
      }
    }
    ended |= read < 0;
    return read;
  }

  long bytes() {
    return bytes;
  }

  /** Reads what the reader of the capture had no use for, so that the digest is that of all. */
  void drain() throws IOException {
    ByteBuffer block = ByteBuffer.allocate(64 << 10);
    while (!ended && digest != null && channel.isOpen()) {
      read(block.clear());
    }
  }

  /** Null if it was not wanted or not all was read. To be asked once. */
  @Nullable String sha256() {
    return digest == null || !ended ? null : InputDigest.hex(digest);
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
