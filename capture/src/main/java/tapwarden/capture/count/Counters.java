package tapwarden.capture.count;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All counter blocks of the process: hands one to each thread that counts, and sums them. */
public final class Counters {
  private final List<CounterBlock> blocks = new CopyOnWriteArrayList<>();

  /** A new block for the calling component's thread. */
  public CounterBlock newBlock() {
    CounterBlock block = new CounterBlock();
    blocks.add(block);
    return block;
  }

  /** The sum over all threads. */
  public long sum(Counter counter) {
    long sum = 0;
    for (CounterBlock block : blocks) {
      sum += block.get(counter);
    }
    return sum;
  }
}
