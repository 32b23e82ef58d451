package tapwarden.inspect.fragment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Reassembly of one datagram as slow and simple as can be: a list of the fragments so far, gone
 * through for every byte. Each fragment is one character, repeated. Tells what {@link
 * FragmentScript} tells.
 */
final class NaiveReassembly {
  private record Piece(int from, int to, boolean last, char mark) {}

  private final OverlapPolicy policy;
  private final List<Piece> seen = new ArrayList<>();
  private final Set<Integer> toldEnds = new LinkedHashSet<>();
  private boolean differs;

  NaiveReassembly(OverlapPolicy policy) {
    this.policy = policy;
  }

  /** Another fragment; what comes of it. */
  List<String> add(int from, int to, boolean last, char mark) {
    List<String> told = new ArrayList<>();
    seen.add(new Piece(from, to, last, mark));
    if (!differs && contradicts()) {
      differs = true;
      told.add("!");
    }
    for (int end : ends()) {
      if (!toldEnds.contains(end) && isWhole(end)) {
        boolean chosen = toldEnds.isEmpty();
        toldEnds.add(end);
        for (String reading : readings(end)) {
          told.add(chosen ? reading : "(" + reading + ")");
          chosen = false;
        }
      }
    }
    if (!toldEnds.isEmpty() && toldEnds.containsAll(ends())) {
      // It is done with; what follows begins another datagram.
      seen.clear();
      toldEnds.clear();
      differs = false;
    }
    return told;
  }

  /** Of a sender who says several only the first are believed. */
  private List<Integer> ends() {
    return seen.stream()
        .filter(Piece::last)
        .map(Piece::to)
        .distinct()
        .limit(Datagram.MOST_ENDS)
        .toList();
  }

  private boolean contradicts() {
    for (Piece p : seen) {
      for (Piece q : seen) {
        boolean overlap = p.mark != q.mark && p.from < q.to && q.from < p.to;
        boolean beyond = p.last && q.to > p.to;
        if (overlap || beyond) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isWhole(int end) {
    for (int at = 0; at < end; at++) {
      if (owner(at, OverlapPolicy.FIRST) == null) {
        return false;
      }
    }
    return true;
  }

  private Set<String> readings(int end) {
    Set<String> readings = new LinkedHashSet<>();
    for (OverlapPolicy each : List.of(policy, OverlapPolicy.FIRST, OverlapPolicy.LAST)) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < end; at++) {
        Piece owner = owner(at, each);
        text.append(owner == null ? '?' : owner.mark);
      }
      readings.add(text.toString());
    }
    return readings;
  }

  private @org.jspecify.annotations.Nullable Piece owner(int at, OverlapPolicy by) {
    Piece owner = null;
    for (Piece p : seen) {
      if (p.from <= at && at < p.to) {
        boolean wins = owner == null || by.laterFragmentWins(p.from, p.to, owner.from, owner.to);
        owner = wins ? p : owner;
      }
    }
    return owner;
  }
}
