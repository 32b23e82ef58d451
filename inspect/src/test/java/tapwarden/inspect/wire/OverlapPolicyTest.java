package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The nine ways in which a later range can lie to an earlier one, 10 to 20: expected as the tables
 * of Novak and Sturges (2007) for segments and of Shankar and Paxson (2003) and Novak,
 * "Target-Based Fragmentation Reassembly" (2005), for fragments have it.
 */
class OverlapPolicyTest {
  private static final int[][] LATER = {
    {5, 15}, {5, 20}, {5, 25}, {10, 15}, {10, 20}, {10, 25}, {12, 15}, {12, 20}, {12, 25}
  };

  @ParameterizedTest
  @CsvSource({
    "FIRST,     000000000",
    "LAST,      111111111",
    "BSD,       111000000",
    "BSD_RIGHT, 000111111",
    "LINUX,     111001000",
    "WINDOWS,   111000000",
    "SOLARIS,   011011001"
  })
  void saysWhoseBytesOfSegmentsCount(OverlapPolicy policy, String later) {
    for (int i = 0; i < LATER.length; i++) {
      assertThat(policy.laterSegmentWins(LATER[i][0], LATER[i][1], 10, 20))
          .as("%s, %d to %d", policy, LATER[i][0], LATER[i][1])
          .isEqualTo(later.charAt(i) == '1');
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST,     000000000",
    "LAST,      111111111",
    "BSD,       111000000",
    "BSD_RIGHT, 000111111",
    "LINUX,     111111000",
    "WINDOWS,   001000000",
    "SOLARIS,   011000000"
  })
  void saysWhoseBytesOfFragmentsCount(OverlapPolicy policy, String later) {
    for (int i = 0; i < LATER.length; i++) {
      assertThat(policy.laterFragmentWins(LATER[i][0], LATER[i][1], 10, 20))
          .as("%s, %d to %d", policy, LATER[i][0], LATER[i][1])
          .isEqualTo(later.charAt(i) == '1');
    }
  }
}
