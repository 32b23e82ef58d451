package tapwarden.inspect.intel;

import java.nio.charset.StandardCharsets;

/**
 * Undoes the ways in which people write addresses and names so that nobody clicks on them: {@code
 * hxxp://}, {@code [.]}, {@code (.)}, {@code [dot]}, {@code [:]}, {@code \.} and their kin; and
 * folds to lower case. Works from one byte array into another, which is never longer.
 */
final class HostText {
  private static final byte[][] DEFANGED = {
    bytes("[.]"), bytes("(.)"), bytes("{.}"), bytes("[dot]"), bytes("(dot)"), bytes("{dot}"),
    bytes("\\."), bytes("[:]"), bytes("(:)"), bytes("{:}"), bytes("[://]"), bytes("[/]")
  };
  private static final byte[][] MEANT = {
    bytes("."), bytes("."), bytes("."), bytes("."), bytes("."), bytes("."),
    bytes("."), bytes(":"), bytes(":"), bytes(":"), bytes("://"), bytes("/")
  };

  private HostText() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Copies {@code from..to} of {@code line} to the start of {@code out}; gives the length. */
  static int plain(byte[] line, int from, int to, byte[] out) {
    int length = 0;
    int i = from;
    while (i < to) {
      byte b = line[i];
      if (b == '[' || b == '(' || b == '{' || b == '\\') {
        int form = defangedForm(line, i, to);
        if (form >= 0) {
          for (byte meant : MEANT[form]) {
            out[length++] = meant;
          }
          i += DEFANGED[form].length;
          continue;
        }
      }
      out[length++] = lower(b);
      i++;
    }
    return length;
  }

  private static int defangedForm(byte[] line, int at, int to) {
    for (int form = 0; form < DEFANGED.length; form++) {
      byte[] wanted = DEFANGED[form];
      int matched = 0;
      while (matched < wanted.length
          && at + matched < to
          && lower(line[at + matched]) == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return form;
      }
    }
    return -1;
  }

  /** Where the host begins in {@code text}: behind {@code scheme://} or adblock's {@code ||}. */
  static int hostStart(byte[] text, int length) {
    int i = 0;
    while (i < length && text[i] >= 'a' && text[i] <= 'z') {
      i++;
    }
    if (i > 0 && i + 2 < length && text[i] == ':' && text[i + 1] == '/' && text[i + 2] == '/') {
      return i + 3;
    }
    return length > 2 && text[0] == '|' && text[1] == '|' ? 2 : 0;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }
}
