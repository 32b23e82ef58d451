package tapwarden.inspect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.decode.Decoding.ethernet;

import org.junit.jupiter.api.Test;

class MalformationCountsTest {
  @Test
  void countsEachFaultOfAFrameAndAddsThreads() {
    MalformationCounts one = new MalformationCounts();
    MalformationCounts two = new MalformationCounts();
    one.count(ethernet("0000"));
    two.count(ethernet("0000"));
    two.count(ethernet("ffffffffffff 020000000001 0806 0001"));
    one.add(two);
    assertThat(one.frames(Malformation.LINK_TRUNCATED)).isEqualTo(2);
    assertThat(one.byName())
        .containsExactly(
            java.util.Map.entry("link.truncated", 2L), java.util.Map.entry("arp.truncated", 1L));
  }

  @Test
  void hasFewerThanSixtyFourCodesSoThatASetIsOneLong() {
    assertThat(Malformation.values()).hasSizeLessThan(64);
    assertThat(Layer.values()).hasSizeLessThan(64);
    assertThat(Malformation.values()).extracting(Malformation::id).doesNotHaveDuplicates();
    assertThat(Layer.values()).extracting(Layer::id).doesNotHaveDuplicates();
  }
}
