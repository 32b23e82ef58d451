package tapwarden.inspect.intel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Entries as they are read, off the heap in chunks, with the place and the line of each; an entry
 * never lies across two chunks. {@link #text} and its kin copy them to their final form.
 */
final class EntryStore {
  /** Most entries of a set; slots and offsets are sized for it. */
  static final int MOST_ENTRIES = 20_000_000;

  private static final int CHUNK_BYTES = 1 << 22;

  /** Offsets are 32 bits without a sign. */
  private static final int MOST_CHUNKS = (int) ((1L << 32) / CHUNK_BYTES);

  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> chunks = new ArrayList<>();
  private int[] offsets = new int[1024];
  private int[] lines = new int[1024];
  private int count;
  private int used = CHUNK_BYTES;
  private MemorySegment chunk = MemorySegment.NULL;

  int count() {
    return count;
  }

  /** Adds what the parser read; false if there is no room for it. */
  boolean add(LineParser entry, byte[] lineBytes, int line) {
    if (count == MOST_ENTRIES || !makeRoom()) {
      return false;
    }
    if (count == offsets.length) {
      int size = Math.min(MOST_ENTRIES, count + (count >> 1));
      offsets = Arrays.copyOf(offsets, size);
      lines = Arrays.copyOf(lines, size);
    }
    offsets[count] = (chunks.size() - 1) * CHUNK_BYTES + used;
    lines[count] = line;
    count++;
    int start = used;
    used +=
        entry.kind == Entry.NAME
            ? Entry.writeName(chunk, start, entry.name, entry.nameLength)
            : Entry.write(chunk, start, entry.kind, entry.high, entry.low, entry.detail);
    int comment = Math.min(entry.commentTo - entry.commentFrom, Entry.MOST_COMMENT_BYTES);
    if (comment > 0) {
      for (int i = entry.commentFrom; i < entry.commentFrom + comment; i++) {
        byte b = lineBytes[i];
        lineBytes[i] = b >= ' ' && b < 0x7F ? b : (byte) '?';
      }
      used += Entry.writeComment(chunk, start, used, lineBytes, entry.commentFrom, comment);
    }
    return true;
  }

  private boolean makeRoom() {
    if (used + Entry.MOST_BYTES <= CHUNK_BYTES) {
      return true;
    }
    if (chunks.size() == MOST_CHUNKS) {
      return false;
    }
    chunk = arena.allocate(CHUNK_BYTES);
    chunks.add(chunk);
    used = 0;
    return true;
  }

  /** All entries, each where its offset says. */
  MemorySegment text(Arena target) {
    long bytes = chunks.isEmpty() ? 0 : (chunks.size() - 1L) * CHUNK_BYTES + used;
    MemorySegment text = target.allocate(Math.max(bytes, 1));
    for (int i = 0; i < chunks.size(); i++) {
      long at = (long) i * CHUNK_BYTES;
      MemorySegment.copy(chunks.get(i), 0, text, at, Math.min(CHUNK_BYTES, bytes - at));
    }
    return text;
  }

  MemorySegment offsets(Arena target) {
    return copy(offsets, target);
  }

  MemorySegment lines(Arena target) {
    return copy(lines, target);
  }

  private MemorySegment copy(int[] values, Arena target) {
    MemorySegment copy = target.allocate(Math.max(4L, 4L * count), 8);
    MemorySegment.copy(values, 0, copy, ValueLayout.JAVA_INT, 0, count);
    return copy;
  }

  /** Frees the chunks; may be called again. */
  void release() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
