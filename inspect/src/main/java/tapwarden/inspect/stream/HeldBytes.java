package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes at positions with holes between them, in pages that are there only where something was
 * written: one segment far ahead costs what it brings, not what lies before it. Positions count
 * from a beginning that moves on. What was never written reads as anything.
 */
final class HeldBytes {
  static final int PAGE_BYTES = 2 << 10;

  /** What an entry of the table of pages is counted as. */
  private static final int ENTRY_BYTES = 8;

  private static final int LEAST_TABLE = 8;
  private static final byte[][] NO_TABLE = {};

  private byte[] @Nullable [] table = NO_TABLE;
  private int pages;

  /** Where position 0 lies in the first page. */
  private int origin;

  /** Bytes of memory in use. */
  int capacity() {
    return pages * PAGE_BYTES + table.length * ENTRY_BYTES;
  }

  /** Bytes of memory that writing there would take more. */
  int growth(int start, int end) {
    int last = page(end - 1);
    int missing = 0;
    for (int page = page(start); page <= last; page++) {
      missing += page < table.length && table[page] != null ? 0 : PAGE_BYTES;
    }
    return missing + (tableFor(last) - table.length) * ENTRY_BYTES;
  }

  private int tableFor(int last) {
    return last < table.length
        ? table.length
        : Math.max(LEAST_TABLE, Integer.highestOneBit(last) << 1);
  }

  private int page(int position) {
    return (origin + position) / PAGE_BYTES;
  }

  /** The page that a position lies in, which was written. */
  byte[] at(int position) {
    byte[] page = table[page(position)];
    if (page == null) {
      throw new IllegalStateException("nothing was written at " + position);
    }
    return page;
  }

  /** Where a position lies in its page. */
  int within(int position) {
    return (origin + position) % PAGE_BYTES;
  }

  /** How many of {@code length} bytes from a position on lie in the same page. */
  int some(int position, int length) {
    return Math.min(length, PAGE_BYTES - within(position));
  }

  void write(MemorySegment from, long offset, int start, int length) {
    int last = page(start + length - 1);
    if (last >= table.length) {
      table = Arrays.copyOf(table, tableFor(last));
    }
    for (int done = 0; done < length; ) {
      int position = start + done;
      int some = some(position, length - done);
      byte[] page = table[page(position)];
      if (page == null) {
        page = new byte[PAGE_BYTES];
        table[page(position)] = page;
        pages++;
      }
      MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset + done, page, within(position), some);
      done += some;
    }
  }

  void read(int start, byte[] to, int at, int length) {
    for (int done = 0; done < length; ) {
      int some = some(start + done, length - done);
      System.arraycopy(at(start + done), within(start + done), to, at + done, some);
      done += some;
    }
  }

  /** Where bytes differ first from those written, counted from the first of them; -1 if nowhere. */
  int mismatch(MemorySegment other, long offset, int start, int length) {
    for (int done = 0; done < length; ) {
      int within = within(start + done);
      int some = some(start + done, length - done);
      long at =
          MemorySegment.mismatch(
              other,
              offset + done,
              offset + done + some,
              MemorySegment.ofArray(at(start + done)),
              within,
              within + (long) some);
      if (at >= 0) {
        return done + (int) at;
      }
      done += some;
    }
    return -1;
  }

  /** Moves the beginning on; what lies before it is forgotten. */
  void advance(int by) {
    origin += by;
    int gone = origin / PAGE_BYTES;
    if (gone == 0) {
      return;
    }
    origin %= PAGE_BYTES;
    for (int i = 0; i < Math.min(gone, table.length); i++) {
      pages -= table[i] == null ? 0 : 1;
    }
    int left = Math.max(0, table.length - gone);
    System.arraycopy(table, table.length - left, table, 0, left);
    Arrays.fill(table, left, table.length, null);
  }

  void clear() {
    table = NO_TABLE;
    pages = 0;
    origin = 0;
  }

  HeldBytes copy() {
    HeldBytes copy = new HeldBytes();
    copy.table = table.clone();
    for (int i = 0; i < table.length; i++) {
      byte[] page = table[i];
      copy.table[i] = page == null ? null : page.clone();
    }
    copy.pages = pages;
    copy.origin = origin;
    return copy;
  }
}
