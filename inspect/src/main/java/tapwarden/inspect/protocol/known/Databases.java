package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Databases that are asked in SQL. */
public final class Databases {
  private Databases() {}

  /**
   * MySQL and MariaDB: the server's greeting of protocol 10, which gives its version and ends a
   * part of the scramble with a zero, or its refusal before a greeting.
   */
  public static final class Mysql extends KnownProtocol {
    private static final int PORT = 3306;
    private static final BytePattern GREETING = BytePattern.of("?? ?? 00 00 0A");
    private static final BytePattern REFUSAL = BytePattern.of("?? ?? 00 00 FF ?? 04");
    private static final Words REFUSALS = Words.of("Host ", "#08004Too many", "Too many conn");
    private static final int MOST_VERSION_BYTES = 64;
    private static final int LEAST_BYTES = 30;

    public Mysql() {
      super("mysql", Carrier.TCP, FirstBytes.any());
    }

    @Override
    Recognition look(Opening opening) {
      if (opening.toServer() && !opening.isPort(PORT)) {
        return Recognition.NO;
      }
      Recognition refusal = REFUSAL.begins(opening);
      if (refusal == Recognition.YES) {
        return REFUSALS.at(opening, REFUSAL.length());
      }
      Recognition greeting = GREETING.begins(opening);
      if (greeting != Recognition.YES) {
        return greeting == Recognition.NO ? refusal : greeting;
      }
      int length = u16LittleEndian(opening, 0);
      return length < LEAST_BYTES || length + 4 < opening.length()
          ? Recognition.NO
          : greeting(opening);
    }

    private static Recognition greeting(Opening opening) {
      int from = GREETING.length();
      int most = Math.min(opening.length(), from + MOST_VERSION_BYTES);
      int zero = Lines.indexOf(opening, 0, from, most);
      int to = zero < 0 ? most : zero;
      if (!Lines.isPrintable(opening, from, to) || zero == from) {
        return Recognition.NO;
      }
      int major = Lines.afterDigits(opening, from);
      if (major < to && (major == from || opening.u8(major) != '.')) {
        return Recognition.NO;
      }
      if (zero < 0) {
        return most == from + MOST_VERSION_BYTES ? Recognition.NO : Recognition.MORE;
      }
      // Four bytes of thread, eight of scramble.
      int filler = zero + 13;
      return filler >= opening.length()
          ? Recognition.MORE
          : yesIf(opening.u8(filler) == 0 && major < to);
    }
  }

  /** PostgreSQL (protocol 3, "Message Formats"): what a client begins with. */
  public static final class Pgsql extends KnownProtocol {
    /** Encryption by TLS or GSSAPI asked for, and the cancelling of a query. */
    private static final BytePattern[] REQUESTS = {
      BytePattern.of("00 00 00 08 04 D2 16 2F"),
      BytePattern.of("00 00 00 08 04 D2 16 30"),
      BytePattern.of("00 00 00 10 04 D2 16 2E"),
    };

    private static final BytePattern STARTUP = BytePattern.of("00 00 ?? ?? 00 03 00 ??");
    private static final Words PARAMETERS =
        Words.of(
            "user\0",
            "database\0",
            "application_name\0",
            "client_encoding\0",
            "datestyle\0",
            "timezone\0",
            "extra_float_digits\0",
            "options\0",
            "replication\0",
            "search_path\0");

    public Pgsql() {
      super("pgsql", Carrier.TCP, FirstBytes.of(0x00));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition startup = STARTUP.begins(opening);
      if (startup == Recognition.YES) {
        return PARAMETERS.at(opening, STARTUP.length());
      }
      for (BytePattern request : REQUESTS) {
        Recognition said = request.begins(opening);
        if (said != Recognition.NO) {
          return said;
        }
      }
      return startup;
    }
  }

  /**
   * Microsoft's tabular data stream (MS-TDS §2.2.6): a pre-login, a login of version 7, or a batch
   * or call with the headers of version 7.2, as where a connection's beginning was not seen.
   */
  public static final class MssqlTds extends KnownProtocol {
    private static final BytePattern PRELOGIN =
        BytePattern.of("12 01 ?? ?? 00 00 ?? 00 00 00 ?? 00 06 01");
    private static final BytePattern LOGIN =
        BytePattern.of("10 ?? ?? ?? 00 00 ?? ?? ?? ?? 00 00 ?? 00 00 ??");
    private static final BytePattern BATCH =
        BytePattern.of("01 ?? ?? ?? 00 ?? ?? 00 16 00 00 00 12 00 00 00 02 00");
    private static final BytePattern CALL =
        BytePattern.of("03 ?? ?? ?? 00 ?? ?? 00 16 00 00 00 12 00 00 00 02 00");
    private static final int HEAD_BYTES = 8;

    public MssqlTds() {
      super("mssql-tds", Carrier.TCP, FirstBytes.of(0x01, 0x03, 0x10, 0x12));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition prelogin = PRELOGIN.begins(opening);
      if (prelogin == Recognition.YES) {
        int length = opening.u16(2) - HEAD_BYTES;
        return yesIf(opening.u16(9) >= 11 && opening.u16(9) + 6 <= length);
      }
      Recognition login = LOGIN.begins(opening);
      if (login != Recognition.YES) {
        return strongest(prelogin, login, BATCH.begins(opening), CALL.begins(opening));
      }
      boolean last = opening.u8(1) == 1;
      long length = u32LittleEndian(opening, HEAD_BYTES);
      boolean lengths = last ? length == opening.u16(2) - HEAD_BYTES : opening.u8(1) == 0;
      return yesIf(lengths && length >= 86 && opening.u8(15) >= 0x70 && opening.u8(15) <= 0x74);
    }
  }

  private static Recognition strongest(Recognition... said) {
    Recognition best = Recognition.NO;
    for (Recognition one : said) {
      best = one.compareTo(best) > 0 ? one : best;
    }
    return best;
  }

  /** Oracle's transparent network substrate: a connect packet and its {@code (DESCRIPTION=}. */
  public static final class Oracle extends KnownProtocol {
    private static final int PORT = 1521;
    private static final BytePattern CONNECT = BytePattern.of("?? ?? 00 00 01 ?? 00 00 01 ?? 01");
    private static final Words DATA = Words.of("(DESCRIPTION", "(ADDRESS", "(CONNECT_DATA");
    private static final int LONGEST = 0x1FFF;
    private static final int DATA_LENGTH = 24;
    private static final int DATA_OFFSET = 26;

    public Oracle() {
      super("oracle", Carrier.TCP, FirstBytes.of().and(0x00, LONGEST >> 8));
    }

    @Override
    Recognition look(Opening opening) {
      if (!opening.toServer() && !opening.isPort(PORT)) {
        return Recognition.NO;
      }
      Recognition connect = CONNECT.begins(opening);
      if (opening.u8(0) > LONGEST >> 8) {
        return Recognition.NO;
      }
      if (connect != Recognition.YES) {
        return connect;
      }
      int length = opening.u16(0);
      if (opening.length() < DATA_OFFSET + 2) {
        return Recognition.MORE;
      }
      int offset = opening.u16(DATA_OFFSET);
      // Long data follow in a packet of their own, or right behind.
      boolean holds = offset + opening.u16(DATA_LENGTH) == length || offset == length;
      return holds && offset > DATA_OFFSET ? DATA.at(opening, offset) : Recognition.NO;
    }
  }
}
