package tapwarden.inspect.protocol.quic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.stream.StreamMemory;

/** The attempts of one flow, within the memory that the flow may use. */
final class Attempts {
  /** Handshakes tried at the same time; an honest client has one, and one more after a Retry. */
  static final int MOST = 8;

  /** Bytes of hellos that are kept in parts. */
  static final int MOST_HELD_BYTES = 64 * 1024;

  private static final String LIMIT = "attempts_limit";

  private final StreamMemory memory;
  private final List<Attempt> attempts = new ArrayList<>(1);
  private int heldBytes;

  Attempts(StreamMemory memory) {
    this.memory = memory;
  }

  int size() {
    return attempts.size();
  }

  /** The newest comes last. */
  Attempt get(int index) {
    return attempts.get(index);
  }

  /** Takes a new one; the one of least use goes if there are too many. */
  Attempt add(Report report, Attempt attempt) {
    if (attempts.size() == MOST) {
      report.oddity(LIMIT);
      forget(attempts.remove(leastUsed(null)));
    }
    attempts.add(attempt);
    return attempt;
  }

  /**
   * Takes memory for one of them; others that hold some go where the flow's share is used up.
   *
   * @return whether there was so much
   */
  boolean makeRoom(Report report, Attempt attempt, int growth) {
    while (heldBytes + growth > MOST_HELD_BYTES) {
      int least = leastUsed(attempt);
      if (least < 0) {
        return false;
      }
      report.oddity(LIMIT);
      forget(attempts.remove(least));
    }
    if (growth > 0 && !memory.take(growth)) {
      return false;
    }
    heldBytes += growth;
    return true;
  }

  void giveBack(int bytes) {
    memory.give(bytes);
    heldBytes -= bytes;
  }

  void close() {
    for (Attempt attempt : attempts) {
      forget(attempt);
    }
    attempts.clear();
  }

  private void forget(Attempt attempt) {
    giveBack(attempt.heldBytes());
  }

  /**
   * Index of the one without an answer that got nothing for the longest time.
   *
   * @param butNot if given, it must be another one, that holds memory
   */
  private int leastUsed(@Nullable Attempt butNot) {
    int least = -1;
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      boolean mayGo = attempt != butNot && (butNot == null || attempt.heldBytes() > 0);
      if (mayGo && (least < 0 || isLessUsed(attempt, attempts.get(least)))) {
        least = i;
      }
    }
    return least;
  }

  private static boolean isLessUsed(Attempt attempt, Attempt than) {
    return attempt.answered == than.answered ? attempt.lastUsed < than.lastUsed : than.answered;
  }
}
