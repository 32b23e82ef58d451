package tapwarden.inspect.fragment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that are waited for: found by key, listed by age. Fixed capacity; what is done with
 * serves again.
 */
final class DatagramTable {
  private final int capacity;

  /** Open addressing, at most half full; deleted by shifting back. */
  private final @Nullable Datagram[] index;

  private final List<Datagram> idle = new ArrayList<>();
  private @Nullable Datagram oldest;
  private @Nullable Datagram newest;
  private int size;

  DatagramTable(int capacity) {
    this.capacity = capacity;
    index = new Datagram[Integer.highestOneBit(2 * capacity - 1) << 1];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == capacity;
  }

  @Nullable Datagram find(DatagramKey key) {
    int at = key.hash & index.length - 1;
    for (Datagram d = index[at]; d != null; d = index[at]) {
      if (key.isOf(d)) {
        return d;
      }
      at = at + 1 & index.length - 1;
    }
    return null;
  }

  /** The one that began first and may go; null if there is none. */
  @Nullable Datagram oldest() {
    Datagram d = oldest;
    while (d != null && d.pinned) {
      d = d.newer;
    }
    return d;
  }

  /** Begins one; there is room. */
  Datagram add(DatagramKey key, long nanos) {
    Datagram d = idle.isEmpty() ? new Datagram() : idle.removeLast();
    key.copyTo(d);
    d.begunNanos = nanos;
    d.listed = true;
    d.older = newest;
    d.newer = null;
    if (newest == null) {
      oldest = d;
    } else {
      newest.newer = d;
    }
    newest = d;
    int at = d.hash & index.length - 1;
    while (index[at] != null) {
      at = at + 1 & index.length - 1;
    }
    index[at] = d;
    size++;
    return d;
  }

  /** Forgets one, whose memory was given back. */
  void remove(Datagram d) {
    Datagram before = d.older;
    Datagram after = d.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    d.older = null;
    d.newer = null;
    d.listed = false;
    unindex(d);
    size--;
    d.clear();
    idle.add(d);
  }

  private void unindex(Datagram d) {
    int mask = index.length - 1;
    int hole = d.hash & mask;
    while (index[hole] != d) {
      hole = hole + 1 & mask;
    }
    index[hole] = null;
    int at = hole + 1 & mask;
    for (Datagram next = index[at]; next != null; next = index[at]) {
      if ((at - next.hash & mask) >= (at - hole & mask)) {
        index[hole] = next;
        index[at] = null;
        hole = at;
      }
      at = at + 1 & mask;
    }
  }
}
