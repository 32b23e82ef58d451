package tapwarden.inspect.intel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tapwarden.inspect.wire.DomainText;

/**
 * All indicators of all lists, compiled for look-ups; immutable and safe for any number of threads.
 * A new generation is a new set. Look-ups allocate nothing and give an entry's id or {@link #NONE};
 * hits are compared with the entry in full, so there are no false ones.
 */
public final class IndicatorSet {
  /** No indicator matches. */
  public static final int NONE = -1;

  /** No indicators at all. */
  public static final IndicatorSet EMPTY = IndicatorSetBuilder.empty();

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final IndicatorHash hash;
  private final IndicatorIndex index;
  private final MemorySegment text;
  private final MemorySegment offsets;
  private final MemorySegment lines;
  private final IndicatorContents contents;

  IndicatorSet(
      IndicatorHash hash,
      IndicatorIndex index,
      MemorySegment text,
      MemorySegment offsets,
      MemorySegment lines,
      IndicatorContents contents) {
    this.hash = hash;
    this.index = index;
    this.text = text;
    this.offsets = offsets;
    this.lines = lines;
    this.contents = contents;
  }

  /** Entries that are looked up. */
  public int size() {
    return contents.entries();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** Memory off the heap. */
  public long bytes() {
    return index.bytes() + text.byteSize() + offsets.byteSize() + lines.byteSize();
  }

  /**
   * The most specific indicator that the address matches: with its port, alone, or in a network
   * (the longest). An IPv6 address that stands for an IPv4 address ({@link Ipv4InIpv6}) matches
   * what that would.
   *
   * @param port 0 if the packet has none
   */
  public int matchAddress(int version, long high, long low, int port) {
    int id = matchAsItIs(version, high, low, port);
    if (id != NONE || version == 4) {
      return id;
    }
    long v4 = Ipv4InIpv6.of(high, low);
    return v4 < 0 ? NONE : matchAsItIs(4, 0, v4, port);
  }

  private int matchAsItIs(int version, long high, long low, int port) {
    long key = hash.address(version, high, low, 0);
    if (index.mayHave(key)) {
      int id = NONE;
      if (port != 0 && contents.withPorts()) {
        int kind = version == 4 ? Entry.PORT_V4 : Entry.PORT_V6;
        id = find(hash.withPort(key, port), kind, high, low, port);
      }
      if (id == NONE) {
        id = find(key, version == 4 ? Entry.ADDRESS_V4 : Entry.ADDRESS_V6, high, low, 0);
      }
      if (id != NONE) {
        return id;
      }
    }
    return version == 4 ? matchNetworkV4(low) : matchNetworkV6(high, low);
  }

  /**
   * Reads what {@link #matchAddress} will mostly read, to be called for several addresses before it
   * so that the accesses overlap; the answer means nothing.
   */
  public long touchAddress(int version, long high, long low) {
    if (isEmpty()) {
      return 0;
    }
    long sum = index.touch(hash.address(version, high, low, 0));
    if (version == 4) {
      for (int prefix : contents.prefixesV4()) {
        sum += index.touch(hash.address(4, 0, low & (-1L << (32 - prefix)), prefix));
      }
    }
    return sum;
  }

  private int matchNetworkV4(long low) {
    int[] prefixes = contents.prefixesV4();
    for (int prefix : prefixes) {
      long masked = low & (-1L << (32 - prefix));
      long key = hash.address(4, 0, masked, prefix);
      if (index.mayHave(key)) {
        int id = find(key, Entry.NETWORK_V4, 0, masked, prefix);
        if (id != NONE) {
          return id;
        }
      }
    }
    return NONE;
  }

  private int matchNetworkV6(long high, long low) {
    int[] prefixes = contents.prefixesV6();
    for (int prefix : prefixes) {
      long maskedHigh = prefix >= 64 ? high : high & (-1L << (64 - prefix));
      long maskedLow = prefix <= 64 ? 0 : low & (-1L << (128 - prefix));
      long key = hash.address(6, maskedHigh, maskedLow, prefix);
      if (index.mayHave(key)) {
        int id = find(key, Entry.NETWORK_V6, maskedHigh, maskedLow, prefix);
        if (id != NONE) {
          return id;
        }
      }
    }
    return NONE;
  }

  private int find(long key, int kind, long high, long low, int detail) {
    long slot = index.firstSlot(key);
    for (long content = index.content(slot); content != 0; content = index.content(slot)) {
      if (IndicatorIndex.isCandidate(content, key)) {
        int id = IndicatorIndex.id(content);
        long at = offset(id);
        if (Entry.kind(text, at) == kind
            && Entry.low(text, at, kind) == low
            && Entry.high(text, at, kind) == high
            && Entry.detail(text, at, kind) == detail) {
          return id;
        }
      }
      slot = index.nextSlot(slot);
    }
    return NONE;
  }

  /**
   * The indicator of the name or of the nearest listed name above it.
   *
   * @param name in lower case, dots and backslashes within a label escaped, see {@link DomainText};
   *     a final dot is ignored; compared as it is: for one in UTF-8 see {@link NameMatcher}
   */
  public int matchName(byte[] name, int offset, int length) {
    if (!contents.withNames()) {
      return NONE;
    }
    int end = offset + length;
    if (length > 0 && DomainText.isSeparator(name, offset, end - 1)) {
      end--;
    }
    int found = NONE;
    boolean dotted = false;
    long state = hash.nameStart();
    for (int i = end - 1; i >= offset; i--) {
      if (name[i] == '.' && DomainText.isSeparator(name, offset, i)) {
        // A name of one label is a public suffix and never listed.
        if (dotted) {
          found = matchExactly(name, i + 1, end, state, found);
        }
        dotted = true;
      }
      state = hash.nameStep(state, name[i]);
    }
    return dotted ? matchExactly(name, offset, end, state, found) : NONE;
  }

  /** Whether some listed name is of another script, in its ASCII form (RFC 5890 §2.3.2.1). */
  public boolean withInternationalNames() {
    return contents.withInternationalNames();
  }

  private int matchExactly(byte[] name, int from, int to, long state, int otherwise) {
    long key = hash.nameHash(state);
    if (!index.mayHave(key)) {
      return otherwise;
    }
    long slot = index.firstSlot(key);
    for (long content = index.content(slot); content != 0; content = index.content(slot)) {
      if (IndicatorIndex.isCandidate(content, key)) {
        int id = IndicatorIndex.id(content);
        if (Entry.isName(text, offset(id), name, from, to)) {
          return id;
        }
      }
      slot = index.nextSlot(slot);
    }
    return otherwise;
  }

  /** {@link #matchName(byte[], int, int)} for the cold path; any case. */
  public int matchName(String name) {
    byte[] bytes = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
    return matchName(bytes, 0, bytes.length);
  }

  /** The entry of that id, for explanations. */
  public Indicator indicator(int id) {
    if (id < 0 || id >= contents.read()) {
      throw new IndexOutOfBoundsException("indicator " + id);
    }
    long at = offset(id);
    return new Indicator(
        id,
        Entry.type(Entry.kind(text, at)),
        Entry.value(text, at),
        list(id),
        lines.getAtIndex(INT, id),
        Entry.comment(text, at));
  }

  private Path list(int id) {
    int[] firstIds = contents.firstIds();
    int at = Arrays.binarySearch(firstIds, id);
    if (at < 0) {
      at = -at - 2;
    }
    // Lists without entries share their first id with the next one.
    while (at + 1 < firstIds.length && firstIds[at + 1] == firstIds[at]) {
      at++;
    }
    return contents.lists().get(at);
  }

  private long offset(int id) {
    return offsets.get(INT, (long) id << 2) & 0xFFFF_FFFFL;
  }

  /** The lists, in the order of the configuration. */
  public List<Path> lists() {
    return contents.lists();
  }

  IndicatorHash hash() {
    return hash;
  }

  IndicatorContents contents() {
    return contents;
  }

  /** The parts that lie off the heap, in the order of a snapshot. */
  List<MemorySegment> segments() {
    return List.of(index.slots(), index.filter(), text, offsets, lines);
  }
}
