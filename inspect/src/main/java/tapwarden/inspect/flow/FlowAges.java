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

  private int listOf(int slot) {
    var segment = slots.segment(slot);
    int flags = segment.get(FlowSlots.INT, FlowSlots.hot(slot) + FlowSlots.FLAGS);
    long cold = FlowSlots.cold(slot);
    boolean owned = segment.get(FlowSlots.BYTE, cold + FlowSlots.OWNER_PRIORITY) != 0;
    boolean established = FlowFlags.state(flags) == FlowSnapshot.State.ESTABLISHED.ordinal();
    return (owned ? OWNED : 0) + (established ? ESTABLISHED : 0);
  }

  void add(int slot) {
    int list = listOf(slot);
    setFiled(slot, list);
    lists.append(list, slot);
  }

  void remove(int slot) {
    lists.remove(filed(slot), slot);
  }

  /** Moves the flow to another class if its state or owner changed so. */
  void refile(int slot) {
    if (filed(slot) != listOf(slot)) {
      remove(slot);
      add(slot);
    }
  }

  private int filed(int slot) {
    return slots.segment(slot).get(FlowSlots.BYTE, FlowSlots.cold(slot) + FlowSlots.AGE_LIST);
  }

  private void setFiled(int slot, int list) {
    slots.segment(slot).set(FlowSlots.BYTE, FlowSlots.cold(slot) + FlowSlots.AGE_LIST, (byte) list);
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
