package tapwarden.inspect.wire;

import org.jspecify.annotations.Nullable;

/** Text forms of IP addresses: parsing without any look-up, and RFC 5952 output. */
final class IpAddressText {
  private IpAddressText() {}

  static @Nullable IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
  }

  private static @Nullable IpAddress parseV4(String text) {
    long bits = v4Bits(text, 0);
    return bits < 0 ? null : new IpAddress(4, 0, bits);
  }

  /** The 32 bits of the dotted quad that fills {@code text} from {@code from}; -1 if it is none. */
  private static long v4Bits(String text, int from) {
    long bits = 0;
    int part = -1;
    int parts = 0;
    int digits = 0;
    for (int i = from; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.') {
        if (digits == 0 || ++parts > 4) {
          return -1;
        }
        bits = bits << 8 | part;
        part = -1;
        digits = 0;
      } else if (c >= '0' && c <= '9' && digits < 3) {
        // A leading zero is refused: some readers take it for octal.
        if (digits == 1 && part == 0) {
          return -1;
        }
        part = (part < 0 ? 0 : part * 10) + c - '0';
        digits++;
        if (part > 255) {
          return -1;
        }
      } else {
        return -1;
      }
    }
    return parts == 4 ? bits : -1;
  }

  private static @Nullable IpAddress parseV6(String text) {
    int[] groups = new int[8];
    int count = 0;
    int gap = -1;
    int i = 0;
    int n = text.length();
    if (n >= 2 && text.charAt(0) == ':') {
      if (text.charAt(1) != ':') {
        return null;
      }
      gap = 0;
      i = 2;
    }
    while (i < n) {
      int end = i;
      int value = 0;
      while (end < n && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
        value = value << 4 | Character.digit(text.charAt(end), 16);
        if (++end - i > 4) {
          return null;
        }
      }
      if (end < n && text.charAt(end) == '.') {
        long v4 = v4Bits(text, i);
        if (v4 < 0 || count > 6) {
          return null;
        }
        groups[count++] = (int) (v4 >>> 16);
        groups[count++] = (int) (v4 & 0xFFFF);
        i = n;
        break;
      }
      if (end == i || count == 8) {
        return null;
      }
      groups[count++] = value;
      i = end;
      if (i < n) {
        if (text.charAt(i) != ':' || i + 1 == n) {
          return null;
        }
        i++;
        if (text.charAt(i) == ':') {
          if (gap >= 0) {
            return null;
          }
          gap = count;
          i++;
        }
      }
    }
    if (gap < 0 ? count != 8 : count > 7) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int g = 0; g < 8; g++) {
      int value;
      if (gap < 0 || g < gap) {
        value = groups[g];
      } else {
        int fromEnd = count - (8 - g);
        value = fromEnd >= gap ? groups[fromEnd] : 0;
      }
      if (g < 4) {
        high = high << 16 | value;
      } else {
        low = low << 16 | value;
      }
    }
    return new IpAddress(6, high, low);
  }

  static String format(int version, long high, long low) {
    StringBuilder out = new StringBuilder(version == 4 ? 15 : 39);
    if (version == 4) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.append(low >>> shift & 0xFF);
        if (shift > 0) {
          out.append('.');
        }
      }
      return out.toString();
    }
    if (high == 0 && low >>> 32 == 0xFFFF) {
      // RFC 5952 section 5: the mapped prefix is shown with a dotted quad.
      return "::ffff:" + format(4, 0, low & 0xFFFF_FFFFL);
    }
    int gapStart = -1;
    int gapLength = 1;
    for (int g = 0; g < 8; ) {
      int run = 0;
      while (g + run < 8 && group(high, low, g + run) == 0) {
        run++;
      }
      if (run > gapLength) {
        gapStart = g;
        gapLength = run;
      }
      g += run + 1;
    }
    for (int g = 0; g < 8; g++) {
      if (g == gapStart) {
        out.append("::");
        g += gapLength - 1;
      } else {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
          out.append(':');
        }
        out.append(Integer.toHexString(group(high, low, g)));
      }
    }
    return out.toString();
  }

  private static int group(long high, long low, int index) {
    return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xFFFF;
  }
}
