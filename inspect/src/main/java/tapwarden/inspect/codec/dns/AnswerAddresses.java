package tapwarden.inspect.codec.dns;

import tapwarden.inspect.codec.dns.DnsMessage.Section;

/**
 * The addresses of an answer section, one after the other: those of A and AAAA records, and the
 * hints of SVCB and HTTPS records in service mode (RFC 9460 §7.3), which a client may connect to
 * without asking further. Each belongs to the name that owns the record, also where a service has
 * another target: whoever wrote the record vouches for the target's address, not the target.
 *
 * <p>Reused for every message, without any allocation; valid as long as the message is. At most
 * {@link #MOST_HINTS} hints of a message are read, the rest is left out and said to be. A parameter
 * that does not fit ends its record.
 */
public final class AnswerAddresses {
  /** Hints read of one message; real answers have up to 16. */
  public static final int MOST_HINTS = 64;

  private static final DnsMessage NOTHING = new DnsMessage();
  private static final int ALIAS_MODE = 0;
  private static final int IPV4_HINT = 4;
  private static final int IPV6_HINT = 6;
  private static final int PARAMETER_HEAD_BYTES = 4;

  private DnsMessage message = NOTHING;
  private int entry;
  private int end;
  private int hints;
  private boolean cut;

  // Where the record's data is read on: parameters, and addresses within one.
  private int parameterAt;
  private int addressAt;
  private int addressEnd;
  private int hintVersion;

  private int version;
  private long high;
  private long low;

  /** Starts before the first address of that message. */
  public void of(DnsMessage answer) {
    message = answer;
    entry = answer.first(Section.ANSWER) - 1;
    end = entry + 1 + answer.count(Section.ANSWER);
    hints = 0;
    cut = false;
    addressAt = 0;
    addressEnd = 0;
    parameterAt = Integer.MAX_VALUE;
  }

  /** Goes to the next address; false after the last. */
  public boolean next() {
    while (true) {
      if (nextHint()) {
        return true;
      }
      if (++entry >= end) {
        return false;
      }
      version = message.addressVersion(entry);
      if (version != 0) {
        high = message.addressHigh(entry);
        low = message.addressLow(entry);
        return true;
      }
      startParameters();
    }
  }

  private void startParameters() {
    int type = message.type(entry);
    boolean service = type == DnsType.SVCB || type == DnsType.HTTPS;
    boolean readable = service && message.hasTarget(entry) && message.dataLength(entry) >= 2;
    parameterAt =
        readable && message.data16(entry, 0) != ALIAS_MODE
            ? message.fixedOffset[entry]
            : Integer.MAX_VALUE;
  }

  private boolean nextHint() {
    while (addressAt >= addressEnd) {
      if (!nextParameter()) {
        return false;
      }
    }
    if (hints == MOST_HINTS) {
      cut = true;
      addressEnd = addressAt;
      parameterAt = Integer.MAX_VALUE;
      return false;
    }
    hints++;
    version = hintVersion;
    high = version == 6 ? message.data64(entry, addressAt) : 0;
    low =
        version == 6
            ? message.data64(entry, addressAt + Long.BYTES)
            : message.data32(entry, addressAt);
    addressAt += bytes(version);
    return true;
  }

  /** Reads the head of the next parameter; one that is no hint holds no addresses. */
  private boolean nextParameter() {
    int length = entry < end && entry >= 0 ? message.dataLength(entry) : 0;
    if (parameterAt > length - PARAMETER_HEAD_BYTES) {
      return false;
    }
    int key = message.data16(entry, parameterAt);
    int bytes = message.data16(entry, parameterAt + 2);
    int from = parameterAt + PARAMETER_HEAD_BYTES;
    parameterAt = from + bytes;
    if (parameterAt > length) {
      parameterAt = Integer.MAX_VALUE;
      return false;
    }
    hintVersion = key == IPV4_HINT ? 4 : key == IPV6_HINT ? 6 : 0;
    boolean whole = hintVersion != 0 && bytes % bytes(hintVersion) == 0;
    addressAt = from;
    addressEnd = whole ? from + bytes : from;
    return true;
  }

  private static int bytes(int ofVersion) {
    return ofVersion == 4 ? 4 : 16;
  }

  /** The entry that the address is from. */
  public int entry() {
    return entry;
  }

  public int version() {
    return version;
  }

  /** 0 for IPv4. */
  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  /** Whether there were more hints than are read; after the last {@link #next}. */
  public boolean isCut() {
    return cut;
  }
}
