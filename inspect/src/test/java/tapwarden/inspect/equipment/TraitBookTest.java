package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.equipment.claim.ClaimKind;
import tapwarden.inspect.equipment.claim.Guess;
import tapwarden.inspect.wire.IpAddress;

class TraitBookTest {
  private static final Equipment ENB =
      new Equipment(0, "enb-1", "Huawei", "huawei", "base-station", null, true, true);
  private static final IpAddress HOST = IpAddress.parse("10.0.0.9");

  private final CounterBlock counters = new CounterBlock();
  private TraitBook book = new TraitBook(TraitLimits.DEFAULT, counters);
  private int number;

  private @Nullable TraitNews hear(
      @Nullable Equipment equipment, IpAddress address, String trait, String text, int hour) {
    number++;
    return book.hear(
        new TraitSeen(trait, equipment, 0, -1, address, text, hour, number, number * 1000L),
        new PacketPlace("x.pcap", number, number * 1000L));
  }

  private @Nullable TraitNews hear(String text, int hour) {
    return hear(ENB, HOST, "ssh-banner", text, hour);
  }

  @Test
  void whatIsSaidFirstIsNewsAndItsRepeatIsNot() {
    TraitNews news = hear("SSH-2.0-a", 1);
    assertThat(news).isNotNull();
    assertThat(news.id()).isEqualTo("enb-1");
    assertThat(news.previous()).isNull();
    assertThat(hear("SSH-2.0-a", 1)).isNull();
    assertThat(book.ofEquipment(0))
        .containsExactly(
            new Trait(
                "ssh-banner",
                "SSH-2.0-a",
                new PacketPlace("x.pcap", 1, 1000),
                new PacketPlace("x.pcap", 1, 1000)));
  }

  @Test
  void anotherTextIsAChangeThatNamesTheOneBefore() {
    hear("SSH-2.0-a", 1);
    TraitNews news = hear("SSH-2.0-b", 1);
    assertThat(news).isNotNull();
    assertThat(news.previous()).isEqualTo("SSH-2.0-a");
    assertThat(hear("SSH-2.0-a", 1)).isNull();
    assertThat(hear(ENB, HOST, "telnet-banner", "SSH-2.0-a", 1)).isNotNull();
  }

  @Test
  void theFirstPacketOfALaterHourIsTheLastThatIsRemembered() {
    hear("SSH-2.0-a", 1);
    hear("SSH-2.0-a", 2);
    hear("SSH-2.0-a", 2);
    Trait trait = book.ofEquipment(0).getFirst();
    assertThat(trait.first().number()).isEqualTo(1);
    assertThat(trait.last().number()).isEqualTo(2);
  }

  /** What workers that remember less tell again must leave no trace. */
  @Test
  void repeatsWithinTheHourChangeNothing() {
    TraitBook other = book;
    for (int i = 0; i < 9; i++) {
      hear("v" + i, 5 + i / 2);
    }
    List<Trait> once = other.ofEquipment(0);
    long refused = counters.get(Counter.TRAITS_NOT_KEPT);
    book = new TraitBook(TraitLimits.DEFAULT, counters);
    number = 0;
    for (int i = 0; i < 9; i++) {
      hear("v" + i, 5 + i / 2);
      int at = number;
      for (int again = i / 2 * 2; again <= i; again++) {
        assertThat(hear("v" + again, 5 + i / 2)).isNull();
      }
      number = at;
    }
    assertThat(book.ofEquipment(0)).isEqualTo(once);
    assertThat(refused).isEqualTo(5);
    assertThat(counters.get(Counter.TRAITS_NOT_KEPT)).isEqualTo(10);
  }

  @Test
  void fourTextsOfATraitAreKeptUntilOneIsStale() {
    for (int i = 0; i < 4; i++) {
      assertThat(hear("v" + i, 1 + i)).isNotNull();
    }
    assertThat(hear("v4", 24)).isNull();
    assertThat(counters.get(Counter.TRAITS_NOT_KEPT)).isEqualTo(1);
    TraitNews news = hear("v4", 25);
    assertThat(news).isNotNull();
    assertThat(news.previous()).isEqualTo("v3");
    assertThat(book.ofEquipment(0)).extracting(Trait::text).containsExactly("v1", "v2", "v3", "v4");
  }

  @Test
  void keepsSoManyTextsOfADeviceAndCountsTheRest() {
    for (int i = 0; i < 40; i++) {
      hear(ENB, HOST, "word" + i + "-x", "text", 1);
    }
    assertThat(book.ofEquipment(0)).hasSize(32);
    assertThat(counters.get(Counter.TRAITS_NOT_KEPT)).isEqualTo(8);
  }

  @Test
  void aFloodOfOthersLeavesRoomForEquipment() {
    book = new TraitBook(new TraitLimits(8, 32, 4, 1000), counters);
    for (int i = 0; i < 20; i++) {
      hear(null, IpAddress.parse("10.0.0." + i), "ssh-banner", "x".repeat(10), 1);
    }
    assertThat(book.addresses()).hasSize(6);
    assertThat(hear("SSH-2.0-a", 1)).isNotNull();
    book = new TraitBook(new TraitLimits(100, 32, 4, 100), counters);
    for (int i = 0; i < 20; i++) {
      hear(null, IpAddress.parse("10.0.0." + i), "ssh-banner", "x".repeat(10), 1);
    }
    assertThat(book.addresses().stream().filter(a -> !book.ofAddress(a).isEmpty())).hasSize(7);
    assertThat(hear("SSH-2.0-a", 1)).isNotNull();
  }

  @Test
  void aClaimAgainstTheDeclarationIsToldOnceAndOverridesNothing() {
    TraitNews news = hear(ENB, HOST, "ssh-banner", "SSH-2.0-Cisco-1.25", 1);
    assertThat(news).isNotNull();
    assertThat(news.contradictions())
        .extracting(Claim::guess)
        .containsExactly(new Guess(ClaimKind.VENDOR, "Cisco"));
    TraitNews second = hear(ENB, HOST, "ssh-banner", "SSH-2.0-Cisco-2.0", 1);
    assertThat(second).isNotNull();
    assertThat(second.contradictions()).isEmpty();
    assertThat(second.claims()).extracting(Claim::contradictsDeclared).containsExactly(true);
    assertThat(ENB.vendor()).isEqualTo("Huawei");
  }

  @Test
  void whatIsNotDeclaredCannotBeContradicted() {
    Equipment recognised =
        new Equipment(7, "huawei-1", "Huawei", "huawei", null, null, true, false);
    TraitNews news = hear(recognised, HOST, "ssh-banner", "SSH-2.0-Cisco-1.25", 1);
    assertThat(news).isNotNull();
    assertThat(news.claims()).hasSize(1);
    assertThat(news.contradictions()).isEmpty();
  }
}
