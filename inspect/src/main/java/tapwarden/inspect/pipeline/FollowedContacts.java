package tapwarden.inspect.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contacts that one worker follows, by slot number; bounded. */
final class FollowedContacts {
  /** Most contacts followed at once by one worker; beyond, a contact is judged once (counted). */
  static final int CAPACITY = 1 << 16;

  private final List<@Nullable Followed> slots = new ArrayList<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  /** Contacts whose name is awaited, in the order in which they began. */
  private final List<Followed> awaiting = new ArrayList<>();

  boolean isFull() {
    return free.isEmpty() && slots.size() >= CAPACITY;
  }

  /** Keeps {@code followed} and answers its slot. */
  int add(Followed followed) {
    if (followed.awaiting != 0) {
      // Mostly the last; a contact that was turned round keeps its place.
      int at = awaiting.size();
      while (at > 0 && startOf(awaiting.get(at - 1)) > startOf(followed)) {
        at--;
      }
      awaiting.add(at, followed);
    }
    Integer slot = free.poll();
    if (slot != null) {
      slots.set(slot, followed);
      return slot;
    }
    slots.add(followed);
    return slots.size() - 1;
  }

  private static long startOf(Followed followed) {
    return followed.startOrder;
  }

  @Nullable Followed get(int slot) {
    return slots.get(slot);
  }

  void remove(int slot) {
    Followed followed = slots.get(slot);
    if (followed != null) {
      followed.awaiting = 0;
      slots.set(slot, null);
      free.add(slot);
    }
  }

  /**
   * The contacts whose name is awaited, in the order in which they began, and some that are done.
   */
  List<Followed> awaiting() {
    awaiting.removeIf(followed -> followed.awaiting == 0);
    return awaiting;
  }
}
