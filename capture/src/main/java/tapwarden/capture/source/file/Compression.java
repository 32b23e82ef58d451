package tapwarden.capture.source.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * How an input is compressed, told by its first bytes and never by its name. All are read as
 * streams of several members or frames in a row, with bounded memory; only the outermost
 * compression is taken off.
 */
enum Compression {
  NONE(""),
  GZIP("\u001F\u008B"),
  ZSTD("(\u00B5/\u00FD"),
  LZ4("\u0004\"M\u0018"),
  XZ("\u00FD7zXZ\0");

  /** Longest magic of all. */
  static final int MAGIC_BYTES = 6;

  /** Most memory that an xz stream may ask for: that of {@code xz -9} is 65 MiB. */
  static final int MAX_XZ_MEMORY_KIB = 128 << 10;

  /** Largest zstd window, as a power of two: 128 MiB, the default of {@code zstd --long}. */
  static final int MAX_ZSTD_WINDOW_LOG = 27;

  private static final int LZ4_FLAGS = 4;
  private static final int LZ4_INDEPENDENT_BLOCKS = 0x20;

  /** First bytes, one a character. */
  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  /**
   * The compression of an input that starts with the first {@code length} bytes of {@code head}.
   */
  static Compression of(byte[] head, int length) {
    for (Compression each : values()) {
      if (each != NONE && each.matches(head, length)) {
        return each;
      }
    }
    return NONE;
  }

  /**
   * Whether this is lz4 with blocks that refer to those before them, which the library cannot read:
   * the flag for independent blocks (LZ4 frame format 1.6.4, FLG byte) is not set.
   */
  static boolean hasLinkedBlocks(byte[] head, int length) {
    return length > LZ4_FLAGS
        && of(head, length) == LZ4
        && (head[LZ4_FLAGS] & LZ4_INDEPENDENT_BLOCKS) == 0;
  }

  /** What people call it, such as {@code gzip}; null if there is none. */
  @Nullable String word() {
    return this == NONE ? null : name().toLowerCase(Locale.ROOT);
  }

  private boolean matches(byte[] head, int length) {
    return new String(head, 0, length, StandardCharsets.ISO_8859_1).startsWith(magic);
  }

  /** The uncompressed bytes of {@code compressed}, whose magic is still to be read. */
  InputStream open(InputStream compressed) throws IOException {
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new GzipStream(compressed);
      case ZSTD -> new ZstdInputStream(compressed).setLongMax(MAX_ZSTD_WINDOW_LOG);
      case LZ4 -> new LZ4FrameInputStream(compressed);
      case XZ -> new XZInputStream(compressed, MAX_XZ_MEMORY_KIB);
    };
  }
}
