package tapwarden.inspect.fragment;

import org.jspecify.annotations.Nullable;

/** Datagrams in the order in which they were put here. */
final class DatagramList {
  private @Nullable Datagram oldest;
  private @Nullable Datagram newest;
  private int size;

  int size() {
    return size;
  }

  /** The one that has been here longest and may go; null if there is none. */
  @Nullable Datagram oldest() {
    Datagram d = oldest;
    while (d != null && d.pinned) {
      d = d.newer;
    }
    return d;
  }

  void add(Datagram d) {
    d.older = newest;
    d.newer = null;
    if (newest == null) {
      oldest = d;
    } else {
      newest.newer = d;
    }
    newest = d;
    size++;
  }

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
    size--;
  }
}
