package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowIndexTest {
  private static boolean holds(FlowIndex index, int hash, int slot) {
    for (int at = index.start(hash); !index.isFree(at); at = index.next(at)) {
      if (index.slotIf(at, hash) == slot) {
        return true;
      }
    }
    return false;
  }

  @Test
  void findsEverythingPutAndNothingRemovedEvenAmongCollisions() {
    FlowIndex index = new FlowIndex(100);
    Random random = new Random(5);
    List<int[]> in = new ArrayList<>();
    List<int[]> out = new ArrayList<>();
    for (int slot = 0; slot < 20_000; slot++) {
      // few different hashes, many of them at the wrap-around of the table
      int hash = random.nextInt(3) == 0 ? -1 - random.nextInt(4) : random.nextInt(40);
      index.put(hash, slot);
      in.add(new int[] {hash, slot});
      if (in.size() > 100) {
        int[] gone = in.remove(random.nextInt(in.size()));
        index.remove(gone[0], gone[1]);
        out.add(gone);
      }
      if (slot % 500 == 0) {
        assertThat(in).allMatch(e -> holds(index, e[0], e[1]));
        assertThat(out).noneMatch(e -> holds(index, e[0], e[1]));
      }
    }
  }
}
