package tapwarden.inspect.codec.file;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a file is, by its first bytes, in words like those of file(1): a small table of what comes
 * to equipment and from it. Executables say for which machine they are.
 */
public final class FileKind {
  private static final int TAR_MAGIC_AT = 257;

  @SuppressWarnings("ImmutableEnumChecker") // The magic is never written to.
  private enum Sign {
    GZIP("gzip compressed data", 0, 0x1F, 0x8B),
    XZ("XZ compressed data", 0, 0xFD, '7', 'z', 'X', 'Z', 0),
    BZIP2("bzip2 compressed data", 0, 'B', 'Z', 'h'),
    SEVEN_ZIP("7-zip archive data", 0, '7', 'z', 0xBC, 0xAF, 0x27, 0x1C),
    RAR("RAR archive data", 0, 'R', 'a', 'r', '!', 0x1A, 0x07),
    LZ4("LZ4 compressed data", 0, 0x04, 0x22, 0x4D, 0x18),
    ZSTD("Zstandard compressed data", 0, 0x28, 0xB5, 0x2F, 0xFD),
    LZMA("LZMA compressed data", 0, 0x5D, 0, 0),
    CAB("Microsoft Cabinet archive data", 0, 'M', 'S', 'C', 'F', 0, 0, 0, 0),
    CPIO("ASCII cpio archive", 0, '0', '7', '0', '7', '0'),
    CPIO_BINARY("cpio archive", 0, 0xC7, 0x71),
    TAR("POSIX tar archive", TAR_MAGIC_AT, 'u', 's', 't', 'a', 'r'),
    AR("current ar archive", 0, '!', '<', 'a', 'r', 'c', 'h', '>', '\n'),
    RPM("RPM", 0, 0xED, 0xAB, 0xEE, 0xDB),
    PDF("PDF document", 0, '%', 'P', 'D', 'F', '-'),
    RTF("Rich Text Format data", 0, '{', '\\', 'r', 't', 'f'),
    OLE("Composite Document File V2 Document", 0, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1),
    PNG("PNG image data", 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A),
    JPEG("JPEG image data", 0, 0xFF, 0xD8, 0xFF),
    GIF("GIF image data", 0, 'G', 'I', 'F', '8'),
    SQUASHFS("Squashfs filesystem, little endian", 0, 'h', 's', 'q', 's'),
    SQUASHFS_BIG("Squashfs filesystem, big endian", 0, 's', 'q', 's', 'h'),
    CRAMFS("Linux Compressed ROM File System data", 0, 0x45, 0x3D, 0xCD, 0x28),
    JFFS2("Linux jffs2 filesystem data little endian", 0, 0x85, 0x19, 0x03, 0x20),
    UBI("UBI image", 0, 'U', 'B', 'I', '#'),
    UIMAGE("u-boot legacy uImage", 0, 0x27, 0x05, 0x19, 0x56),
    DEVICE_TREE("Device Tree Blob", 0, 0xD0, 0x0D, 0xFE, 0xED),
    TRX("TRX firmware image", 0, 'H', 'D', 'R', '0'),
    ANDROID_BOOT("Android bootimg", 0, 'A', 'N', 'D', 'R', 'O', 'I', 'D', '!'),
    ANDROID_SPARSE("Android sparse image", 0, 0x3A, 0xFF, 0x26, 0xED),
    DEX("Dalvik dex file", 0, 'd', 'e', 'x', '\n'),
    PCAP("pcap capture file", 0, 0xD4, 0xC3, 0xB2, 0xA1),
    PCAP_BIG("pcap capture file", 0, 0xA1, 0xB2, 0xC3, 0xD4),
    PCAPNG("pcapng capture file", 0, 0x0A, 0x0D, 0x0D, 0x0A),
    FLASH("Macromedia Flash data", 0, 'F', 'W', 'S'),
    FLASH_COMPRESSED("Macromedia Flash data (compressed)", 0, 'C', 'W', 'S');

    private final String words;
    private final int at;
    private final byte[] magic;

    Sign(String words, int at, int... magic) {
      this.words = words;
      this.at = at;
      this.magic = new byte[magic.length];
      for (int i = 0; i < magic.length; i++) {
        this.magic[i] = (byte) magic[i];
      }
    }
  }

  private static final Sign[] SIGNS = Sign.values();
  private static final byte[] HTML = ascii("<!doctype html");
  private static final byte[] HTML_ELEMENT = ascii("<html");
  private static final byte[] XML = ascii("<?xml");
  private static final byte[] PHP = ascii("<?php");
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] ZIP_EMPTY = {'P', 'K', 5, 6};
  private static final int ZIP_NAME_AT = 30;

  private FileKind() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * What the file is.
   *
   * @param first its first bytes, {@link FileDigest#FIRST_BYTES} or fewer
   * @return null if they do not tell
   */
  public static @Nullable String of(byte[] first, int length) {
    String executable = Executables.of(first, length);
    if (executable != null) {
      return executable;
    }
    if (is(first, length, 0, ZIP) || is(first, length, 0, ZIP_EMPTY)) {
      return zip(first, length);
    }
    for (Sign sign : SIGNS) {
      if (is(first, length, sign.at, sign.magic)) {
        return sign.words;
      }
    }
    return text(first, length);
  }

  /** By the name of the first entry, which tells archives of programs from others. */
  private static String zip(byte[] first, int length) {
    if (is(first, length, ZIP_NAME_AT, ascii("META-INF/"))) {
      return "Java archive data (JAR)";
    }
    if (is(first, length, ZIP_NAME_AT, ascii("AndroidManifest.xml"))
        || is(first, length, ZIP_NAME_AT, ascii("classes.dex"))) {
      return "Android package (APK)";
    }
    if (is(first, length, ZIP_NAME_AT, ascii("[Content_Types].xml"))) {
      return "Microsoft OOXML";
    }
    return "Zip archive data";
  }

  private static @Nullable String text(byte[] first, int length) {
    int at = 0;
    while (at < length && (first[at] == ' ' || (first[at] >= '\t' && first[at] <= '\r'))) {
      at++;
    }
    if (isText(first, length, at, HTML) || isText(first, length, at, HTML_ELEMENT)) {
      return "HTML document";
    }
    if (isText(first, length, at, XML)) {
      return "XML document";
    }
    return isText(first, length, at, PHP) ? "PHP script" : null;
  }

  /** Whether those bytes are at that place. */
  static boolean is(byte[] first, int length, int at, byte[] wanted) {
    if (at + wanted.length > length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (first[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(byte[] first, int length, int at, byte[] lowerCase) {
    if (at + lowerCase.length > length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = first[at + i];
      byte lower = b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
      if (lower != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
