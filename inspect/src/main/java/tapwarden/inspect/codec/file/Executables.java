package tapwarden.inspect.codec.file;

import org.jspecify.annotations.Nullable;

/**
 * Programs by their first bytes: ELF (System V gABI, chapter 4), PE (Microsoft's PE format),
 * Mach-O, Java classes (JVMS §4.1) and scripts.
 */
final class Executables {
  private static final byte[] ELF = {0x7F, 'E', 'L', 'F'};
  private static final byte[] MZ = {'M', 'Z'};
  private static final byte[] PE = {'P', 'E', 0, 0};
  private static final byte[] SCRIPT = {'#', '!'};
  private static final int ELF_DATA_AT = 5;
  private static final int ELF_TYPE_AT = 16;
  private static final int ELF_MACHINE_AT = 18;
  private static final int PE_OFFSET_AT = 60;
  private static final int PE_FLAGS_AT = 22;
  private static final int PE_OPTIONAL_AT = 24;
  private static final int FAT_OR_CLASS = 0xCAFEBABE;

  /** Java's versions begin at 45, and no fat Mach-O file has so many machines. */
  private static final int FIRST_CLASS_VERSION = 40;

  private Executables() {}

  static @Nullable String of(byte[] first, int length) {
    if (length < 4) {
      return null;
    }
    if (FileKind.is(first, length, 0, ELF)) {
      return elf(first, length);
    }
    if (FileKind.is(first, length, 0, MZ)) {
      return portable(first, length);
    }
    if (FileKind.is(first, length, 0, SCRIPT)) {
      return script(first, length);
    }
    return switch (big32(first, 0)) {
      case 0xFEEDFACE, 0xCEFAEDFE -> "Mach-O executable";
      case 0xFEEDFACF, 0xCFFAEDFE -> "Mach-O 64-bit executable";
      case FAT_OR_CLASS ->
          length >= 8 && big32(first, 4) < FIRST_CLASS_VERSION
              ? "Mach-O universal binary"
              : "compiled Java class data";
      default -> null;
    };
  }

  private static String elf(byte[] first, int length) {
    StringBuilder words = new StringBuilder("ELF");
    if (length < ELF_MACHINE_AT + 2) {
      return words.toString();
    }
    boolean isBig = first[ELF_DATA_AT] == 2;
    words.append(first[4] == 2 ? " 64-bit" : " 32-bit").append(isBig ? " MSB" : " LSB");
    words.append(
        switch (u16(first, ELF_TYPE_AT, isBig)) {
          case 1 -> " relocatable";
          case 2 -> " executable";
          case 3 -> " shared object";
          case 4 -> " core file";
          default -> " file";
        });
    int machine = u16(first, ELF_MACHINE_AT, isBig);
    String name = machineName(machine);
    return words.append(", ").append(name == null ? "machine " + machine : name).toString();
  }

  private static @Nullable String machineName(int machine) {
    return switch (machine) {
      case 2 -> "SPARC";
      case 3 -> "Intel 80386";
      case 4 -> "Motorola m68k";
      case 8, 10 -> "MIPS";
      case 20 -> "PowerPC";
      case 21 -> "64-bit PowerPC";
      case 40 -> "ARM";
      case 42 -> "Renesas SH";
      case 43 -> "SPARC V9";
      case 62 -> "x86-64";
      case 93, 195 -> "ARC";
      case 94 -> "Tensilica Xtensa";
      case 183 -> "ARM aarch64";
      case 189 -> "Xilinx MicroBlaze";
      case 243 -> "RISC-V";
      case 258 -> "LoongArch";
      default -> null;
    };
  }

  private static String portable(byte[] first, int length) {
    if (length < PE_OFFSET_AT + 4) {
      return "MS-DOS executable";
    }
    int at = u16(first, PE_OFFSET_AT, false) | u16(first, PE_OFFSET_AT + 2, false) << 16;
    if (at < 0 || at > length - PE_OPTIONAL_AT - 2 || !FileKind.is(first, length, at, PE)) {
      return "MS-DOS executable";
    }
    boolean isLibrary = (u16(first, at + PE_FLAGS_AT, false) & 0x2000) != 0;
    boolean isWide = u16(first, at + PE_OPTIONAL_AT, false) == 0x20B;
    String machine =
        switch (u16(first, at + 4, false)) {
          case 0x14C -> "Intel 80386";
          case 0x1C0, 0x1C2, 0x1C4 -> "ARM";
          case 0x8664 -> "x86-64";
          case 0xAA64 -> "Aarch64";
          case 0x200 -> "Intel Itanium";
          default -> "machine " + u16(first, at + 4, false);
        };
    return (isWide ? "PE32+ executable" : "PE32 executable")
        + (isLibrary ? " (DLL), " : ", ")
        + machine;
  }

  /** Names the interpreter, without its path and its arguments. */
  private static String script(byte[] first, int length) {
    int end = 2;
    while (end < length && first[end] >= ' ' && first[end] < 0x7F) {
      end++;
    }
    int start = skipBlanks(first, 2, end);
    int wordEnd = wordEnd(first, start, end);
    int nameStart = nameStart(first, start, wordEnd);
    if (isEnv(first, nameStart, wordEnd)) {
      start = skipBlanks(first, wordEnd, end);
      wordEnd = wordEnd(first, start, end);
      nameStart = nameStart(first, start, wordEnd);
    }
    StringBuilder words = new StringBuilder();
    for (int i = nameStart; i < wordEnd; i++) {
      words.append((char) first[i]);
    }
    return words.isEmpty() ? "script" : words.append(" script").toString();
  }

  private static boolean isEnv(byte[] text, int start, int end) {
    return end - start == 3
        && text[start] == 'e'
        && text[start + 1] == 'n'
        && text[start + 2] == 'v';
  }

  private static int skipBlanks(byte[] text, int start, int end) {
    int at = start;
    while (at < end && text[at] == ' ') {
      at++;
    }
    return at;
  }

  private static int wordEnd(byte[] text, int start, int end) {
    int at = start;
    while (at < end && text[at] != ' ') {
      at++;
    }
    return at;
  }

  private static int nameStart(byte[] text, int start, int end) {
    int at = end;
    while (at > start && text[at - 1] != '/') {
      at--;
    }
    return at;
  }

  private static int big32(byte[] bytes, int at) {
    return u16(bytes, at, true) << 16 | u16(bytes, at + 2, true);
  }

  private static int u16(byte[] bytes, int at, boolean isBig) {
    int low = bytes[isBig ? at + 1 : at] & 0xFF;
    int high = bytes[isBig ? at : at + 1] & 0xFF;
    return high << 8 | low;
  }
}
