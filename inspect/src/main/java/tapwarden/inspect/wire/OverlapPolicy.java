package tapwarden.inspect.wire;

/**
 * Whose bytes a receiver keeps where a later piece covers what an earlier one has brought: systems
 * differ, and who knows the receiver can show the tap one text and him another. (Fragments: Shankar
 * and Paxson, "Active Mapping", 2003; Novak, "Target-Based Fragmentation Reassembly", 2005. TCP
 * segments: Novak and Sturges, "Target-Based TCP Stream Reassembly", 2007.) Positions are on one
 * line, the ends exclusive.
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
  /**
   * As BSD; besides, the later one counts if both begin together and it ends behind. Of fragments
   * that begin together the later one always counts.
   */
  LINUX {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start < oldStart || (start == oldStart && end > oldEnd);
    }

    @Override
    public boolean laterFragmentWins(int start, int end, int oldStart, int oldEnd) {
      return start <= oldStart;
    }
  },
  /**
   * As BSD, as far as segments go. A later fragment counts only if it juts out of the earlier one
   * on both sides.
   */
  WINDOWS {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start < oldStart;
    }

    @Override
    public boolean laterFragmentWins(int start, int end, int oldStart, int oldEnd) {
      return start < oldStart && end > oldEnd;
    }
  },
  /**
   * The later one counts if it covers the earlier one, or juts out behind it; a later fragment only
   * if it begins before the earlier one and covers it.
   */
  SOLARIS {
    @Override
    public boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd) {
      return start <= oldStart ? end >= oldEnd : end > oldEnd;
    }

    @Override
    public boolean laterFragmentWins(int start, int end, int oldStart, int oldEnd) {
      return start < oldStart && end >= oldEnd;
    }
  };

  /** Whether the bytes that both TCP segments bring are the later one's. */
  public abstract boolean laterSegmentWins(int start, int end, int oldStart, int oldEnd);

  /** Whether the bytes that both IP fragments bring are the later one's. */
  public boolean laterFragmentWins(int start, int end, int oldStart, int oldEnd) {
    return laterSegmentWins(start, end, oldStart, oldEnd);
  }
}
