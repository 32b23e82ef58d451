package tapwarden.capture.source.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of an input but not used: the bytes from {@link #position()} to {@link
 * #limit()} of an off-heap segment, with the channel behind them. It holds the tail of a block that
 * a batch had no use for, and looks ahead over records that need a second look. It grows only as
 * far as somebody looks ahead, at most twice {@link #MAX_LOOKAHEAD_BYTES}.
 */
final class ByteWindow {
  /** Farthest look ahead; also the longest record or block that is understood as one. */
  static final int MAX_LOOKAHEAD_BYTES = 16 << 20;

  private static final int INITIAL_BYTES = 64 << 10;
  private static final int READ_BYTES = 256 << 10;

  private ByteBuffer buffer = ByteBuffer.allocateDirect(INITIAL_BYTES);
  private MemorySegment segment = MemorySegment.ofBuffer(buffer);
  private ReadableByteChannel channel;
  private int position;
  private int limit;
  private long offset;
  private boolean ended;
  private @Nullable IOException failure;

  ByteWindow(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** Starts again with another input, keeping the memory. */
  void reset(ReadableByteChannel channel) {
    this.channel = channel;
    position = 0;
    limit = 0;
    offset = 0;
    ended = false;
    failure = null;
  }

  MemorySegment segment() {
    return segment;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  int remaining() {
    return limit - position;
  }

  /** Offset in the input of the byte at {@link #position()}. */
  long offset() {
    return offset;
  }

  /** True when the channel has nothing more; bytes may still lie in the window. */
  boolean ended() {
    return ended;
  }

  /** Why the input ended before its end, such as a broken compressed stream. */
  @Nullable IOException failure() {
    return failure;
  }

  /** Puts bytes of the input in the window that were read elsewhere; it must be empty. */
  void load(MemorySegment source, long sourceOffset, int length) {
    if (buffer.capacity() < length) {
      grow(length);
    }
    position = 0;
    limit = length;
    MemorySegment.copy(source, sourceOffset, segment, 0, length);
  }

  /** Moves on, at most to {@link #limit()}. */
  void skip(int bytes) {
    position += bytes;
    offset += bytes;
  }

  /** Forgets the bytes in the window: they were used elsewhere, up to {@code nextOffset}. */
  void clear(long nextOffset) {
    position = 0;
    limit = 0;
    offset = nextOffset;
  }

  /**
   * Reads until {@code bytes} bytes lie in the window.
   *
   * @return false if the input ends before
   */
  boolean ensure(int bytes) {
    while (limit - position < bytes) {
      if (ended) {
        return false;
      }
      if (buffer.capacity() - position < bytes) {
        makeRoom(bytes);
      }
      int room = Math.min(buffer.capacity() - limit, Math.max(READ_BYTES, bytes));
      limit += readInto(buffer, limit, room);
    }
    return true;
  }

  /**
   * Reads from the channel past the window.
   *
   * @return how many bytes were read; 0 only when the input has ended
   */
  int readInto(ByteBuffer target, int targetPosition, int bytes) {
    target.limit(targetPosition + bytes).position(targetPosition);
    int read = 0;
    try {
      while (read == 0 && !ended) {
        read = channel.read(target);
        ended = read < 0;
      }
    } catch (ClosedChannelException interrupted) {
      ended = true;
    } catch (IOException e) {
      ended = true;
      failure = e;
    }
    return Math.max(0, read);
  }

  /**
   * Moving costs no more than was used before it: at least half of the capacity is free, or it is
   * doubled.
   */
  private void makeRoom(int bytes) {
    if (buffer.capacity() < 2 * bytes) {
      grow(bytes);
    } else {
      MemorySegment.copy(segment, position, segment, 0, limit - position);
    }
    limit -= position;
    position = 0;
  }

  private void grow(int bytes) {
    MemorySegment old = segment;
    buffer = ByteBuffer.allocateDirect(Math.max(2 * buffer.capacity(), 2 * bytes));
    segment = MemorySegment.ofBuffer(buffer);
    MemorySegment.copy(old, position, segment, 0, limit - position);
  }
}
