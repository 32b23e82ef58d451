package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Databases and caches that are not asked in SQL. */
public final class Stores {
  private Stores() {}

  /** MongoDB's wire protocol: a head of four little-endian numbers, then what its operation has. */
  public static final class Mongodb extends KnownProtocol {
    private static final int HEAD_BYTES = 16;
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int LARGEST = 48_000_000;
    private static final int MOST_NAME_BYTES = 128;
    private static final int MOST_BSON_TYPE = 0x13;

    public Mongodb() {
      super("mongodb", Carrier.TCP, FirstBytes.any());
    }

    @Override
    Recognition look(Opening opening) {
      // Lengths below 16 MiB and operations below 64 K leave zeros that are seen early.
      if (opening.length() >= 4 && u32LittleEndian(opening, 0) > LARGEST) {
        return Recognition.NO;
      }
      if (opening.length() < HEAD_BYTES) {
        return opening.length() < 4 || u32LittleEndian(opening, 0) > HEAD_BYTES
            ? Recognition.MORE
            : Recognition.NO;
      }
      long length = u32LittleEndian(opening, 0);
      return switch ((int) u32LittleEndian(opening, 12)) {
        case OP_QUERY -> query(opening);
        case OP_MSG -> message(opening, length);
        case OP_REPLY -> reply(opening, length);
        default -> Recognition.NO;
      };
    }

    /** Flags, then the collection's name with a dot in it and a zero behind. */
    private static Recognition query(Opening opening) {
      int from = HEAD_BYTES + 4;
      if (opening.length() < from) {
        return Recognition.MORE;
      }
      int most = Math.min(opening.length(), from + MOST_NAME_BYTES);
      int zero = Lines.indexOf(opening, 0, from, most);
      int to = zero < 0 ? most : zero;
      if (u32LittleEndian(opening, HEAD_BYTES) > 0xFF || !Lines.isPrintable(opening, from, to)) {
        return Recognition.NO;
      }
      if (zero < 0) {
        return most == from + MOST_NAME_BYTES ? Recognition.NO : Recognition.MORE;
      }
      return yesIf(Lines.indexOf(opening, '.', from, zero) > from);
    }

    /** Flags of which three are defined, then a section: a document, or several with a name. */
    private static Recognition message(Opening opening, long length) {
      int section = HEAD_BYTES + 4;
      if (opening.length() < section + 6) {
        return Recognition.MORE;
      }
      boolean flags = (u32LittleEndian(opening, HEAD_BYTES) & ~0x1_0003L) == 0;
      long part = u32LittleEndian(opening, section + 1);
      boolean fits = part >= 5 && part <= length - section - 1;
      int type = opening.u8(section + 5);
      boolean document = opening.u8(section) == 0 && type >= 1 && type <= MOST_BSON_TYPE;
      boolean documents = opening.u8(section) == 1 && type >= 'a' && type <= 'z';
      return yesIf(flags && fits && (document || documents));
    }

    /** Flags, cursor, start and count, then a document. */
    private static Recognition reply(Opening opening, long length) {
      int document = HEAD_BYTES + 20;
      if (opening.length() < document + 5) {
        return Recognition.MORE;
      }
      boolean flags = u32LittleEndian(opening, HEAD_BYTES) <= 0xF;
      long part = u32LittleEndian(opening, document);
      int type = opening.u8(document + 4);
      boolean fits = part >= 5 && part <= length - document && type >= 1;
      return yesIf(flags && fits && type <= MOST_BSON_TYPE);
    }
  }

  /** Redis (RESP): an array of strings of which the first is a command. */
  public static final class Redis extends KnownProtocol {
    private static final Words COMMANDS =
        Words.of(
            "auth\r",
            "client\r",
            "command\r",
            "config\r",
            "dbsize\r",
            "del\r",
            "echo\r",
            "eval\r",
            "evalsha\r",
            "exists\r",
            "expire\r",
            "flushall\r",
            "flushdb\r",
            "get\r",
            "hello\r",
            "hget\r",
            "hgetall\r",
            "hmget\r",
            "hmset\r",
            "hset\r",
            "incr\r",
            "info\r",
            "keys\r",
            "llen\r",
            "lpop\r",
            "lpush\r",
            "lrange\r",
            "mget\r",
            "module\r",
            "monitor\r",
            "mset\r",
            "multi\r",
            "ping\r",
            "psubscribe\r",
            "psync\r",
            "publish\r",
            "quit\r",
            "replconf\r",
            "rpop\r",
            "rpush\r",
            "sadd\r",
            "save\r",
            "scan\r",
            "script\r",
            "select\r",
            "set\r",
            "setex\r",
            "slaveof\r",
            "replicaof\r",
            "smembers\r",
            "subscribe\r",
            "sync\r",
            "time\r",
            "ttl\r",
            "type\r",
            "unsubscribe\r",
            "xadd\r",
            "xread\r",
            "zadd\r",
            "zrange\r");
    private static final int MOST_DIGITS = 4;

    public Redis() {
      super("redis", Carrier.TCP, FirstBytes.of('*'));
    }

    @Override
    Recognition look(Opening opening) {
      int command = afterNumber(opening, 0, '*');
      if (command <= 0) {
        return command == 0 ? Recognition.NO : Recognition.MORE;
      }
      int word = afterNumber(opening, command, '$');
      if (word <= 0) {
        return word == 0 ? Recognition.NO : Recognition.MORE;
      }
      return COMMANDS.at(opening, word);
    }

    /** Where a line of a mark and a number is over; 0 if there is none, -1 if it is not shown. */
    private static int afterNumber(Opening opening, int at, int mark) {
      if (at >= opening.length()) {
        return -1;
      }
      int end = Lines.afterDigits(opening, at + 1);
      int digits = end - at - 1;
      if (opening.u8(at) != mark || digits > MOST_DIGITS) {
        return 0;
      }
      if (end >= opening.length()) {
        return -1;
      }
      if (digits == 0 || opening.u8(end) != '\r') {
        return 0;
      }
      if (end + 1 >= opening.length()) {
        return -1;
      }
      return opening.u8(end + 1) == '\n' ? end + 2 : 0;
    }
  }

  /**
   * Memcached: what stores, and requests of the binary protocol; over UDP behind a frame's head.
   */
  public static final class Memcached extends KnownProtocol {
    private static final int PORT = 11_211;
    private static final Words STORES =
        Words.of("set ", "add ", "replace ", "append ", "prepend ", "cas ");
    private static final Words OTHERS =
        Words.of("get ", "gets ", "stats\r\n", "stats ", "version\r\n", "flush_all", "delete ");
    private static final BytePattern FRAME = BytePattern.of("?? ?? 00 00 00 01 00 00");
    private static final int REQUEST = 0x80;
    private static final int BINARY_HEAD_BYTES = 24;
    private static final int LONGEST_KEY = 250;
    private static final int LARGEST_BODY = 1 << 24;

    /** Bytes before the key that each operation of the binary protocol wants, by its number. */
    private static final int[] EXTRAS = {
      0, 8, 8, 8, 0, 20, 20, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 0, 20, 20, 0, 4, 0, 0, 0, 4, 4,
      4
    };

    public Memcached() {
      super("memcached", Carrier.BOTH, FirstBytes.any());
    }

    @Override
    Recognition look(Opening opening) {
      if (opening.isStream()) {
        return opening.u8(0) == REQUEST ? binary(opening) : text(opening, 0);
      }
      if (FRAME.begins(opening) != Recognition.YES) {
        return Recognition.NO;
      }
      Recognition other = OTHERS.at(opening, FRAME.length());
      return other == Recognition.NO ? text(opening, FRAME.length()) : other;
    }

    private static Recognition text(Opening opening, int at) {
      int store = STORES.lengthAt(opening, at);
      if (store != 0) {
        return store < 0 ? Recognition.MORE : store(opening, at + store);
      }
      Recognition other = opening.isPort(PORT) ? OTHERS.at(opening, at) : Recognition.NO;
      return other == Recognition.YES ? Recognition.LIKELY : other;
    }

    /** A key, and three numbers at least: flags, age and size. */
    private static Recognition store(Opening opening, int from) {
      int most = Math.min(opening.length(), from + LONGEST_KEY);
      int space = Lines.indexOf(opening, ' ', from, most);
      int to = space < 0 ? most : space;
      if (!Lines.isPrintable(opening, from, to) || space == from) {
        return Recognition.NO;
      }
      if (space < 0) {
        return most == from + LONGEST_KEY ? Recognition.NO : Recognition.MORE;
      }
      int at = space + 1;
      for (int number = 0; number < 3; number++) {
        int end = Lines.afterDigits(opening, at);
        if (end >= opening.length()) {
          return Recognition.MORE;
        }
        int follows = opening.u8(end);
        if (end == at || (follows != ' ' && (number < 2 || follows != '\r'))) {
          return Recognition.NO;
        }
        at = end + 1;
      }
      return Recognition.YES;
    }

    private static Recognition binary(Opening opening) {
      int shown = opening.length();
      if ((shown > 1 && opening.u8(1) >= EXTRAS.length)
          || (shown > 4 && opening.u8(4) != EXTRAS[opening.u8(1)])
          || (shown > 7 && opening.u8(5) + opening.u16(6) != 0)) {
        return Recognition.NO;
      }
      if (shown < BINARY_HEAD_BYTES) {
        return Recognition.MORE;
      }
      int key = opening.u16(2);
      long body = opening.u32(8);
      return yesIf(key <= LONGEST_KEY && body >= key + opening.u8(4) && body < LARGEST_BODY);
    }
  }

  /** Cassandra's native protocol, versions 1 to 5: a client asks for options, or starts. */
  public static final class Cassandra extends KnownProtocol {
    private static final BytePattern[] OPENINGS = {
      BytePattern.of("01 00 ?? 05 00 00 00 00"),
      BytePattern.of("02 00 ?? 05 00 00 00 00"),
      BytePattern.of("03 00 ?? ?? 05 00 00 00 00"),
      BytePattern.of("04 00 ?? ?? 05 00 00 00 00"),
      BytePattern.of("05 ?? ?? ?? 05 00 00 00 00"),
      BytePattern.of("01 00 ?? 01 00 00 00 ?? 00 ?? 00 0B 43 51 4C 5F 56 45 52"),
      BytePattern.of("02 00 ?? 01 00 00 00 ?? 00 ?? 00 0B 43 51 4C 5F 56 45 52"),
      BytePattern.of("03 00 ?? ?? 01 00 00 00 ?? 00 ?? 00 0B 43 51 4C 5F 56 45 52"),
      BytePattern.of("04 00 ?? ?? 01 00 00 00 ?? 00 ?? 00 0B 43 51 4C 5F 56 45 52"),
      BytePattern.of("05 ?? ?? ?? 01 00 00 00 ?? 00 ?? 00 0B 43 51 4C 5F 56 45 52"),
    };

    public Cassandra() {
      super("cassandra", Carrier.TCP, FirstBytes.of().and(1, 5));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition best = Recognition.NO;
      for (BytePattern known : OPENINGS) {
        Recognition said = known.begins(opening);
        if (said == Recognition.YES) {
          return said;
        }
        best = said == Recognition.MORE ? said : best;
      }
      return best;
    }
  }
}
