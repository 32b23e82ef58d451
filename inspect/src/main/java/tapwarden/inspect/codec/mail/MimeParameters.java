package tapwarden.inspect.codec.mail;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1), also those in pieces and in
 * charsets (RFC 2231).
 */
final class MimeParameters {
  /** Pieces of one parameter that are put together. */
  static final int MOST_PIECES = 16;

  private final byte[] text;
  private final int end;

  /** The parameter at hand: its name, the number of its piece or -1, whether it is encoded. */
  private int nameStart;

  private int nameEnd;
  private int piece;
  private boolean encoded;

  private int at;
  private final ByteText value = new ByteText(64);
  private byte[] found = {};

  /**
   * @param text of the field, behind its name
   */
  MimeParameters(byte[] text, int end) {
    this.text = text;
    this.end = end;
  }

  /** The value of a parameter, as UTF-8 as far as its charset is known; null if it is not there. */
  byte @Nullable [] find(String name) {
    at = 0;
    byte[] plain = null;
    boolean inPieces = false;
    while (next()) {
      if (!isNamed(name)) {
        continue;
      }
      if (piece >= 0) {
        inPieces = true;
      } else if (encoded) {
        return extended(found, new Charset[1], true);
      } else if (plain == null) {
        plain = EncodedWords.decode(found, 0, found.length);
      }
    }
    return inPieces ? pieces(name) : plain;
  }

  private byte[] pieces(String name) {
    ByteText whole = new ByteText(256);
    Charset[] charset = new Charset[1];
    boolean anyEncoded = false;
    for (int number = 0; number < MOST_PIECES && findPiece(name, number); number++) {
      byte[] bytes = encoded ? extendedBytes(found, charset, number == 0) : found;
      anyEncoded |= encoded;
      whole.append(bytes, 0, bytes.length);
    }
    byte[] bytes = whole.toArray();
    Charset known = charset[0];
    return anyEncoded && known != null ? EncodedWords.toUtf8(bytes, 0, bytes.length, known) : bytes;
  }

  private boolean findPiece(String name, int number) {
    at = 0;
    while (next()) {
      if (piece == number && isNamed(name)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] extended(byte[] given, Charset[] charset, boolean first) {
    byte[] bytes = extendedBytes(given, charset, first);
    Charset known = charset[0];
    return known == null ? bytes : EncodedWords.toUtf8(bytes, 0, bytes.length, known);
  }

  /** {@code charset'language'text} with octets as {@code %XX}; only the first piece has the two. */
  private static byte[] extendedBytes(byte[] given, @Nullable Charset[] charset, boolean first) {
    int from = 0;
    if (first) {
      int quote = indexOf(given, 0, '\'');
      int second = quote < 0 ? -1 : indexOf(given, quote + 1, '\'');
      if (second >= 0) {
        charset[0] = EncodedWords.charset(given, 0, quote);
        from = second + 1;
      }
    }
    ByteText out = new ByteText(given.length);
    for (int i = from; i < given.length; i++) {
      int high = given[i] == '%' && i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(given[i + 2], 16);
      if (low >= 0) {
        out.append((byte) (high << 4 | low));
        i += 2;
      } else {
        out.append(given[i]);
      }
    }
    return out.toArray();
  }

  private static int indexOf(byte[] text, int from, int octet) {
    for (int i = from; i < text.length; i++) {
      if (text[i] == octet) {
        return i;
      }
    }
    return -1;
  }

  /** Moves to the next parameter; false if there is none. */
  private boolean next() {
    while (at < end) {
      skipTo(';');
      at++;
      skipBlanks();
      nameStart = at;
      while (at < end && text[at] != '=' && text[at] != ';') {
        at++;
      }
      if (at < end && text[at] == '=') {
        readName();
        at++;
        skipBlanks();
        readValue();
        return true;
      }
    }
    return false;
  }

  private void readName() {
    nameEnd = at;
    while (nameEnd > nameStart && isBlank(text[nameEnd - 1])) {
      nameEnd--;
    }
    piece = -1;
    encoded = false;
    int star = nameStart;
    while (star < nameEnd && text[star] != '*') {
      star++;
    }
    int number = star + 1;
    if (star < nameEnd) {
      encoded = text[nameEnd - 1] == '*';
      int numberEnd = encoded ? nameEnd - 1 : nameEnd;
      if (number < numberEnd && numberEnd - number <= 2) {
        piece = 0;
        for (int i = number; i < numberEnd; i++) {
          piece = 10 * piece + text[i] - '0';
        }
      }
      nameEnd = star;
    }
  }

  private void readValue() {
    int mark = value.length();
    value.remove(0, mark);
    if (at < end && text[at] == '"') {
      at++;
      while (at < end && text[at] != '"') {
        if (text[at] == '\\' && at + 1 < end) {
          at++;
        }
        value.append(text[at++]);
      }
      at++;
    } else {
      while (at < end && text[at] != ';') {
        value.append(text[at++]);
      }
    }
    found = trimmed();
  }

  private byte[] trimmed() {
    byte[] all = value.toArray();
    int length = all.length;
    while (length > 0 && isBlank(all[length - 1])) {
      length--;
    }
    return length == all.length ? all : java.util.Arrays.copyOf(all, length);
  }

  /** To that octet, outside of quotes. */
  private void skipTo(int octet) {
    boolean quoted = false;
    while (at < end && (quoted || text[at] != octet)) {
      if (text[at] == '"') {
        quoted = !quoted;
      } else if (text[at] == '\\' && quoted) {
        at++;
      }
      at++;
    }
  }

  private void skipBlanks() {
    while (at < end && isBlank(text[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }

  private boolean isNamed(String name) {
    if (nameEnd - nameStart != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if ((text[nameStart + i] | 0x20) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
