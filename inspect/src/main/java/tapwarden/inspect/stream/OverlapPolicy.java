package tapwarden.inspect.stream;

/**
 * Whose bytes a receiver keeps where a later segment covers what an earlier one has brought:
 * systems differ, and who knows the receiver can show the tap one text and him another. (Novak and
 * Sturges, "Target-Based TCP Stream Reassembly", 2007; Shankar and Paxson, "Active Mapping", 2003.)
 * Positions are on one line, the ends exclusive.
 */
public enum OverlapPolicy {
  /** What came first stays. */
  FIRST {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return false;
    }
  },
  /** What came last counts. */
  LAST {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return true;
    }
  },
  /** The later one counts only if it begins before the earlier one. */
  BSD {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start < oldStart;
    }
  },
  /** The mirror image: the later one counts unless it begins before the earlier one. */
  BSD_RIGHT {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start >= oldStart;
    }
  },
  /** As BSD; besides, the later one counts if both begin together and it ends behind. */
  LINUX {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start < oldStart || (start == oldStart && end > oldEnd);
    }
  },
  /** As BSD, as far as segments go. */
  WINDOWS {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start < oldStart;
    }
  },
  /** The later one counts if it covers the earlier one, or juts out behind it. */
  SOLARIS {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start <= oldStart ? end >= oldEnd : end > oldEnd;
    }
  };

  /** Whether the bytes that both TCP segments bring are the later one's. */
  public abstract boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd);
}
