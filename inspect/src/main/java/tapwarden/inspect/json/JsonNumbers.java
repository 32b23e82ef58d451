package tapwarden.inspect.json;

/** Numbers, times and addresses as ASCII, written straight into a byte array without garbage. */
final class JsonNumbers {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int EIGHT_DIGITS = 100_000_000;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private JsonNumbers() {}

  /** Writes at most 20 bytes; returns the new end. */
  static int putLong(byte[] out, int at, long number) {
    if (number >= 0 && number < EIGHT_DIGITS) {
      return putInt(out, at, (int) number);
    }
    int end = at;
    if (number < 0) {
      out[end++] = '-';
    }
    // Made positive only once divided, because Long.MIN_VALUE has no positive twin.
    long high = Math.abs(number / EIGHT_DIGITS);
    int low = (int) Math.abs(number % EIGHT_DIGITS);
    if (high == 0) {
      return putInt(out, end, low);
    }
    if (high < EIGHT_DIGITS) {
      end = putInt(out, end, (int) high);
    } else {
      end = putInt(out, end, (int) (high / EIGHT_DIGITS));
      end = putEight(out, end, (int) (high % EIGHT_DIGITS));
    }
    return putEight(out, end, low);
  }

  /** Writes a number of at most eight digits, not negative. */
  private static int putInt(byte[] out, int at, int number) {
    int end = at + digits(number);
    int rest = number;
    int i = end - 2;
    for (; rest >= 100; i -= 2) {
      int hundredth = rest / 100;
      putPair(out, i, rest - 100 * hundredth);
      rest = hundredth;
    }
    if (rest >= 10) {
      putPair(out, i, rest);
    } else {
      out[i + 1] = (byte) ('0' + rest);
    }
    return end;
  }

  private static int digits(int number) {
    if (number < 10_000) {
      return number < 100 ? (number < 10 ? 1 : 2) : (number < 1_000 ? 3 : 4);
    }
    return number < 1_000_000 ? (number < 100_000 ? 5 : 6) : (number < 10_000_000 ? 7 : 8);
  }

  /** Writes eight digits, leading zeros among them. */
  private static int putEight(byte[] out, int at, int number) {
    int high = number / 10_000;
    int low = number - 10_000 * high;
    putPair(out, at, high / 100);
    putPair(out, at + 2, high % 100);
    putPair(out, at + 4, low / 100);
    return putPair(out, at + 6, low % 100);
  }

  /** Writes two digits. */
  private static int putPair(byte[] out, int at, int number) {
    int tens = (number * 103) >>> 10; // number / 10, for numbers below 179
    out[at] = (byte) ('0' + tens);
    out[at + 1] = (byte) ('0' + number - 10 * tens);
    return at + 2;
  }

  /** Writes {@code number} (not negative) with leading zeros in exactly {@code digits} bytes. */
  static int putPadded(byte[] out, int at, long number, int digits) {
    long rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }

  /** Writes 31 bytes, {@code 2026-01-02T03:04:05.123456+0000}. */
  static int putTimestamp(byte[] out, int at, long nanosSinceEpoch) {
    long micros = Math.floorDiv(nanosSinceEpoch, NANOS_PER_MICRO);
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    int secondOfDay = (int) Math.floorMod(seconds, (long) SECONDS_PER_DAY);
    int end = putDate(out, at, Math.floorDiv(seconds, (long) SECONDS_PER_DAY));
    int micro = (int) Math.floorMod(micros, MICROS_PER_SECOND);
    out[end++] = 'T';
    end = putPair(out, end, secondOfDay / 3600);
    out[end++] = ':';
    end = putPair(out, end, secondOfDay / 60 % 60);
    out[end++] = ':';
    end = putPair(out, end, secondOfDay % 60);
    out[end++] = '.';
    end = putPair(out, end, micro / 10_000);
    end = putPair(out, end, micro / 100 % 100);
    end = putPair(out, end, micro % 100);
    out[end++] = '+';
    end = putPair(out, end, 0);
    return putPair(out, end, 0);
  }

  /**
   * The civil date of a day since 1970-01-01 in the proleptic Gregorian calendar. The year is
   * counted from March, so that the leap day is its last; 64-bit nanoseconds reach from 1677 to
   * 2262.
   */
  private static int putDate(byte[] out, int at, long epochDay) {
    long day = epochDay + 719_468; // days from 0000-03-01
    long era = day / 146_097;
    int dayOfEra = (int) (day % 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    int year = yearOfEra + (int) era * 400 + (month <= 2 ? 1 : 0);
    int end = putPair(out, at, year / 100);
    end = putPair(out, end, year % 100);
    out[end++] = '-';
    end = putPair(out, end, month);
    out[end++] = '-';
    return putPair(out, end, dayOfYear - (153 * marchMonth + 2) / 5 + 1);
  }

  /** Writes at most 15 bytes. */
  static int putIpv4(byte[] out, int at, int bits) {
    int end = putInt(out, at, bits >>> 24);
    out[end++] = '.';
    end = putInt(out, end, bits >>> 16 & 0xFF);
    out[end++] = '.';
    end = putInt(out, end, bits >>> 8 & 0xFF);
    out[end++] = '.';
    return putInt(out, end, bits & 0xFF);
  }

  /** Writes 39 bytes: eight groups of four digits, nothing left out. */
  static int putIpv6(byte[] out, int at, long high, long low) {
    int end = putGroups(out, at, high);
    out[end++] = ':';
    return putGroups(out, end, low);
  }

  private static int putGroups(byte[] out, int at, long half) {
    int end = at;
    for (int shift = 60; shift >= 0; shift -= 4) {
      out[end++] = HEX[(int) (half >>> shift) & 0xF];
      if (shift != 0 && shift % 16 == 0) {
        out[end++] = ':';
      }
    }
    return end;
  }

  /** Writes 17 bytes. */
  static int putMac(byte[] out, int at, long mac) {
    int end = at;
    for (int shift = 40; shift >= 0; shift -= 8) {
      out[end++] = HEX[(int) (mac >>> (shift + 4)) & 0xF];
      out[end++] = HEX[(int) (mac >>> shift) & 0xF];
      if (shift != 0) {
        out[end++] = ':';
      }
    }
    return end;
  }
}
