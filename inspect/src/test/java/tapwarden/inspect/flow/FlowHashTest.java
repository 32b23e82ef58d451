package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.decode.SyntheticPacket;

class FlowHashTest {
  private final FlowKey key = new FlowKey(true, true);
  private final SyntheticPacket packets = new SyntheticPacket();

  private int hash(FlowHash hash, long high, long low, int port) {
    packets.next(0).ip(6, high, low, 0, 9).udp(port, 53);
    key.take(packets.packet());
    return hash.hash(key);
  }

  /** Keys that one secret puts into one bucket of 65,536. */
  private Map<Long, Integer> attack(FlowHash known, int wanted) {
    Map<Long, Integer> keys = new HashMap<>();
    for (long low = 1; keys.size() < wanted; low++) {
      if ((hash(known, 5, low, 1_000) & 0xFFFF) == 0) {
        keys.put(low, 1_000);
      }
    }
    return keys;
  }

  @Test
  void scattersKeysThatCollideUnderAnotherSecret() {
    FlowHash known = new FlowHash(1);
    FlowHash unknown = new FlowHash(2);
    Map<Integer, Integer> buckets = new HashMap<>();
    for (long low : attack(known, 64).keySet()) {
      assertThat(hash(known, 5, low, 1_000) & 0xFFFF).isZero();
      buckets.merge(hash(unknown, 5, low, 1_000) & 0xFFFF, 1, Integer::sum);
    }
    // 64 balls in 65,536 bins: three in one bin by chance once in 100,000 runs
    assertThat(buckets.values()).allMatch(count -> count < 3);
    assertThat(buckets).hasSizeGreaterThan(60);
  }

  @Test
  void dependsOnEveryWordOfTheKey() {
    FlowHash hash = new FlowHash(3);
    int base = hash(hash, 5, 6, 7);
    assertThat(hash(hash, 5 + (1L << 40), 6, 7)).isNotEqualTo(base);
    assertThat(hash(hash, 6, 6, 7)).isNotEqualTo(base);
    assertThat(hash(hash, 5, 7, 7)).isNotEqualTo(base);
    assertThat(hash(hash, 5, 6 + (1L << 40), 7)).isNotEqualTo(base);
    assertThat(hash(hash, 5, 6, 8)).isNotEqualTo(base);
    packets.next(0).ip(6, 5, 6, 0, 9).udp(7, 53).vlans(1);
    key.take(packets.packet());
    assertThat(hash.hash(key)).isNotEqualTo(base);
    packets.next(0).ip(6, 5, 6, 0, 9).udp(7, 53).tunnel(tapwarden.inspect.decode.Layer.VXLAN, 1);
    key.take(packets.packet());
    assertThat(hash.hash(key)).isNotEqualTo(base);
  }
}
