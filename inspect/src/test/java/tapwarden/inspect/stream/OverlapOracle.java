package tapwarden.inspect.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * What a receiver reads of segments that lie at most four bytes far, worked out byte by byte from
 * the table of Novak and Sturges (2007): how the later segment's ends lie to the earlier one's, and
 * whether the later one's byte counts.
 */
final class OverlapOracle {
  /** Rows: it begins before, with, behind; columns: it ends before, with, behind. */
  private static final Map<OverlapPolicy, String> LATER_COUNTS =
      Map.of(
          OverlapPolicy.FIRST, "000000000",
          OverlapPolicy.LAST, "111111111",
          OverlapPolicy.BSD, "111000000",
          OverlapPolicy.BSD_RIGHT, "000111111",
          OverlapPolicy.LINUX, "111001000",
          OverlapPolicy.WINDOWS, "111000000",
          OverlapPolicy.SOLARIS, "011011001");

  private OverlapOracle() {}

  /** Bytes A of the first segment, B of the second...; a question mark where there is none. */
  static String read(OverlapPolicy policy, int[]... segments) {
    StringBuilder text = new StringBuilder();
    int length = 0;
    for (int[] segment : segments) {
      length = Math.max(length, segment[1]);
    }
    for (int at = 0; at < length; at++) {
      char byteThere = '?';
      List<int[]> before = new ArrayList<>();
      for (int i = 0; i < segments.length; i++) {
        int[] later = segments[i];
        if (at >= later[0] && at < later[1]) {
          boolean counts = true;
          for (int[] earlier : before) {
            counts &= counts(policy, later, earlier);
          }
          byteThere = counts ? (char) ('A' + i) : byteThere;
          before.add(later);
        }
      }
      text.append(byteThere);
    }
    return text.toString();
  }

  /** Whether two segments overlap: all bring other bytes. */
  static boolean differ(int[]... segments) {
    for (int i = 0; i < segments.length; i++) {
      for (int j = 0; j < i; j++) {
        if (segments[i][0] < segments[j][1] && segments[j][0] < segments[i][1]) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean counts(OverlapPolicy policy, int[] later, int[] earlier) {
    int row = 1 + Integer.signum(Integer.compare(later[0], earlier[0]));
    int column = 1 + Integer.signum(Integer.compare(later[1], earlier[1]));
    String table = LATER_COUNTS.get(policy);
    return table != null && table.charAt(3 * row + column) == '1';
  }
}
