package tapwarden.inspect.intel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Builds an {@link IndicatorSet}: lists one after the other, entries in the order of their lines.
 */
final class IndicatorSetBuilder implements AutoCloseable {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final EntryStore store = new EntryStore();
  private final IndicatorHash hash = IndicatorHash.random();
  private final List<Path> lists = new ArrayList<>();
  private final List<Integer> firstIds = new ArrayList<>();
  private final BitSet prefixesV4 = new BitSet();
  private final BitSet prefixesV6 = new BitSet();
  private boolean withPorts;
  private boolean withNames;
  private boolean withInternationalNames;
  private long[] duplicates = {};

  static IndicatorSet empty() {
    try (IndicatorSetBuilder builder = new IndicatorSetBuilder()) {
      return builder.build();
    }
  }

  void startList(Path file) {
    lists.add(file);
    firstIds.add(store.count());
  }

  int count() {
    return store.count();
  }

  /** Adds what the parser read; false if the set is full. */
  boolean add(LineParser entry, byte[] lineBytes, int line) {
    if (!store.add(entry, lineBytes, line)) {
      return false;
    }
    switch (entry.kind) {
      case Entry.NETWORK_V4 -> prefixesV4.set(entry.detail);
      case Entry.NETWORK_V6 -> prefixesV6.set(entry.detail);
      case Entry.PORT_V4, Entry.PORT_V6 -> withPorts = true;
      case Entry.NAME -> withNames = true;
      default -> {}
    }
    return true;
  }

  IndicatorSet build() {
    Arena arena = Arena.ofAuto();
    MemorySegment text = store.text(arena);
    MemorySegment offsets = store.offsets(arena);
    MemorySegment lines = store.lines(arena);
    int read = store.count();
    store.release();
    IndicatorIndex index = IndicatorIndex.allocate(read, arena);
    duplicates = new long[lists.size()];
    long twice = 0;
    int list = 0;
    byte[] name = new byte[Entry.MOST_NAME_BYTES];
    for (int id = 0; id < read; id++) {
      while (list + 1 < lists.size() && id >= firstIds.get(list + 1)) {
        list++;
      }
      if (!insert(index, text, offsets, id, name)) {
        duplicates[list]++;
        twice++;
      }
    }
    return new IndicatorSet(
        hash,
        index,
        text,
        offsets,
        lines,
        new IndicatorContents(
            read,
            (int) (read - twice),
            List.copyOf(lists),
            firstIds.stream().mapToInt(Integer::intValue).toArray(),
            longestFirst(prefixesV4),
            longestFirst(prefixesV6),
            withPorts,
            withNames,
            withInternationalNames));
  }

  /** Entries of each list that were there already; after {@link #build}. */
  long[] duplicates() {
    return duplicates;
  }

  /** False if an equal entry is there already: the first wins. */
  private boolean insert(
      IndicatorIndex index, MemorySegment text, MemorySegment offsets, int id, byte[] name) {
    long at = offsets.getAtIndex(INT, id) & 0xFFFF_FFFFL;
    int kind = Entry.kind(text, at);
    long filterKey;
    long key;
    int valueBytes;
    if (kind == Entry.NAME) {
      int length = Entry.nameLength(text, at);
      MemorySegment.copy(text, ValueLayout.JAVA_BYTE, at + 2, name, 0, length);
      withInternationalNames |= InternationalName.isAsciiForm(name, length);
      long state = hash.nameStart();
      for (int i = length - 1; i >= 0; i--) {
        state = hash.nameStep(state, name[i]);
      }
      key = hash.nameHash(state);
      filterKey = key;
      valueBytes = 1 + length;
    } else {
      int detail = Entry.detail(text, at, kind);
      boolean port = kind == Entry.PORT_V4 || kind == Entry.PORT_V6;
      long high = Entry.high(text, at, kind);
      long low = Entry.low(text, at, kind);
      // The filter knows addresses without ports: one question answers for both kinds.
      filterKey = hash.address(Entry.isV4(kind) ? 4 : 6, high, low, port ? 0 : detail);
      key = port ? hash.withPort(filterKey, detail) : filterKey;
      valueBytes = (Entry.isV4(kind) ? 4 : 16) + (port ? 2 : detail == 0 ? 0 : 1);
    }
    long slot = index.firstSlot(key);
    for (long content = index.content(slot); content != 0; content = index.content(slot)) {
      if (IndicatorIndex.isCandidate(content, key)) {
        long other = offsets.getAtIndex(INT, IndicatorIndex.id(content)) & 0xFFFF_FFFFL;
        if (Entry.kind(text, other) == kind
            && MemorySegment.mismatch(
                    text, at + 1, at + 1 + valueBytes, text, other + 1, other + 1 + valueBytes)
                < 0) {
          return false;
        }
      }
      slot = index.nextSlot(slot);
    }
    index.put(slot, key, id);
    index.admit(filterKey);
    return true;
  }

  private static int[] longestFirst(BitSet prefixes) {
    int[] ascending = prefixes.stream().toArray();
    int[] descending = new int[ascending.length];
    for (int i = 0; i < ascending.length; i++) {
      descending[i] = ascending[ascending.length - 1 - i];
    }
    return descending;
  }

  @Override
  public void close() {
    store.release();
  }
}
