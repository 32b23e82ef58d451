package tapwarden.inspect.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Every pair and triplet of fragments within four units of eight bytes, each with bytes of its own,
 * in every order, with and without a contradicting end, against {@link NaiveReassembly}.
 */
class ReassemblerOrdersTest {
  private static final int UNITS = 4;

  private record Piece(int from, int to, boolean last) {}

  @ParameterizedTest
  @EnumSource
  void everySequenceIsReadAsByteByByte(OverlapPolicy policy) {
    List<Piece> all = new ArrayList<>();
    for (int from = 0; from < UNITS; from++) {
      for (int to = from + 1; to <= UNITS; to++) {
        all.add(new Piece(from, to, false));
        // What begins with the first byte and says that it is the last is no fragment.
        if (from > 0 && to >= UNITS - 1) {
          all.add(new Piece(from, to, true));
        }
      }
    }
    int id = 0;
    FragmentScript script = new FragmentScript(FragmentScript.options(policy), 4, 0);
    for (Piece a : all) {
      for (Piece b : all) {
        for (Piece c : all) {
          // What comes behind makes it whole, unless it is already.
          Piece most = new Piece(0, UNITS - 1, false);
          Piece rest = new Piece(UNITS - 1, UNITS, true);
          check(script, policy, ++id, List.of(a, b, c, most, rest));
        }
      }
    }
    assertThat(id).isEqualTo(all.size() * all.size() * all.size()).isGreaterThan(2_000);
  }

  private static void check(
      FragmentScript script, OverlapPolicy policy, int id, List<Piece> sequence) {
    script.told.clear();
    script.packets.clear();
    NaiveReassembly naive = new NaiveReassembly(policy);
    List<String> expected = new ArrayList<>();
    char mark = 'a';
    for (Piece p : sequence) {
      String data = String.valueOf(mark).repeat(8 * (p.to - p.from));
      script.put(id, 8 * p.from, !p.last, data);
      expected.addAll(naive.add(8 * p.from, 8 * p.to, p.last, mark++));
    }
    assertThat(script.told).as("%s", sequence).isEqualTo(expected);
  }
}
