package tapwarden.inspect.codec.dns;

import java.util.Arrays;
import tapwarden.inspect.wire.Bytes;

/** Fills a {@link DnsMessage}: one pass, no exception, no read out of the message. */
final class DnsParser {
  /** Most questions that a message may announce; unicast DNS has one, multicast DNS some dozens. */
  static final int MAX_QUESTIONS = 64;

  private static final int SMALLEST_QUESTION = 5;
  private static final int RECORD_FIXED_BYTES = 10;

  /**
   * The operations above are reserved: a message with one is believed only if all of it is right.
   */
  private static final int HIGHEST_OPCODE = 6;

  private static final int CLASS_MASK = 0x7FFF;

  private DnsParser() {}

  /** Reads {@link DnsMessage#bytes}, of which {@code length} are there, a header at least. */
  static boolean parse(DnsMessage m, int length) {
    return read(m, length) && (m.whole || m.opcode() <= HIGHEST_OPCODE);
  }

  private static boolean read(DnsMessage m, int length) {
    byte[] bytes = m.bytes;
    m.id = Bytes.u16(bytes, 0);
    m.flags = Bytes.u16(bytes, 2);
    m.entries = 0;
    m.edns = false;
    m.extendedCode = 0;
    m.ednsPayloadSize = 0;
    m.whole = true;
    m.names.clear();
    Arrays.fill(m.sectionCount, 0);
    int questions = Bytes.u16(bytes, 4);
    boolean nothing = questions == 0 && !m.isResponse();
    if (nothing
        || questions > MAX_QUESTIONS
        || DnsMessage.HEADER_BYTES + questions * SMALLEST_QUESTION > length) {
      return false;
    }
    int at = DnsMessage.HEADER_BYTES;
    for (int i = 0; i < questions; i++) {
      at = question(m, at, length);
      if (at < 0) {
        m.whole = false;
        return i > 0;
      }
    }
    for (int section = 1; section <= 3; section++) {
      int records = Bytes.u16(bytes, 4 + 2 * section);
      for (int i = 0; i < records; i++) {
        at = m.entries < DnsMessage.MAX_ENTRIES ? record(m, at, length, section) : -1;
        if (at < 0) {
          m.whole = false;
          // A response without question whose first record is broken too is something else.
          return m.entries > 0;
        }
      }
    }
    return true;
  }

  private static int question(DnsMessage m, int at, int end) {
    byte[] s = m.bytes;
    int after = m.names.read(s, at, end);
    if (after < 0 || after + 4 > end) {
      return -1;
    }
    int e = m.entries++;
    m.sectionCount[0]++;
    m.section[e] = 0;
    m.nameStart[e] = m.names.start();
    m.nameLength[e] = m.names.length();
    m.type[e] = Bytes.u16(s, after);
    m.dnsClass[e] = Bytes.u16(s, after + 2) & CLASS_MASK;
    m.timeToLive[e] = 0;
    m.dataAt[e] = after + 4;
    m.dataLength[e] = 0;
    m.targetStart[e] = -1;
    return after + 4;
  }

  private static int record(DnsMessage m, int at, int end, int section) {
    byte[] s = m.bytes;
    int fixed = m.names.read(s, at, end);
    if (fixed < 0 || fixed + RECORD_FIXED_BYTES > end) {
      return -1;
    }
    int dataLength = Bytes.u16(s, fixed + 8);
    int data = fixed + RECORD_FIXED_BYTES;
    if (data + dataLength > end) {
      return -1;
    }
    int e = m.entries;
    m.section[e] = (byte) section;
    m.nameStart[e] = m.names.start();
    m.nameLength[e] = m.names.length();
    m.type[e] = Bytes.u16(s, fixed);
    m.dnsClass[e] = Bytes.u16(s, fixed + 2) & CLASS_MASK;
    m.timeToLive[e] = Bytes.u32(s, fixed + 4);
    m.dataAt[e] = data;
    m.dataLength[e] = dataLength;
    m.targetStart[e] = -1;
    m.targetLength[e] = 0;
    m.secondStart[e] = -1;
    m.secondLength[e] = 0;
    if (m.type[e] == DnsType.OPT) {
      m.edns = true;
      m.ednsPayloadSize = Bytes.u16(s, fixed + 2);
      m.extendedCode = (int) (m.timeToLive[e] >>> 24);
    } else if (!names(m, e)) {
      if (e == 0) {
        return -1;
      }
      // The record's length says where the next one starts: a broken name hides nothing behind it.
      m.targetStart[e] = -1;
      m.whole = false;
    }
    m.entries++;
    m.sectionCount[section]++;
    return data + dataLength;
  }

  /** Reads the names in the data of the types that have some; false if one is broken. */
  private static boolean names(DnsMessage m, int e) {
    int skip =
        switch (m.type[e]) {
          case DnsType.CNAME, DnsType.DNAME, DnsType.NS, DnsType.PTR, DnsType.SOA -> 0;
          case DnsType.MX, DnsType.SVCB, DnsType.HTTPS -> 2;
          case DnsType.SRV -> 6;
          default -> -1;
        };
    // Dynamic updates (RFC 2136 §2.4) use empty data to say "any" or "none".
    if (skip < 0 || m.dataLength[e] == 0) {
      return true;
    }
    int dataEnd = m.dataAt[e] + m.dataLength[e];
    int after = m.names.read(m.bytes, m.dataAt[e] + skip, dataEnd);
    if (after < 0) {
      return false;
    }
    m.targetStart[e] = m.names.start();
    m.targetLength[e] = m.names.length();
    if (m.type[e] == DnsType.SOA) {
      after = m.names.read(m.bytes, after, dataEnd);
      if (after < 0 || after + 20 > dataEnd) {
        return false;
      }
      m.secondStart[e] = m.names.start();
      m.secondLength[e] = m.names.length();
    }
    m.fixedOffset[e] = after - m.dataAt[e];
    return true;
  }
}
