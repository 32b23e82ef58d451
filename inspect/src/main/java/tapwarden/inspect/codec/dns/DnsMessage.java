package tapwarden.inspect.codec.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import tapwarden.inspect.wire.Bytes;

/**
 * One DNS message (RFC 1035 §4); filled by {@link #parse}, reused for every message, without any
 * allocation once there was one as long. It is copied and read there, which costs less byte by
 * byte. Valid until the next {@code parse} and as long as the bytes of the segment stay.
 *
 * <p>Questions, answers, authorities and additionals are numbered through in wire order as
 * <em>entries</em>; a question is an entry without time to live and data. Names lie in {@link
 * #names()} and {@link #lowerNames()} at equal offsets; see {@link DnsNames} for how they are
 * written.
 *
 * <p>A message that is cut in the middle keeps what came before, a record with a broken name in its
 * data is kept without it, and {@link #isWhole()} says of both.
 */
public final class DnsMessage {
  /** Most questions and records read of one message; the rest is left out and said to be. */
  public static final int MAX_ENTRIES = 256;

  static final int HEADER_BYTES = 12;

  /** Above what datagrams have; over TCP there are longer ones, up to 64 KiB. */
  private static final int FIRST_BYTES = 4_096;

  // Written by DnsParser.
  final DnsNames names = new DnsNames();
  final byte[] section = new byte[MAX_ENTRIES];
  final int[] nameStart = new int[MAX_ENTRIES];
  final int[] nameLength = new int[MAX_ENTRIES];
  final int[] type = new int[MAX_ENTRIES];
  final int[] dnsClass = new int[MAX_ENTRIES];
  final long[] timeToLive = new long[MAX_ENTRIES];
  final int[] dataAt = new int[MAX_ENTRIES];
  final int[] dataLength = new int[MAX_ENTRIES];
  final int[] targetStart = new int[MAX_ENTRIES];
  final int[] targetLength = new int[MAX_ENTRIES];
  final int[] secondStart = new int[MAX_ENTRIES];
  final int[] secondLength = new int[MAX_ENTRIES];
  final int[] fixedOffset = new int[MAX_ENTRIES];
  final int[] sectionCount = new int[4];
  MemorySegment segment = MemorySegment.NULL;
  long base;

  /** The message from 0 on, and {@link DnsNames#SLACK} bytes behind it that mean nothing. */
  byte[] bytes = new byte[FIRST_BYTES];

  int entries;
  int id;
  int flags;
  boolean whole;
  boolean edns;
  int extendedCode;
  int ednsPayloadSize;

  /** Section of an entry. */
  public enum Section {
    QUESTION,
    ANSWER,
    AUTHORITY,
    ADDITIONAL
  }

  private static final Section[] SECTIONS = Section.values();

  /**
   * Reads the message of {@code length} captured bytes at {@code offset}.
   *
   * @return false if this is no DNS message: too short, more questions than bytes, a first question
   *     that cannot be read, or a reserved operation in a message that is broken; nothing else may
   *     be asked then
   */
  public boolean parse(MemorySegment segment, long offset, int length) {
    if (length < HEADER_BYTES) {
      return false;
    }
    if (length + DnsNames.SLACK > bytes.length) {
      bytes = new byte[Math.max(length + DnsNames.SLACK, 2 * bytes.length)];
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    this.segment = segment;
    base = offset;
    return DnsParser.parse(this, length);
  }

  public int id() {
    return id;
  }

  /** The flags word of the header. */
  public int flags() {
    return flags;
  }

  public boolean isResponse() {
    return (flags & 0x8000) != 0;
  }

  public int opcode() {
    return (flags >>> 11) & 0xF;
  }

  public boolean isAuthoritative() {
    return (flags & 0x0400) != 0;
  }

  public boolean isTruncated() {
    return (flags & 0x0200) != 0;
  }

  public boolean recursionDesired() {
    return (flags & 0x0100) != 0;
  }

  public boolean recursionAvailable() {
    return (flags & 0x0080) != 0;
  }

  /** The reserved bit that must be zero. */
  public boolean reservedBit() {
    return (flags & 0x0040) != 0;
  }

  /** Response code, with EDNS's upper bits (RFC 6891 §6.1.3). */
  public int responseCode() {
    return extendedCode << 4 | (flags & 0xF);
  }

  /** Whether the message has an EDNS record. */
  public boolean hasEdns() {
    return edns;
  }

  /** UDP payload size that the EDNS record offers; 0 without one. */
  public int ednsPayloadSize() {
    return ednsPayloadSize;
  }

  /** Whether everything that the header announces was read, with the names in all data. */
  public boolean isWhole() {
    return whole;
  }

  /** Questions and records read. */
  public int entries() {
    return entries;
  }

  /** Entries read of a section; questions are the first entries, answers the next, and so on. */
  public int count(Section of) {
    return sectionCount[of.ordinal()];
  }

  /** Index of the section's first entry. */
  public int first(Section of) {
    int first = 0;
    for (int i = 0; i < of.ordinal(); i++) {
      first += sectionCount[i];
    }
    return first;
  }

  public Section section(int entry) {
    return SECTIONS[section[entry]];
  }

  /** Bytes of all names as they were sent. */
  public byte[] names() {
    return names.original;
  }

  /** Bytes of all names, ASCII letters in lower case. */
  public byte[] lowerNames() {
    return names.lower;
  }

  /** Where the entry's owner name starts in {@link #names()} and {@link #lowerNames()}. */
  public int nameStart(int entry) {
    return nameStart[entry];
  }

  public int nameLength(int entry) {
    return nameLength[entry];
  }

  /** Record type, see {@link DnsType}. */
  public int type(int entry) {
    return type[entry];
  }

  /** Class without multicast DNS's top bit (RFC 6762 §10.2). */
  public int dnsClass(int entry) {
    return dnsClass[entry];
  }

  /** Seconds; 0 for questions. */
  public long timeToLive(int entry) {
    return timeToLive[entry];
  }

  /** Where the record's data starts in {@link #segment()}. */
  public long dataOffset(int entry) {
    return base + dataAt[entry];
  }

  public int dataLength(int entry) {
    return dataLength[entry];
  }

  public MemorySegment segment() {
    return segment;
  }

  /**
   * Whether the data holds a name: CNAME, DNAME, NS, PTR, MX, SRV, SVCB, HTTPS, and SOA's primary
   * server.
   */
  public boolean hasTarget(int entry) {
    return targetStart[entry] >= 0;
  }

  public int targetStart(int entry) {
    return targetStart[entry];
  }

  public int targetLength(int entry) {
    return targetLength[entry];
  }

  /** SOA's mailbox name. */
  public int mailboxStart(int entry) {
    return secondStart[entry];
  }

  public int mailboxLength(int entry) {
    return secondLength[entry];
  }

  /** Where an SOA's five numbers start, from the start of its data. */
  public int soaNumbersOffset(int entry) {
    return fixedOffset[entry];
  }

  /** 4 for A, 6 for AAAA, 0 for everything else. */
  public int addressVersion(int entry) {
    if (section[entry] == 0) {
      return 0;
    }
    if (type[entry] == DnsType.A && dataLength[entry] == 4) {
      return 4;
    }
    return type[entry] == DnsType.AAAA && dataLength[entry] == 16 ? 6 : 0;
  }

  public long addressHigh(int entry) {
    return addressVersion(entry) == 6 ? data64(entry, 0) : 0;
  }

  public long addressLow(int entry) {
    return addressVersion(entry) == 6 ? data64(entry, 8) : data32(entry, 0);
  }

  /** Unsigned 16 bits of the data at {@code offset}, which must lie inside. */
  public int data16(int entry, int offset) {
    return Bytes.u16(bytes, dataAt[entry] + offset);
  }

  public long data32(int entry, int offset) {
    return Bytes.u32(bytes, dataAt[entry] + offset);
  }

  public long data64(int entry, int offset) {
    return Bytes.i64(bytes, dataAt[entry] + offset);
  }

  /** The owner name as text, for the cold path; bytes are taken as Latin-1. */
  public String name(int entry) {
    return new String(
        names.original, nameStart[entry], nameLength[entry], StandardCharsets.ISO_8859_1);
  }

  /** The name in the data as text, for the cold path. */
  public String target(int entry) {
    return hasTarget(entry)
        ? new String(
            names.original, targetStart[entry], targetLength[entry], StandardCharsets.ISO_8859_1)
        : "";
  }
}
