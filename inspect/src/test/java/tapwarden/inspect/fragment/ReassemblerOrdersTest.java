package tapwarden.inspect.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Every pair and triplet of fragments within four units of eight bytes, each with bytes of its own,
 * in every order, with and without a contradicting end, against a reassembly that keeps a list of
 * fragments and decides byte by byte.
 */
class ReassemblerOrdersTest {
  private static final int UNITS = 4;

  private record Piece(int from, int to, boolean last, char mark) {
    String data() {
      return String.valueOf(mark).repeat(8 * (to - from));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySequenceIsReadAsByteByByte(OverlapPolicy policy) {
    List<Piece> all = new ArrayList<>();
    for (int from = 0; from < UNITS; from++) {
      for (int to = from + 1; to <= UNITS; to++) {
        all.add(new Piece(from, to, false, ' '));
        // What begins with the first byte and says that it is the last is no fragment.
        if (from > 0 && to >= UNITS - 1) {
          all.add(new Piece(from, to, true, ' '));
        }
      }
    }
    int sequences = 0;
    int id = 0;
    FragmentScript script = FragmentScript.v4(policy);
    for (Piece a : all) {
      for (Piece b : all) {
        for (Piece c : all) {
          // What is left to make it whole comes last: the first three units, then the last.
          List<Piece> sequence =
              List.of(
                  marked(a, 'a'),
                  marked(b, 'b'),
                  marked(c, 'c'),
                  new Piece(0, UNITS - 1, false, 'd'),
                  new Piece(UNITS - 1, UNITS, true, 'e'));
          script.told.clear();
          id++;
          for (Piece p : sequence) {
            script.put(id, 8 * p.from, !p.last, p.data());
          }
          assertThat(script.told).as("%s", sequence).isEqualTo(expected(sequence, policy));
          sequences++;
          if ((id & 0x3FFF) == 0) {
            script.after(60);
          }
        }
      }
    }
    assertThat(sequences).isEqualTo(all.size() * all.size() * all.size()).isGreaterThan(2_000);
  }

  private static Piece marked(Piece piece, char mark) {
    return new Piece(piece.from, piece.to, piece.last, mark);
  }

  /** Goes through the sequence fragment by fragment, keeping nothing but the list so far. */
  private static List<String> expected(List<Piece> sequence, OverlapPolicy policy) {
    List<String> told = new ArrayList<>();
    List<Piece> seen = new ArrayList<>();
    Set<Integer> toldEnds = new LinkedHashSet<>();
    boolean differs = false;
    for (Piece next : sequence) {
      seen.add(next);
      if (!differs && contradicts(seen)) {
        differs = true;
        told.add("!");
      }
      boolean any = true;
      while (any) {
        any = false;
        for (int end : ends(seen)) {
          if (!toldEnds.contains(end) && isWhole(seen, end)) {
            List<String> readings = readings(seen, end, policy);
            boolean chosen = toldEnds.isEmpty();
            toldEnds.add(end);
            for (int i = 0; i < readings.size(); i++) {
              told.add(chosen && i == 0 ? readings.get(i) : "(" + readings.get(i) + ")");
            }
            any = true;
            break;
          }
        }
      }
      if (!toldEnds.isEmpty() && toldEnds.containsAll(ends(seen))) {
        // It is done with; what follows begins another datagram.
        seen.clear();
        toldEnds.clear();
        differs = false;
      }
    }
    return told;
  }

  private static List<Integer> ends(List<Piece> seen) {
    return seen.stream().filter(Piece::last).map(p -> 8 * p.to).distinct().toList();
  }

  private static boolean contradicts(List<Piece> seen) {
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

  private static boolean isWhole(List<Piece> seen, int end) {
    for (int at = 0; at < end; at += 8) {
      int unit = at / 8;
      if (seen.stream().noneMatch(p -> p.from <= unit && unit < p.to)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> readings(List<Piece> seen, int end, OverlapPolicy policy) {
    Set<String> readings = new LinkedHashSet<>();
    for (OverlapPolicy each : Arrays.asList(policy, OverlapPolicy.FIRST, OverlapPolicy.LAST)) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < end; at++) {
        Piece owner = null;
        for (Piece p : seen) {
          if (8 * p.from <= at && at < 8 * p.to) {
            boolean wins =
                owner == null || each.laterFragmentWins(p.from, p.to, owner.from, owner.to);
            owner = wins ? p : owner;
          }
        }
        text.append(owner == null ? '?' : owner.mark);
      }
      readings.add(text.toString());
    }
    return new ArrayList<>(readings);
  }
}
