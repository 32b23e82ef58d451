package tapwarden.inspect.flow;

/** Hears of every flow that ends, in an order that depends on the packets alone. */
@FunctionalInterface
public interface FlowEndListener {
  /**
   * @param flow a view that is valid during the call only; {@link Flow#snapshot} makes it last. Its
   *     packet counts are final. The table must not be called from here.
   * @param reason why it ended
   */
  void onFlowEnd(Flow flow, FlowSnapshot.End reason);
}
