package tapwarden.inspect.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the outputs of all workers into the one order of their stamps. An output is passed on when
 * every other worker has either shown a later one or said that it is beyond that packet, so the
 * result is the same for any number of workers and any scheduling.
 */
final class OutputMerger {
  /** Where merged outputs go. */
  interface Listener {
    void onOutput(OutEvent event);
  }

  private final List<WorkerOutput> outputs;
  private final long[] progress;

  OutputMerger(List<WorkerOutput> outputs) {
    this.outputs = List.copyOf(outputs);
    progress = new long[outputs.size()];
  }

  /**
   * Passes on everything that is certain to be next.
   *
   * @param most stop after so many
   * @return how many outputs were passed on
   */
  int poll(Listener listener, int most) {
    int passed = 0;
    for (int i = 0; i < progress.length; i++) {
      progress[i] = outputs.get(i).progress();
    }
    while (passed < most) {
      WorkerOutput first = next();
      if (first == null) {
        break;
      }
      OutEvent event = first.peek();
      if (event == null) {
        break;
      }
      listener.onOutput(event);
      first.taken();
      passed++;
    }
    return passed;
  }

  /** Whether there are outputs, be it certain or not that they are next. */
  boolean holdsOutputs() {
    for (WorkerOutput output : outputs) {
      if (output.peek() != null) {
        return true;
      }
    }
    return false;
  }

  /** The worker whose oldest output is the next of all, or null if that is not certain yet. */
  private @Nullable WorkerOutput next() {
    WorkerOutput best = null;
    OutEvent bestEvent = null;
    long silentBefore = Long.MAX_VALUE;
    for (int i = 0; i < progress.length; i++) {
      OutEvent event = outputs.get(i).peek();
      if (event == null) {
        silentBefore = Math.min(silentBefore, progress[i]);
      } else if (bestEvent == null || before(event, bestEvent)) {
        best = outputs.get(i);
        bestEvent = event;
      }
    }
    return bestEvent != null && bestEvent.place <= silentBefore ? best : null;
  }

  private static boolean before(OutEvent a, OutEvent b) {
    return a.place != b.place ? a.place < b.place : a.order < b.order;
  }
}
