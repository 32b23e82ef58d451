package tapwarden.inspect.protocol.ftp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command that waits for its reply (RFC 959 §4.1). */
final class FtpCommand {
  /** Longest word of a command; RFC 959's have four letters. */
  static final int MOST_WORD = 16;

  /** What follows these is the name of a file, whatever is in it (RFC 959 §4.1.3, RFC 3659). */
  private static final Set<String> OF_FILES =
      Set.of(
          "RETR", "STOR", "STOU", "APPE", "RNFR", "RNTO", "DELE", "RMD", "MKD", "CWD", "LIST",
          "NLST", "MLST", "MLSD", "SIZE", "MDTM", "MFMT", "STAT", "SMNT", "XCWD", "XMKD", "XRMD");

  private static final byte[] NOTHING = {};

  private final String word;
  private final byte[] argument;
  private final boolean cut;

  /** Where the data connection will be; null if the command is not about one. */
  private @Nullable FtpAddress address;

  private boolean active;

  private FtpCommand(String word, byte[] argument, boolean cut) {
    this.word = word;
    this.argument = argument;
    this.cut = cut;
  }

  /**
   * @param cut the line was longer
   * @return null if the line does not begin with a word
   */
  static @Nullable FtpCommand parse(byte[] line, int start, int end, boolean cut) {
    int at = start;
    while (at < end && isOfWord(line[at], at == start)) {
      at++;
    }
    int length = at - start;
    if (length == 0 || length > MOST_WORD || (at < end && line[at] != ' ')) {
      return null;
    }
    String word = new String(line, start, length, US_ASCII).toUpperCase(Locale.ROOT);
    while (at < end && line[at] == ' ') {
      at++;
    }
    return new FtpCommand(word, argument(word, line, at, end), cut);
  }

  /** The same, where there is no memory to keep it whole. */
  FtpCommand withoutArgument() {
    return new FtpCommand(word, NOTHING, true);
  }

  private static byte[] argument(String word, byte[] line, int start, int end) {
    if (start == end || FtpSecrets.isBefore(word)) {
      return NOTHING;
    }
    int told = OF_FILES.contains(word) ? end : FtpSecrets.start(line, start, end, true);
    return Arrays.copyOfRange(line, start, told);
  }

  private static boolean isOfWord(byte octet, boolean first) {
    return (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z')
        || (!first && octet >= '0' && octet <= '9');
  }

  /** In upper case. */
  String word() {
    return word;
  }

  /** What follows the word; nothing where that is a secret. */
  byte[] argument() {
    return argument;
  }

  boolean isCut() {
    return cut;
  }

  boolean is(String word) {
    return this.word.equals(word);
  }

  void meets(FtpAddress address, boolean active) {
    this.address = address;
    this.active = active;
  }

  @Nullable FtpAddress address() {
    return address;
  }

  /** Whether the server connects to the client. */
  boolean isActive() {
    return active;
  }

  /** Bytes of memory that it takes. */
  int bytes() {
    return argument.length;
  }
}
