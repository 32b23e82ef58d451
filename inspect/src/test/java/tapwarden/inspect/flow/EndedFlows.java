package tapwarden.inspect.flow;

import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.count.CounterBlock;

/** A flow table with its counters and a list of everything that ended. */
final class EndedFlows implements FlowEndListener {
  final List<FlowSnapshot> ended = new ArrayList<>();
  final CounterBlock counters = new CounterBlock();

  FlowTable table(int capacity) {
    return table(FlowOptions.DEFAULT, capacity, 0x5EC2E7);
  }

  FlowTable table(FlowOptions options, int capacity, long secret) {
    return new FlowTable(options, capacity, secret, counters, this);
  }

  @Override
  public void onFlowEnd(Flow flow, FlowSnapshot.End reason) {
    ended.add(flow.snapshot(reason));
  }
}
