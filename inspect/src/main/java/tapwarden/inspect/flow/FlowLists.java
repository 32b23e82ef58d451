package tapwarden.inspect.flow;

import java.util.Arrays;

/**
 * Doubly linked lists of slots, threaded through the slots themselves: adding, removing and finding
 * the oldest cost the same however many flows there are.
 */
final class FlowLists {
  static final int NONE = -1;

  private final FlowSlots slots;
  private final int previousField;
  private final int nextField;
  private final int[] first;
  private final int[] last;

  FlowLists(FlowSlots slots, int lists, int previousField, int nextField) {
    this.slots = slots;
    this.previousField = previousField;
    this.nextField = nextField;
    first = new int[lists];
    last = new int[lists];
    Arrays.fill(first, NONE);
    Arrays.fill(last, NONE);
  }

  int first(int list) {
    return first[list];
  }

  int last(int list) {
    return last[list];
  }

  int next(int slot) {
    return slots.coldInt(slot, nextField);
  }

  void append(int list, int slot) {
    int before = last[list];
    slots.coldInt(slot, previousField, before);
    slots.coldInt(slot, nextField, NONE);
    if (before == NONE) {
      first[list] = slot;
    } else {
      slots.coldInt(before, nextField, slot);
    }
    last[list] = slot;
  }

  void remove(int list, int slot) {
    int before = slots.coldInt(slot, previousField);
    int after = slots.coldInt(slot, nextField);
    if (before == NONE) {
      first[list] = after;
    } else {
      slots.coldInt(before, nextField, after);
    }
    if (after == NONE) {
      last[list] = before;
    } else {
      slots.coldInt(after, previousField, before);
    }
  }
}
