package tapwarden.inspect.codec.tls;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import tapwarden.inspect.wire.Bytes;

/** Times of certificates: UTCTime and GeneralizedTime (RFC 5280 §4.1.2.5). */
final class DerTime {
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;

  /** RFC 5280: two digits from 50 on are of the last century. */
  private static final int PIVOT = 50;

  private DerTime() {}

  /** Seconds since 1970 UTC, or {@link Certificate#NO_TIME} of what is no time. */
  static long seconds(DerReader element) {
    boolean isLong = element.tag() == GENERALIZED_TIME;
    int digits = isLong ? 14 : 12;
    if ((!isLong && element.tag() != UTC_TIME) || element.length() < digits - 2) {
      return Certificate.NO_TIME;
    }
    int[] parts = new int[6];
    int at = 0;
    parts[0] = isLong ? number(element, 0) * 100 + number(element, 2) : century(element);
    at += isLong ? 4 : 2;
    for (int i = 1; i < parts.length; i++, at += 2) {
      // Old certificates leave the seconds out.
      boolean isOmitted = i == 5 && (at + 2 > element.length() || number(element, at) < 0);
      parts[i] = isOmitted ? 0 : number(element, at);
    }
    try {
      return LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
          .toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException impossible) {
      return Certificate.NO_TIME;
    }
  }

  private static int century(DerReader element) {
    int year = number(element, 0);
    return year + (year >= PIVOT ? 1900 : 2000);
  }

  /** Two digits, or a number that no date has. */
  private static int number(DerReader element, int at) {
    int tens = Bytes.u8(element.segment(), element.offset() + at) - '0';
    int ones = Bytes.u8(element.segment(), element.offset() + at + 1) - '0';
    boolean isNumber = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return isNumber ? 10 * tens + ones : -100_000;
  }
}
