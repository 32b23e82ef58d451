package tapwarden.inspect.json;

/** Numbers, times and addresses as ASCII, written straight into a byte array without garbage. */
final class JsonNumbers {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private JsonNumbers() {}

  /** Writes at most 20 bytes; returns the new end. */
  static int putLong(byte[] out, int at, long number) {
    int end = at;
    // Worked on as a negative number, because Long.MIN_VALUE has no positive twin.
    long rest = number;
    if (number < 0) {
      out[end++] = '-';
    } else {
      rest = -number;
    }
    int digits = 1;
    for (long r = rest / 10; r != 0; r /= 10) {
      digits++;
    }
    end += digits;
    for (int i = end - 1; digits > 0; digits--) {
      long tenth = rest / 10;
      out[i--] = (byte) ('0' + (tenth * 10 - rest));
      rest = tenth;
    }
    return end;
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
    out[end++] = 'T';
    end = putPadded(out, end, secondOfDay / 3600, 2);
    out[end++] = ':';
    end = putPadded(out, end, secondOfDay / 60 % 60, 2);
    out[end++] = ':';
    end = putPadded(out, end, secondOfDay % 60, 2);
    out[end++] = '.';
    end = putPadded(out, end, Math.floorMod(micros, MICROS_PER_SECOND), 6);
    out[end++] = '+';
    return putPadded(out, end, 0, 4);
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
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int end = putPadded(out, at, year, 4);
    out[end++] = '-';
    end = putPadded(out, end, month, 2);
    out[end++] = '-';
    return putPadded(out, end, dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
  }

  /** Writes at most 15 bytes. */
  static int putIpv4(byte[] out, int at, int bits) {
    int end = putLong(out, at, bits >>> 24);
    out[end++] = '.';
    end = putLong(out, end, bits >>> 16 & 0xFF);
    out[end++] = '.';
    end = putLong(out, end, bits >>> 8 & 0xFF);
    out[end++] = '.';
    return putLong(out, end, bits & 0xFF);
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
