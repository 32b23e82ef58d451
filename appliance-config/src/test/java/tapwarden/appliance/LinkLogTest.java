package tapwarden.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.appliance.cli.Outages;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.source.live.LinkState;

class LinkLogTest {
  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  private final SetClock clock = new SetClock();
  private final CounterBlock counters = new CounterBlock();
  private final List<String> said = new ArrayList<>();
  private final LinkLog log = new LinkLog(clock, counters, said::add);

  /** A clock that stands until it is set. */
  private static final class SetClock extends Clock {
    Instant now = NOON;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private void change(int second, String name, LinkState state) {
    clock.now = NOON.plusSeconds(second);
    log.linkChanged(name, state);
  }

  @Test
  void namesTheInterfaceThatIsDownUntilItIsBack() {
    assertThat(log.notReady()).isEmpty();
    change(1, "eth1", LinkState.SWITCHED_OFF);
    change(2, "eth2", LinkState.NO_CARRIER);
    assertThat(log.notReady())
        .containsExactly(
            "eth1 is switched off, since 2026-11-02T12:00:01Z",
            "eth2 has no carrier, since 2026-11-02T12:00:02Z");
    change(5, "eth1", LinkState.UP);
    assertThat(log.notReady()).hasSize(1).first().asString().startsWith("eth2 ");
    assertThat(said)
        .containsExactly(
            "eth1 is switched off: nothing is seen on it until it is up again",
            "eth2 has no carrier: nothing is seen on it until it is up again",
            "eth1 is up again after 4.0 s");
    assertThat(counters.get(Counter.LINK_OUTAGES)).isEqualTo(2);
  }

  @Test
  void theAccountHasEachOutageAndTheirSum() {
    change(10, "eth1", LinkState.NO_CARRIER);
    change(13, "eth1", LinkState.UP);
    change(20, "eth1", LinkState.SWITCHED_OFF);
    change(21, "eth1", LinkState.NO_CARRIER);
    assertThat(log.notReady()).containsExactly("eth1 is switched off, since 2026-11-02T12:00:20Z");
    change(22, "eth1", LinkState.GONE);
    Outages outages = log.outages("eth1", NOON.plusSeconds(30));
    assertThat(outages.listed())
        .containsExactly(
            new Outages.Gap(NOON.plusSeconds(10), NOON.plusSeconds(13), "eth1 has no carrier"),
            new Outages.Gap(NOON.plusSeconds(20), null, "eth1 was removed"));
    assertThat(outages.count()).isEqualTo(2);
    assertThat(outages.total()).isEqualTo(Duration.ofSeconds(3 + 10));
    assertThat(log.gone()).containsExactly("eth1");
    assertThat(log.outages("eth2", NOON)).isEqualTo(Outages.NONE);
  }

  @Test
  void aLinkThatFlapsForEverIsCountedAndNotListedForEver() {
    for (int i = 0; i < 1_000; i++) {
      change(2 * i, "eth1", LinkState.NO_CARRIER);
      change(2 * i + 1, "eth1", LinkState.UP);
    }
    Outages outages = log.outages("eth1", NOON.plusSeconds(5_000));
    assertThat(outages.count()).isEqualTo(1_000);
    assertThat(outages.listed()).hasSize(LinkLog.MOST_LISTED);
    assertThat(outages.total()).isEqualTo(Duration.ofSeconds(1_000));
  }
}
