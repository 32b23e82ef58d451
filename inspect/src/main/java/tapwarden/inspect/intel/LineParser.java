package tapwarden.inspect.intel;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * Reads one line of a plain list: an address, a network, an address with a port, or a name, in any
 * of the spellings that {@link HostText} undoes, with a comment behind {@code #}. The result lies
 * in the fields until the next line; the common spellings allocate nothing.
 */
final class LineParser {
  /** Most bytes of a line; the longest name and a comment fit with room to spare. */
  static final int MOST_LINE_BYTES = 1024;

  static final String TOO_LONG = "longer than " + MOST_LINE_BYTES + " bytes";
  static final String NOT_UTF8 = "not UTF-8";
  static final String CONTROL = "control character";
  static final String SEVERAL_WORDS = "more than one word; put remarks behind #";
  static final String PATH = "a URL with a path; a list can name hosts only";
  static final String NOT_AN_ADDRESS = "neither an address, a network, nor a name";
  static final String BAD_PREFIX = "bad prefix length";
  static final String BAD_PORT = "ports are 1 to 65535";
  static final String NAME_TOO_LONG = "name longer than 253 characters";
  static final String BAD_LABEL = "part of the name is empty, longer than 63, or badly spelt";

  private static final int MOST_LABEL_BYTES = 63;

  /** Bits before the IPv4 address in an IPv4-mapped one. */
  private static final int MAPPED_PREFIX = 96;

  /** One of the kinds of {@link Entry}; 0 if the line holds nothing. */
  int kind;

  long high;
  long low;

  /** Port or prefix length. */
  int detail;

  /** The name, lower case, when {@link #kind} is {@link Entry#NAME}. */
  byte[] name = new byte[MOST_LINE_BYTES];

  int nameLength;
  int commentFrom;
  int commentTo;

  /** Null, or why the line cannot be used. */
  @Nullable String parse(byte[] line, int from, int to) {
    kind = 0;
    detail = 0;
    if (to - from > MOST_LINE_BYTES) {
      return TOO_LONG;
    }
    int start = skipBlank(line, from, to);
    int end = start;
    boolean ascii = true;
    while (end < to && line[end] != '#') {
      ascii &= line[end] >= 0;
      if (line[end] < ' ' && line[end] >= 0 && line[end] != '\t' && line[end] != '\r') {
        return CONTROL;
      }
      end++;
    }
    comment(line, end, to);
    end = trimEnd(line, start, end);
    if (start == end) {
      return null;
    }
    for (int i = start; i < end; i++) {
      if (isBlank(line[i])) {
        return SEVERAL_WORDS;
      }
    }
    return ascii ? value(line, start, end) : international(line, start, end);
  }

  private void comment(byte[] line, int hash, int to) {
    commentFrom = hash < to ? skipBlank(line, hash + 1, to) : to;
    commentTo = trimEnd(line, commentFrom, to);
  }

  private @Nullable String international(byte[] line, int from, int to) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line, from, to - from))
              .toString();
      byte[] ascii = IDN.toASCII(text).getBytes(StandardCharsets.US_ASCII);
      return ascii.length > MOST_LINE_BYTES ? TOO_LONG : value(ascii, 0, ascii.length);
    } catch (CharacterCodingException e) {
      return NOT_UTF8;
    } catch (IllegalArgumentException e) {
      return BAD_LABEL;
    }
  }

  private @Nullable String value(byte[] line, int from, int to) {
    byte[] text = name;
    int length = HostText.plain(line, from, to, text);
    int host = HostText.hostStart(text, length);
    if (host == 2 && text[length - 1] == '^') {
      length--;
    }
    boolean url = host > 2;
    int slash = indexOf(text, '/', host, length);
    if (url) {
      int end = Math.min(slash, Math.min(indexOf(text, '?', host, length), length));
      if (end + 1 < length || (end < length && text[end] != '/')) {
        return PATH;
      }
      return hostAndPort(text, host, end);
    }
    return slash < length ? network(text, host, slash, length) : hostAndPort(text, host, length);
  }

  private @Nullable String network(byte[] text, int from, int slash, int to) {
    boolean v6 = indexOf(text, ':', from, slash) < slash;
    if (!(v6 ? parseV6(text, from, slash) : parseV4(text, from, slash))) {
      // A host with a path, written without a scheme.
      return isNameLike(text, from, slash) ? PATH : NOT_AN_ADDRESS;
    }
    int prefix = number(text, slash + 1, to, 128);
    if (v6 && kind == Entry.ADDRESS_V4 && prefix >= 0) {
      prefix = mappedPrefix(prefix);
    }
    int bits = kind == Entry.ADDRESS_V4 ? 32 : 128;
    if (prefix < 0 || prefix > bits) {
      return BAD_PREFIX;
    }
    if (prefix == bits) {
      return null;
    }
    kind = kind == Entry.ADDRESS_V4 ? Entry.NETWORK_V4 : Entry.NETWORK_V6;
    detail = prefix;
    int places = kind == Entry.NETWORK_V4 ? prefix + 96 : prefix;
    high &= places == 0 ? 0 : places >= 64 ? -1L : -1L << (64 - places);
    low &= places <= 64 ? 0 : -1L << (128 - places);
    return null;
  }

  /** The prefix of an IPv4-mapped network: an IPv4 one, unless it reaches beyond all of IPv4. */
  private int mappedPrefix(int prefix) {
    if (prefix > MAPPED_PREFIX) {
      return prefix - MAPPED_PREFIX;
    }
    kind = Entry.ADDRESS_V6;
    low |= 0xFFFFL << 32;
    return prefix;
  }

  private @Nullable String hostAndPort(byte[] text, int from, int to) {
    if (from < to && text[from] == '[') {
      int close = indexOf(text, ']', from, to);
      if (close == to || !parseV6(text, from + 1, close)) {
        return NOT_AN_ADDRESS;
      }
      return close + 1 == to ? null : port(text, close + 1, to, Entry.PORT_V6);
    }
    int colon = indexOf(text, ':', from, to);
    if (colon == to) {
      return parseV4(text, from, to) ? null : name(text, from, to);
    }
    if (indexOf(text, ':', colon + 1, to) < to) {
      return parseV6(text, from, to) ? null : NOT_AN_ADDRESS;
    }
    if (parseV4(text, from, colon)) {
      return port(text, colon, to, Entry.PORT_V4);
    }
    int port = number(text, colon + 1, to, 65535);
    // A name is bad on every port: the port is not kept.
    return port < 1 ? BAD_PORT : name(text, from, colon);
  }

  private @Nullable String port(byte[] text, int colon, int to, int kindWithPort) {
    int port = text[colon] == ':' ? number(text, colon + 1, to, 65535) : -1;
    if (port < 1) {
      return BAD_PORT;
    }
    // An IPv4-mapped address in brackets has become an IPv4 address.
    kind = kind == Entry.ADDRESS_V4 ? Entry.PORT_V4 : kindWithPort;
    detail = port;
    return null;
  }

  private @Nullable String name(byte[] text, int from, int to) {
    int start = from;
    if (start + 1 < to && text[start] == '*' && text[start + 1] == '.') {
      start += 2;
    } else if (start < to && text[start] == '.') {
      start++;
    }
    int end = to > start && text[to - 1] == '.' ? to - 1 : to;
    if (end - start > Entry.MOST_NAME_BYTES) {
      return NAME_TOO_LONG;
    }
    int labelStart = start;
    int lastLabel = start;
    boolean letters = false;
    for (int i = start; i <= end; i++) {
      if (i == end || text[i] == '.') {
        if (i == labelStart || i - labelStart > MOST_LABEL_BYTES) {
          return start == end ? NOT_AN_ADDRESS : BAD_LABEL;
        }
        lastLabel = labelStart;
        labelStart = i + 1;
        letters &= i == end;
      } else if (text[i] >= 'a' && text[i] <= 'z') {
        letters = true;
      } else if ((text[i] < '0' || text[i] > '9') && text[i] != '-' && text[i] != '_') {
        return NOT_AN_ADDRESS;
      }
    }
    if (!letters || isHexNumber(text, lastLabel, end)) {
      // A last label that is a number makes it an address that was spelt wrongly (URL Standard,
      // "ends in a number").
      return NOT_AN_ADDRESS;
    }
    System.arraycopy(text, start, name, 0, end - start);
    nameLength = end - start;
    kind = Entry.NAME;
    return null;
  }

  private static boolean isHexNumber(byte[] text, int from, int to) {
    int i = from + 2;
    while (i < to && Character.digit(text[i], 16) >= 0) {
      i++;
    }
    return to - from >= 2 && text[from] == '0' && text[from + 1] == 'x' && i == to;
  }

  private static boolean isNameLike(byte[] text, int from, int to) {
    return from < to && indexOf(text, '.', from, to) < to;
  }

  private boolean parseV4(byte[] text, int from, int to) {
    long bits = 0;
    int parts = 0;
    int i = from;
    while (i <= to && parts < 4) {
      int end = indexOf(text, '.', i, to);
      // A leading zero may mean octal: nobody can know which address was meant.
      int part = end - i > 1 && text[i] == '0' ? -1 : number(text, i, end, 255);
      if (part < 0) {
        return false;
      }
      bits = (bits << 8) | part;
      parts++;
      i = end + 1;
    }
    if (parts != 4 || i != to + 1) {
      return false;
    }
    kind = Entry.ADDRESS_V4;
    high = 0;
    low = bits;
    return true;
  }

  private boolean parseV6(byte[] text, int from, int to) {
    IpAddress address =
        IpAddress.parse(new String(text, from, to - from, StandardCharsets.US_ASCII));
    if (address == null || address.version() != 6) {
      return false;
    }
    boolean mapped = address.high() == 0 && address.low() >>> 32 == 0xFFFF;
    kind = mapped ? Entry.ADDRESS_V4 : Entry.ADDRESS_V6;
    high = address.high();
    low = mapped ? address.low() & 0xFFFF_FFFFL : address.low();
    return true;
  }

  /** The decimal number that fills {@code from..to}, or -1 if it is none or above the limit. */
  private static int number(byte[] text, int from, int to, int limit) {
    if (from >= to || to - from > 5) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return -1;
      }
      value = value * 10 + text[i] - '0';
    }
    return value > limit ? -1 : value;
  }

  private static int indexOf(byte[] text, char wanted, int from, int to) {
    int i = from;
    while (i < to && text[i] != wanted) {
      i++;
    }
    return Math.min(i, to);
  }

  private static int skipBlank(byte[] line, int from, int to) {
    int i = from;
    while (i < to && isBlank(line[i])) {
      i++;
    }
    return i;
  }

  private static int trimEnd(byte[] line, int from, int to) {
    int end = to;
    while (end > from && isBlank(line[end - 1])) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
