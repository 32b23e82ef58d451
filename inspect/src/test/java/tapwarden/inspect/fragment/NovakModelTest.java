package tapwarden.inspect.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * The sequence of Novak's "Target-Based Fragmentation Reassembly" (2005), which has every way for
 * fragments to lie over each other in it. What must come of it, a letter for eight bytes, is what
 * Suricata expects in its tests of the same sequence; for BSD-right, which it does not test, it
 * follows from the paper's model.
 */
class NovakModelTest {
  private static final String[] FRAGMENTS = {
    "0 A 3", "32 B 2", "48 C 3", "80 D 1", "104 E 2", "120 F 3", "144 G 2", "160 H 2", "176 I 1",
    "8 J 4", "48 K 3", "72 L 3", "96 M 3", "128 N 1", "152 O 1", "160 P 1", "176 Q 2"
  };

  @ParameterizedTest
  @CsvSource({
    "FIRST,     AAAJBBCCCLDLMEEFFFGGHHIQ",
    "LAST,      AJJJJBKKKLLLMMMFNFGOPHQQ",
    "BSD,       AAAJJBCCCLLLMMMFFFGGHHIQ",
    "BSD_RIGHT, AJJJBBKKKLDLMEEFNFGOPHQQ",
    "LINUX,     AAAJJBKKKLLLMMMFFFGGPHQQ",
    "WINDOWS,   AAAJBBCCCLLLMEEFFFGGHHIQ",
    "SOLARIS,   AAAJBBCCCLLLMMMFFFGGHHIQ"
  })
  void readsAsTheReceiverDoes(OverlapPolicy policy, String expected) {
    for (int version : new int[] {4, 6}) {
      FragmentScript script = new FragmentScript(FragmentScript.options(policy), version);
      for (String fragment : FRAGMENTS) {
        String[] words = fragment.split(" ");
        int offset = Integer.parseInt(words[0]);
        String data = words[1].repeat(8 * Integer.parseInt(words[2]));
        script.put(offset, !words[1].equals("Q"), data);
      }
      assertThat(script.told.get(0)).isEqualTo("!");
      assertThat(script.told.get(1).replaceAll("(.)\\1{7}", "$1"))
          .as("IPv%d", version)
          .isEqualTo(expected);
      String first = "(AAAJBBCCCLDLMEEFFFGGHHIQ)";
      String last = "(AJJJJBKKKLLLMMMFNFGOPHQQ)";
      assertThat(script.told.stream().skip(2).map(t -> t.replaceAll("([A-Z])\\1{7}", "$1")))
          .containsExactly(
              switch (policy) {
                case FIRST -> new String[] {last};
                case LAST -> new String[] {first};
                default -> new String[] {first, last};
              });
    }
  }
}
