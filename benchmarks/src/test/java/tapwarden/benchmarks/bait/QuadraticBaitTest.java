package tapwarden.benchmarks.bait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.ProtocolProvider;

/** No input rots: each is read once, much shorter than it is when costs are measured. */
class QuadraticBaitTest {
  @Test
  void everyInputIsRead() {
    for (Bait bait : QuadraticBait.baits()) {
      int taken = bait.ofSize().apply(bait.bytes() / 64).getAsInt();
      assertThat(taken).as(bait.protocol() + ", " + bait.what()).isPositive();
    }
  }

  @Test
  void everyProtocolThatIsReadHasSome() {
    Set<String> baited = new HashSet<>();
    QuadraticBait.baits().forEach(bait -> baited.add(bait.protocol()));
    for (ProtocolProvider provider : ServiceLoader.load(ProtocolProvider.class)) {
      if (!provider.eventTypes().isEmpty()) {
        assertThat(baited).contains(provider.name());
      }
    }
    assertThat(baited).contains("dns", "ip", "tcp");
  }
}
