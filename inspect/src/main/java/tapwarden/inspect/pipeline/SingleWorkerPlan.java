package tapwarden.inspect.pipeline;

import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.BatchPlanner;
import tapwarden.inspect.flow.PacketClock;

/** The plan for one worker: nothing to share out, only the ticks of packet time. */
final class SingleWorkerPlan implements BatchPlanner {
  private final TickSchedule ticks;

  SingleWorkerPlan(PacketClock clock) {
    ticks = new TickSchedule(clock);
  }

  @Override
  public void plan(FrameBatch batch) {
    int size = batch.size();
    for (int i = 0; i < size; i++) {
      ticks.frame(batch, i);
    }
    ticks.batch(batch);
  }

  @Override
  public boolean planIdle(FrameBatch empty, long monotonicNanos) {
    return ticks.silence(empty, monotonicNanos);
  }
}
