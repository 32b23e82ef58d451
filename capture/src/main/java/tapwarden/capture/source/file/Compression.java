package tapwarden.capture.source.file;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
      case LZ4 -> new Lz4Stream(compressed);
      case XZ -> new XZInputStream(compressed, MAX_XZ_MEMORY_KIB);
    };
  }
}
