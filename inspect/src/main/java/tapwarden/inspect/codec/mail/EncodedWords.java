package tapwarden.inspect.codec.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text of header fields that is not ASCII: encoded words (RFC 2047), and the charsets that mail
 * names. What cannot be decoded stays as it is.
 */
final class EncodedWords {
  private static final String[] NAMES = {
    "utf-8",
    "us-ascii",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-9",
    "iso-8859-13",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "koi8-r",
    "koi8-u",
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
    "shift_jis",
    "iso-2022-jp",
    "euc-jp",
    "euc-kr",
    "iso-2022-kr",
    "ks_c_5601-1987",
    "utf-7"
  };
  private static final Map<String, Charset> CHARSETS = charsets();
  private static final int MOST_NAME = 32;

  private EncodedWords() {}

  private static Map<String, Charset> charsets() {
    Map<String, Charset> charsets = new HashMap<>();
    for (String name : NAMES) {
      if (Charset.isSupported(name)) {
        charsets.put(name, Charset.forName(name));
      }
    }
    return charsets;
  }

  /** The charset of that name; null if it is not known here. */
  static @Nullable Charset charset(byte[] text, int start, int end) {
    if (end - start > MOST_NAME) {
      return null;
    }
    return CHARSETS.get(new String(text, start, end - start, US_ASCII).toLowerCase(Locale.ROOT));
  }

  /** The text as UTF-8, where it is in that charset. */
  static byte[] toUtf8(byte[] text, int start, int end, Charset charset) {
    if (charset.equals(UTF_8) || charset.equals(US_ASCII)) {
      return Arrays.copyOfRange(text, start, end);
    }
    return new String(text, start, end - start, charset).getBytes(UTF_8);
  }

  /** Decodes the encoded words of a field; blanks between two of them are not theirs. */
  static byte[] decode(byte[] text, int start, int end) {
    ByteText out = new ByteText(end - start);
    int at = start;
    int blanksFrom = -1;
    while (at < end) {
      if (text[at] == '=' && at + 1 < end && text[at + 1] == '?') {
        int mark = out.length();
        int next = word(text, at, end, out);
        if (next > 0) {
          if (blanksFrom >= 0) {
            out.remove(blanksFrom, mark);
          }
          blanksFrom = out.length();
          at = next;
          continue;
        }
      }
      if (text[at] != ' ' && text[at] != '\t') {
        blanksFrom = -1;
      }
      out.append(text[at++]);
    }
    return out.toArray();
  }

  /** Decodes one word; returns where it ends, or 0 if it is none. */
  private static int word(byte[] text, int start, int end, ByteText out) {
    int charsetEnd = find(text, start + 2, end, '?');
    int textAt = charsetEnd + 3;
    if (charsetEnd < 0 || textAt > end || text[charsetEnd + 2] != '?') {
      return 0;
    }
    int textEnd = find(text, textAt, end, '?');
    if (textEnd < 0 || textEnd + 1 >= end || text[textEnd + 1] != '=') {
      return 0;
    }
    int language = find(text, start + 2, charsetEnd, '*');
    Charset charset = charset(text, start + 2, language < 0 ? charsetEnd : language);
    if (charset == null) {
      return 0;
    }
    ByteText decoded = new ByteText(textEnd - textAt);
    int encoding = text[charsetEnd + 1] | 0x20;
    if (encoding == 'q') {
      quoted(text, textAt, textEnd, decoded);
    } else if (encoding == 'b') {
      base64(text, textAt, textEnd, decoded);
    } else {
      return 0;
    }
    byte[] plain = decoded.toArray();
    byte[] utf8 = toUtf8(plain, 0, plain.length, charset);
    out.append(utf8, 0, utf8.length);
    return textEnd + 2;
  }

  private static void quoted(byte[] text, int start, int end, ByteText out) {
    for (int at = start; at < end; at++) {
      if (text[at] == '=' && at + 2 < end) {
        int high = Character.digit(text[at + 1], 16);
        int low = Character.digit(text[at + 2], 16);
        if (high >= 0 && low >= 0) {
          out.append((byte) (high << 4 | low));
          at += 2;
          continue;
        }
      }
      out.append(text[at] == '_' ? (byte) ' ' : text[at]);
    }
  }

  private static void base64(byte[] text, int start, int end, ByteText out) {
    int bits = 0;
    int count = 0;
    for (int at = start; at < end; at++) {
      int value = base64Value(text[at]);
      if (value < 0) {
        continue;
      }
      bits = (bits << 6 | value) & 0xFFFF;
      count += 6;
      if (count >= 8) {
        count -= 8;
        out.append((byte) (bits >> count));
      }
    }
  }

  private static int base64Value(byte octet) {
    if (octet >= 'A' && octet <= 'Z') {
      return octet - 'A';
    }
    if (octet >= 'a' && octet <= 'z') {
      return octet - 'a' + 26;
    }
    if (octet >= '0' && octet <= '9') {
      return octet - '0' + 52;
    }
    return octet == '+' ? 62 : octet == '/' ? 63 : -1;
  }

  private static int find(byte[] text, int start, int end, int octet) {
    for (int at = start; at < end; at++) {
      if (text[at] == octet) {
        return at;
      }
    }
    return -1;
  }
}
