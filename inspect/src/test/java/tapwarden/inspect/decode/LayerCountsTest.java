package tapwarden.inspect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.decode.Decoding.decode;
import static tapwarden.inspect.decode.Decoding.ethernet;

import org.junit.jupiter.api.Test;

class LayerCountsTest {
  private static final String ARP =
      "ffffffffffff 020000000001 0806 0001 0800 06 04 0001"
          + "020000000001 0a000001 000000000000 0a000002";

  @Test
  void countsAFrameOnceALayerHoweverOftenItOccurs() {
    LayerCounts counts = new LayerCounts();
    Packet tagged = ethernet(ARP.replace("0806", "8100 0001 8100 0002 0806"));
    Packet plain = ethernet(ARP);
    counts.count(tagged);
    counts.count(tagged);
    counts.count(plain);
    counts.count(tagged);
    assertThat(counts.byName())
        .containsExactly(
            java.util.Map.entry("ethernet", 4L),
            java.util.Map.entry("vlan", 3L),
            java.util.Map.entry("arp", 4L));
    assertThat(counts.frames(Layer.VLAN)).isEqualTo(3);
    counts.count(tagged);
    assertThat(counts.frames(Layer.VLAN)).isEqualTo(4);
  }

  @Test
  void tellsUnsupportedLinkTypesApart() {
    LayerCounts counts = new LayerCounts();
    counts.count(decode(147, new byte[4]));
    counts.count(decode(150, new byte[4]));
    counts.count(decode(147, new byte[4]));
    assertThat(counts.byName())
        .containsExactly(
            java.util.Map.entry("unsupported-link-147", 2L),
            java.util.Map.entry("unsupported-link-150", 1L));
  }

  @Test
  void keepsTheSumWhenThereAreMoreLinkTypesThanItTellsApart() {
    LayerCounts counts = new LayerCounts();
    for (int link = 1_000; link < 1_100; link++) {
      counts.count(decode(link, new byte[4]));
    }
    assertThat(counts.byName()).hasSize(LayerCounts.MAX_UNSUPPORTED_LINKS);
    assertThat(counts.byName().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
    assertThat(counts.frames(Layer.UNSUPPORTED_LINK)).isEqualTo(100);
  }

  @Test
  void addsWhatAnotherThreadCounted() {
    LayerCounts one = new LayerCounts();
    LayerCounts two = new LayerCounts();
    one.count(ethernet(ARP));
    two.count(ethernet(ARP));
    two.count(decode(147, new byte[4]));
    one.add(two);
    assertThat(one.byName())
        .containsOnly(
            java.util.Map.entry("ethernet", 2L),
            java.util.Map.entry("arp", 2L),
            java.util.Map.entry("unsupported-link-147", 1L));
    assertThat(two.frames(Layer.ARP)).isEqualTo(1);
  }
}
