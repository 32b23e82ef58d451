package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/**
 * Tells DNS by content alone, whatever the port: resolvers listen on others, and who wants to be
 * overlooked asks one that does. On the port of DNS anything that can be read as a message is one;
 * elsewhere all of it must be right: one question of a known type and class under a name that is
 * not the root's, flags that its direction allows, no record that is broken, and not a byte behind
 * the last one.
 */
public final class DnsRecognition {
  private static final int LENGTH_BYTES = 2;

  /** Header, a name of one letter, type and class. */
  private static final int LEAST_BYTES = 12 + 3 + 4;

  private static final int RESPONSE = 0x8000;

  /** The operation, and the bit that must be zero (RFC 6895 §2). */
  private static final int NEVER_SET = 0x7840;

  /** A query says nothing of authority, of recursion that is available, and of a result. */
  private static final int NOT_IN_QUERIES = 0x0400 | 0x0200 | 0x0080 | 0x000F;

  private static final int RESULT = 0x000F;

  /** DSOTYPENI (RFC 8490 §10.3) is the last that is assigned in the header. */
  private static final int HIGHEST_RESULT = 11;

  /** EDNS and a signature (RFC 6891, RFC 8945) are all that comes with a query. */
  private static final int MOST_BESIDE_QUERY = 2;

  private static final int IN = 1;
  private static final int CHAOS = 3;
  private static final int ANY = 255;

  private final DnsMessage message = new DnsMessage();

  /** What it says to a datagram, or to the first bytes of a side of a connection. */
  public Recognition recognise(Opening opening) {
    if (!opening.isStream()) {
      return isMessage(opening, 0, opening.length()) ? Recognition.YES : Recognition.NO;
    }
    if (opening.length() < LENGTH_BYTES) {
      return opening.length() == 1 && opening.u8(0) > Opening.MOST_BYTES >> 8
          ? Recognition.NO
          : Recognition.MORE;
    }
    int length = opening.u16(0);
    if (length < LEAST_BYTES || LENGTH_BYTES + length > Opening.MOST_BYTES) {
      return Recognition.NO;
    }
    if (LENGTH_BYTES + length <= opening.length()) {
      return isMessage(opening, LENGTH_BYTES, length) ? Recognition.YES : Recognition.NO;
    }
    return mayBegin(opening, LENGTH_BYTES) ? Recognition.MORE : Recognition.NO;
  }

  private boolean isMessage(Opening opening, int at, int length) {
    if (length < LEAST_BYTES || !mayBegin(opening, at)) {
      return false;
    }
    MemorySegment segment = opening.segment();
    long start = opening.offset() + at;
    if (!message.parse(segment, start, length) || !message.isWhole()) {
      return false;
    }
    int last = message.entries() - 1;
    return message.dataOffset(last) + message.dataLength(last) == start + length
        && message.nameLength(0) > 0
        && DnsType.isAssigned(message.type(0))
        && isClass(message.dnsClass(0));
  }

  private static boolean isClass(int dnsClass) {
    return dnsClass == IN || dnsClass == CHAOS || dnsClass == ANY;
  }

  /** Whether the header is right, as far as it is shown. */
  private static boolean mayBegin(Opening opening, int at) {
    int shown = opening.length() - at;
    if (shown < 4) {
      return true;
    }
    int flags = opening.u16(at + 2);
    boolean response = (flags & RESPONSE) != 0;
    if ((flags & NEVER_SET) != 0
        || (response ? (flags & RESULT) > HIGHEST_RESULT : (flags & NOT_IN_QUERIES) != 0)
        || (shown >= 6 && opening.u16(at + 4) != 1)) {
      return false;
    }
    return response
        || ((shown < 8 || opening.u16(at + 6) == 0)
            && (shown < 10 || opening.u16(at + 8) == 0)
            && (shown < 12 || opening.u16(at + 10) <= MOST_BESIDE_QUERY));
  }
}
