package tapwarden.inspect.fragment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams that are waited for, and the last ones that were whole, found by key. Fixed
 * capacity; what is done with serves again.
 */
final class DatagramTable {
  private final int capacity;

  /** Open addressing, at most half full; deleted by shifting back. */
  private final @Nullable Datagram[] index;

  private final DatagramList waiting = new DatagramList();
  private final DatagramList done = new DatagramList();
  private final List<Datagram> idle = new ArrayList<>();

  /**
   * @param capacity most datagrams that are waited for
   * @param mostDone most that were whole
   */
  DatagramTable(int capacity, int mostDone) {
    this.capacity = capacity;
    index = new Datagram[Integer.highestOneBit(2 * (capacity + mostDone) - 1) << 1];
  }

  /** Datagrams that are waited for. */
  DatagramList waiting() {
    return waiting;
  }

  /** Datagrams that were whole. */
  DatagramList done() {
    return done;
  }

  boolean isFull() {
    return waiting.size() == capacity;
  }

  /** The datagram with that key that is waited for, or that was whole. */
  @Nullable Datagram find(DatagramKey key, boolean isDone) {
    int at = key.hash & (index.length - 1);
    for (Datagram d = index[at]; d != null; d = index[at]) {
      if (d.done == isDone && key.isOf(d)) {
        return d;
      }
      at = (at + 1) & (index.length - 1);
    }
    return null;
  }

  /** Begins one; there is room. */
  Datagram add(DatagramKey key, long nanos) {
    Datagram d = idle.isEmpty() ? new Datagram() : idle.removeLast();
    key.copyTo(d);
    d.begunNanos = nanos;
    waiting.add(d);
    int at = d.hash & (index.length - 1);
    while (index[at] != null) {
      at = (at + 1) & (index.length - 1);
    }
    index[at] = d;
    return d;
  }

  /** One that was waited for is whole. */
  void finish(Datagram d) {
    waiting.remove(d);
    done.add(d);
    d.done = true;
  }

  /** Forgets one, whose memory was given back. */
  void remove(Datagram d) {
    (d.done ? done : waiting).remove(d);
    unindex(d);
    d.clear();
    idle.add(d);
  }

  private void unindex(Datagram d) {
    int mask = index.length - 1;
    int hole = d.hash & mask;
    while (index[hole] != d) {
      hole = (hole + 1) & mask;
    }
    index[hole] = null;
    int at = (hole + 1) & mask;
    for (Datagram next = index[at]; next != null; next = index[at]) {
      if (((at - next.hash) & mask) >= ((at - hole) & mask)) {
        index[hole] = next;
        index[at] = null;
        hole = at;
      }
      at = (at + 1) & mask;
    }
  }
}
