package tapwarden.inspect.flow;

/**
 * Which flow is given up when the table is full: the oldest that is neither established nor owned;
 * then the oldest that is not owned; then the oldest that is owned but not established; then the
 * oldest. So a flood of nobody's half-open flows costs equipment nothing, and a flood that a piece
 * of equipment causes costs its real conversations last. Age within a class is counted from when a
 * flow came into it.
 */
final class FlowAges {
  static final FlowSnapshot.State[] STATES = FlowSnapshot.State.values();

  private static final int OWNED = 2;
  private static final int ESTABLISHED = 1;

  private final FlowSlots slots;
  private final FlowLists lists;

  FlowAges(FlowSlots slots) {
    this.slots = slots;
    lists = new FlowLists(slots, 4, FlowSlots.AGE_PREVIOUS, FlowSlots.AGE_NEXT);
  }

  /** Files a flow that begins: nobody's, and not established. */
  void add(int slot) {
    file(slot, 0);
  }

  void remove(int slot) {
    lists.remove(FlowFlags.age(flags(slot)), slot);
  }

  /** Moves the flow to another class if its state changed so. */
  void refile(int slot) {
    int flags = flags(slot);
    refile(slot, flags, (FlowFlags.age(flags) & OWNED) != 0);
  }

  /** Moves the flow to another class if its owner changed so. */
  void refile(int slot, boolean owned) {
    refile(slot, flags(slot), owned);
  }

  private void refile(int slot, int flags, boolean owned) {
    boolean established = FlowFlags.state(flags) == FlowSnapshot.State.ESTABLISHED.ordinal();
    int list = (owned ? OWNED : 0) + (established ? ESTABLISHED : 0);
    if (list != FlowFlags.age(flags)) {
      lists.remove(FlowFlags.age(flags), slot);
      file(slot, list);
    }
  }

  private void file(int slot, int list) {
    var segment = slots.segment(slot);
    long at = FlowSlots.hot(slot) + FlowSlots.FLAGS;
    segment.set(FlowSlots.INT, at, FlowFlags.withAge(segment.get(FlowSlots.INT, at), list));
    lists.append(list, slot);
  }

  private int flags(int slot) {
    return slots.segment(slot).get(FlowSlots.INT, FlowSlots.hot(slot) + FlowSlots.FLAGS);
  }

  /** The slot to give up; the table is not empty. */
  int oldest() {
    int list = 0;
    while (lists.first(list) == FlowLists.NONE) {
      list++;
    }
    return lists.first(list);
  }
}
