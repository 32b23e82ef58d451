package tapwarden.inspect.pipeline;

import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.BatchPlanner;
import tapwarden.inspect.flow.PacketClock;

/** The plan for one worker: nothing to share out, only the ticks of packet time. */
final class SingleWorkerPlan implements BatchPlanner {
  private final PacketClock clock;

  SingleWorkerPlan(PacketClock clock) {
    this.clock = clock;
  }

  @Override
  public void plan(FrameBatch batch) {
    int size = batch.size();
    for (int i = 0; i < size; i++) {
      if (clock.observe(batch.timestampNanos(i))) {
        batch.addNotice(i, new Tick(clock.nanos(), batch.number(i)));
      }
    }
  }
}
