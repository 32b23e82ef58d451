package tapwarden.capture.source.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * What is in lz4 frames, one after the other (LZ4 frame format 1.6.4): with linked blocks, as
 * {@code lz4 -BD} makes them and the library refuses them, or independent ones, and all checksums
 * checked. One block of at most 4 MiB and the 64 KiB before it are in memory.
 */
final class Lz4Stream extends InputStream {
  private static final VarHandle U32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MAGIC = 0x184D_2204;

  /** Frames of others, to be skipped, have any of 16 magics. */
  private static final int SKIPPABLE = 0x184D_2A50;

  private static final int HISTORY_BYTES = 64 << 10;
  private static final int VERSION = 0xC0;
  private static final int VERSION_1 = 0x40;
  private static final int INDEPENDENT_BLOCKS = 0x20;
  private static final int BLOCK_CHECKSUMS = 0x10;
  private static final int CONTENT_SIZE = 0x08;
  private static final int CONTENT_CHECKSUM = 0x04;
  private static final int RESERVED_OR_DICTIONARY = 0x03;
  private static final int LEAST_SIZE_CODE = 4;

  private final InputStream in;
  private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();
  private final StreamingXXHash32 content = XXHashFactory.fastestInstance().newStreamingHash32(0);
  private final LZ4SafeDecompressor library = LZ4Factory.fastestInstance().safeDecompressor();
  private final Lz4Block decoder = new Lz4Block();
  private final byte[] four = new byte[4];

  private boolean inFrame;
  private int flags;
  private byte[] packed = {};

  /** History, which ends at {@link #HISTORY_BYTES}, then the block at hand. */
  private byte[] window = new byte[HISTORY_BYTES];

  private int history = HISTORY_BYTES;
  private int from = HISTORY_BYTES;
  private int to = HISTORY_BYTES;

  Lz4Stream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return fill() ? window[from++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(length, to - from);
    System.arraycopy(window, from, target, offset, read);
    from += read;
    return read;
  }

  private boolean fill() throws IOException {
    while (from == to) {
      if (inFrame) {
        block();
      } else if (!frame()) {
        return false;
      }
    }
    return true;
  }

  /** Begins the next frame; false after the last. */
  private boolean frame() throws IOException {
    int got = in.readNBytes(four, 0, 4);
    if (got == 0) {
      return false;
    }
    int magic = (int) U32.get(four, 0);
    if (got == 4 && (magic & -16) == SKIPPABLE) {
      in.skipNBytes(number() & 0xFFFF_FFFFL);
      return true;
    }
    check(got == 4 && magic == MAGIC, "what follows an lz4 frame is none");
    byte[] head = new byte[10];
    fully(head, 2);
    flags = head[0];
    int sizeCode = head[1] >> 4;
    check(
        (flags & VERSION) == VERSION_1
            && (flags & RESERVED_OR_DICTIONARY) == 0
            && (head[1] & 0xF) == 0
            && sizeCode >= LEAST_SIZE_CODE,
        "lz4 frame is of a version that is not known, or needs a dictionary");
    int length = 2;
    if ((flags & CONTENT_SIZE) != 0) {
      byte[] size = in.readNBytes(8);
      System.arraycopy(size, 0, head, 2, size.length);
      length += size.length;
    }
    check(in.read() == (hash.hash(head, 0, length, 0) >>> 8 & 0xFF), "lz4 frame header is damaged");
    int most = 1 << (8 + 2 * sizeCode);
    if (packed.length != most) {
      packed = new byte[most];
      window = new byte[HISTORY_BYTES + most];
    }
    history = HISTORY_BYTES;
    from = HISTORY_BYTES;
    to = HISTORY_BYTES;
    content.reset();
    inFrame = true;
    return true;
  }

  /** Reads the next block of the frame, or its end. */
  private void block() throws IOException {
    int size = number();
    if (size == 0) {
      inFrame = false;
      check(
          (flags & CONTENT_CHECKSUM) == 0 || number() == content.getValue(),
          "lz4 frame has another checksum than its content");
      return;
    }
    int length = size & Integer.MAX_VALUE;
    check(length <= packed.length, "lz4 block is longer than its frame allows");
    fully(packed, length);
    check(
        (flags & BLOCK_CHECKSUMS) == 0 || number() == hash.hash(packed, 0, length, 0),
        "lz4 block is damaged");
    slide();
    if (size < 0) {
      System.arraycopy(packed, 0, window, HISTORY_BYTES, length);
      to = HISTORY_BYTES + length;
    } else if ((flags & INDEPENDENT_BLOCKS) != 0) {
      to = HISTORY_BYTES + independent(length);
    } else {
      to = decoder.decode(packed, length, window, history, HISTORY_BYTES);
    }
    content.update(window, HISTORY_BYTES, to - HISTORY_BYTES);
  }

  /** The library is two to four times as fast, but knows no bytes before the block. */
  private int independent(int length) throws IOException {
    try {
      return library.decompress(packed, 0, length, window, HISTORY_BYTES, packed.length);
    } catch (LZ4Exception malformed) {
      throw new IOException(Lz4Block.MALFORMED, malformed);
    }
  }

  /** The last 64 KiB of the frame are what the next block may refer to. */
  private void slide() {
    int kept = Math.min(HISTORY_BYTES, to - history);
    System.arraycopy(window, to - kept, window, HISTORY_BYTES - kept, kept);
    history = HISTORY_BYTES - kept;
    from = HISTORY_BYTES;
    to = HISTORY_BYTES;
  }

  private int number() throws IOException {
    fully(four, 4);
    return (int) U32.get(four, 0);
  }

  private void fully(byte[] target, int length) throws IOException {
    if (in.readNBytes(target, 0, length) < length) {
      throw new EOFException("lz4 frame is cut");
    }
  }

  private static void check(boolean holds, String message) throws IOException {
    if (!holds) {
      throw new IOException(message);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
