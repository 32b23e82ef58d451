package tapwarden.inspect.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

class NameCacheTest {
  private static final long HOUR = 3_600_000_000_000L;

  private final CounterBlock counters = new CounterBlock();
  private final NameCache cache = new NameCache(1000, 0x1234_5678_9ABC_DEF1L, counters);

  @Test
  void knowsTheNameOfTheClientThatAskedAndOfNobodyElse() {
    learn(cache, 1, 9, "upd.example.net", 0);
    assertThat(nameOf(cache, 1, 9, 0)).isEqualTo("upd.example.net");
    assertThat(nameOf(cache, 2, 9, 0)).isNull();
    assertThat(nameOf(cache, 1, 8, 0)).isNull();
  }

  @Test
  void theLatestNameWins() {
    learn(cache, 1, 9, "first.example", 0);
    learn(cache, 1, 9, "second.example", 1);
    assertThat(nameOf(cache, 1, 9, 2)).isEqualTo("second.example");
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void aNameIsKnownForADayAfterItWasLastLearnt() {
    learn(cache, 1, 9, "a.example", 0);
    assertThat(nameOf(cache, 1, 9, 24 * HOUR)).isEqualTo("a.example");
    assertThat(nameOf(cache, 1, 9, 24 * HOUR + 1)).isNull();
    learn(cache, 1, 9, "a.example", 25 * HOUR);
    assertThat(nameOf(cache, 1, 9, 49 * HOUR)).isEqualTo("a.example");
  }

  @Test
  void addressesOfBothVersionsAreNeverTakenForEachOther() {
    byte[] name = "v4.example".getBytes(StandardCharsets.US_ASCII);
    cache.learn(4, 0, 1, 4, 0, 7, new NamePath().clear(name).add(0, name.length), -1);
    assertThat(cache.nameOf(4, 0, 1, 6, 0, 7)).isNull();
    assertThat(cache.nameOf(6, 0, 1, 4, 0, 7)).isNull();
    assertThat(cache.nameOf(4, 0, 1, 4, 0, 7)).isEqualTo("v4.example");
  }

  @Test
  void behavesLikeABoundedMapThatForgetsWhatCameFirst() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NameCache small = new NameCache(300, random.nextLong(), counters);
    Map<String, String> model = new HashMap<>();
    ArrayDeque<String> order = new ArrayDeque<>();
    for (int i = 0; i < 50_000; i++) {
      int client = random.nextInt(40);
      int address = random.nextInt(40);
      String key = client + ":" + address;
      if (random.nextBoolean()) {
        String name = "n" + random.nextInt(500) + ".example";
        learn(small, client, address, name, i);
        if (model.put(key, name) == null) {
          order.add(key);
          if (order.size() > 300) {
            model.remove(order.poll());
          }
        }
      } else {
        assertThat(nameOf(small, client, address, i))
            .as("seed %d, step %d", seed, i)
            .isEqualTo(model.get(key));
      }
    }
    assertThat(small.size()).isEqualTo(300);
    assertThat(counters.get(Counter.NAMES_EVICTED)).isPositive();
  }

  @Test
  void remembersTheAliasesBetweenTheQuestionAndTheAddress() {
    byte[] text = "www.example|cdn.example".getBytes(StandardCharsets.US_ASCII);
    NamePath path = new NamePath().clear(text).add(0, 11).add(12, 11);
    cache.learn(4, 0, 1, 4, 0, 7, path, -1);
    cache.learn(4, 0, 1, 4, 0, 8, new NamePath().clear(text).add(0, 11), -1);
    assertThat(cache.knownAs(4, 0, 1, 4, 0, 7))
        .isEqualTo(new KnownName("www.example", List.of("cdn.example")));
    assertThat(nameOf(cache, 1, 7, 0)).isEqualTo("www.example");
    assertThat(cache.knownAs(4, 0, 1, 4, 0, 8)).isEqualTo(new KnownName("www.example", List.of()));
  }

  @Test
  void namesThatAreDividedOtherwiseAreOtherNames() {
    byte[] text = "ab.c".getBytes(StandardCharsets.US_ASCII);
    cache.learn(4, 0, 1, 4, 0, 7, new NamePath().clear(text).add(0, 1).add(1, 3), -1);
    cache.learn(4, 0, 1, 4, 0, 8, new NamePath().clear(text).add(0, 2).add(2, 2), -1);
    assertThat(cache.knownAs(4, 0, 1, 4, 0, 7)).isEqualTo(new KnownName("a", List.of("b.c")));
    assertThat(cache.knownAs(4, 0, 1, 4, 0, 8)).isEqualTo(new KnownName("ab", List.of(".c")));
  }

  @Test
  void aLongPathKeepsItsStartAndTheOwnerOfTheAddress() {
    byte[] text = "0123456789".getBytes(StandardCharsets.US_ASCII);
    NamePath path = new NamePath().clear(text);
    for (int i = 0; i < 10; i++) {
      path.add(i, 1);
    }
    cache.learn(4, 0, 1, 4, 0, 7, path, -1);
    assertThat(cache.knownAs(4, 0, 1, 4, 0, 7))
        .isEqualTo(new KnownName("0", List.of("1", "2", "3", "4", "5", "6", "9")));
  }

  private static void learn(NameCache cache, long client, long address, String name, long now) {
    byte[] bytes = ("xx" + name).getBytes(StandardCharsets.US_ASCII);
    cache.advance(now);
    cache.learn(4, 0, client, 4, 0, address, new NamePath().clear(bytes).add(2, name.length()), -1);
  }

  private static String nameOf(NameCache cache, long client, long address, long now) {
    cache.advance(now);
    return cache.nameOf(4, 0, client, 4, 0, address);
  }
}
