package tapwarden.inspect.stream;

import org.jspecify.annotations.Nullable;

/** Directions in the order in which they came to have something that they may have to give up. */
final class HalfList {
  /** A direction's place in a list. */
  static final class Node {
    final StreamHalf half;
    private @Nullable Node before;
    private @Nullable Node behind;
    private boolean linked;

    Node(StreamHalf half) {
      this.half = half;
    }
  }

  private @Nullable Node first;
  private @Nullable Node last;

  void add(Node node) {
    if (node.linked) {
      return;
    }
    node.linked = true;
    node.before = last;
    if (last == null) {
      first = node;
    } else {
      last.behind = node;
    }
    last = node;
  }

  void remove(Node node) {
    if (!node.linked) {
      return;
    }
    node.linked = false;
    Node before = node.before;
    Node behind = node.behind;
    if (before == null) {
      first = behind;
    } else {
      before.behind = behind;
    }
    if (behind == null) {
      last = before;
    } else {
      behind.before = before;
    }
    node.before = null;
    node.behind = null;
  }

  /** The direction that has been in the list for longest, apart from one; null if there is none. */
  @Nullable StreamHalf oldest(@Nullable StreamHalf except) {
    Node node = first;
    if (node != null && node.half == except) {
      node = node.behind;
    }
    return node == null ? null : node.half;
  }
}
