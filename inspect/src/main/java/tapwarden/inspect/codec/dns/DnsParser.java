package tapwarden.inspect.codec.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Fills a {@link DnsMessage}: one pass, no exception, no read out of the message. */
final class DnsParser {
  /** Most questions that a message may announce; unicast DNS has one, multicast DNS some dozens. */
  static final int MAX_QUESTIONS = 64;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int SMALLEST_QUESTION = 5;
  private static final int RECORD_FIXED_BYTES = 10;

  /**
   * The operations above are reserved: a message with one is believed only if all of it is right.
   */
  private static final int HIGHEST_OPCODE = 6;

  private static final int CLASS_MASK = 0x7FFF;

  private DnsParser() {}

  static boolean parse(DnsMessage m, MemorySegment segment, long base, int length) {
    return read(m, segment, base, length) && (m.whole || m.opcode() <= HIGHEST_OPCODE);
  }

  private static boolean read(DnsMessage m, MemorySegment segment, long base, int length) {
    if (length < DnsMessage.HEADER_BYTES) {
      return false;
    }
    m.segment = segment;
    m.id = u16(segment, base);
    m.flags = u16(segment, base + 2);
    m.entries = 0;
    m.edns = false;
    m.extendedCode = 0;
    m.ednsPayloadSize = 0;
    m.whole = true;
    m.names.clear();
    java.util.Arrays.fill(m.sectionCount, 0);
    int questions = u16(segment, base + 4);
    boolean nothing = questions == 0 && !m.isResponse();
    if (nothing
        || questions > MAX_QUESTIONS
        || DnsMessage.HEADER_BYTES + questions * SMALLEST_QUESTION > length) {
      return false;
    }
    long end = base + length;
    long at = base + DnsMessage.HEADER_BYTES;
    for (int i = 0; i < questions; i++) {
      at = question(m, segment, base, at, end);
      if (at < 0) {
        m.whole = false;
        return i > 0;
      }
    }
    for (int section = 1; section <= 3; section++) {
      int records = u16(segment, base + 4 + 2L * section);
      for (int i = 0; i < records; i++) {
        at = m.entries < DnsMessage.MAX_ENTRIES ? record(m, segment, base, at, end, section) : -1;
        if (at < 0) {
          m.whole = false;
          // A response without question whose first record is broken too is something else.
          return m.entries > 0;
        }
      }
    }
    return true;
  }

  private static long question(DnsMessage m, MemorySegment s, long base, long at, long end) {
    long after = m.names.read(s, base, at, end);
    if (after < 0 || after + 4 > end) {
      return -1;
    }
    int e = m.entries++;
    m.sectionCount[0]++;
    m.section[e] = 0;
    m.nameStart[e] = m.names.start();
    m.nameLength[e] = m.names.length();
    m.type[e] = u16(s, after);
    m.dnsClass[e] = u16(s, after + 2) & CLASS_MASK;
    m.timeToLive[e] = 0;
    m.dataOffset[e] = after + 4;
    m.dataLength[e] = 0;
    m.targetStart[e] = -1;
    return after + 4;
  }

  private static long record(
      DnsMessage m, MemorySegment s, long base, long at, long end, int section) {
    long fixed = m.names.read(s, base, at, end);
    if (fixed < 0 || fixed + RECORD_FIXED_BYTES > end) {
      return -1;
    }
    int dataLength = u16(s, fixed + 8);
    long data = fixed + RECORD_FIXED_BYTES;
    if (data + dataLength > end) {
      return -1;
    }
    int e = m.entries;
    m.section[e] = (byte) section;
    m.nameStart[e] = m.names.start();
    m.nameLength[e] = m.names.length();
    m.type[e] = u16(s, fixed);
    m.dnsClass[e] = u16(s, fixed + 2) & CLASS_MASK;
    m.timeToLive[e] = s.get(U32, fixed + 4) & 0xFFFF_FFFFL;
    m.dataOffset[e] = data;
    m.dataLength[e] = dataLength;
    m.targetStart[e] = -1;
    m.targetLength[e] = 0;
    m.secondStart[e] = -1;
    m.secondLength[e] = 0;
    if (m.type[e] == DnsType.OPT) {
      m.edns = true;
      m.ednsPayloadSize = u16(s, fixed + 2);
      m.extendedCode = (int) (m.timeToLive[e] >>> 24);
    } else if (!names(m, s, base, e)) {
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
  private static boolean names(DnsMessage m, MemorySegment s, long base, int e) {
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
    long dataEnd = m.dataOffset[e] + m.dataLength[e];
    long after = m.names.read(s, base, m.dataOffset[e] + skip, dataEnd);
    if (after < 0) {
      return false;
    }
    m.targetStart[e] = m.names.start();
    m.targetLength[e] = m.names.length();
    if (m.type[e] == DnsType.SOA) {
      after = m.names.read(s, base, after, dataEnd);
      if (after < 0 || after + 20 > dataEnd) {
        return false;
      }
      m.secondStart[e] = m.names.start();
      m.secondLength[e] = m.names.length();
    }
    m.fixedOffset[e] = (int) (after - m.dataOffset[e]);
    return true;
  }

  private static int u16(MemorySegment segment, long at) {
    return segment.get(U16, at) & 0xFFFF;
  }
}
