package tapwarden.inspect.protocol.dns;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings names with bytes that are not UTF-8 or not printable to one spelling, which loses what
 * either side loses. We write such a byte as {@code \xNN}, as Suricata does, and nothing is lost.
 * tshark 4.0 writes U+FFFD, so that names of a tunnel which differ in these bytes only fall
 * together; it reads overlong forms of two bytes, which RFC 3629 §3 forbids; and it writes control
 * characters and unassigned code points as {@code \NNN} (octal) and backslash, {@code u}, four
 * digits, with the backslash doubled in the truth's table. So tshark is the one that is normalised
 * away from, and only here.
 */
final class OddNames {
  private static final char LOST = '\uFFFD';
  private static final Pattern OURS = Pattern.compile("(\\\\x[0-9a-f]{2})+");
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private static final Pattern CODE_POINT = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");
  private static final Pattern RUN = Pattern.compile(LOST + "+");

  private OddNames() {}

  static String ofTruth(String value) {
    String text = value.replace("\\\\", "\\");
    text =
        CODE_POINT.matcher(text).replaceAll(m -> quoted((char) Integer.parseInt(m.group(1), 16)));
    text = OCTAL.matcher(text).replaceAll(m -> quoted((char) Integer.parseInt(m.group(1), 8)));
    return finish(text);
  }

  static String ofOurs(String value) {
    return finish(OURS.matcher(value).replaceAll(m -> Matcher.quoteReplacement(lossy(m.group()))));
  }

  private static String lossy(String escapes) {
    byte[] bytes = HexFormat.of().parseHex(escapes.replace("\\x", ""));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      boolean overlong =
          (bytes[i] & 0xFE) == 0xC0 && i + 1 < bytes.length && (bytes[i + 1] & 0xC0) == 0x80;
      if (overlong) {
        out.append((char) ((bytes[i] & 0x1F) << 6 | (bytes[i + 1] & 0x3F)));
        i++;
      } else {
        out.append(LOST);
      }
    }
    return out.toString();
  }

  private static String finish(String text) {
    return RUN.matcher(text).replaceAll(String.valueOf(LOST)).toLowerCase(Locale.ROOT);
  }

  private static String quoted(char c) {
    return Matcher.quoteReplacement(String.valueOf(c));
  }
}
