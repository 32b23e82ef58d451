package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressTableTest {
  @Test
  void agreesWithAHashMapThroughRandomChanges() {
    long seed = 20_261_123;
    Random random = new Random(seed);
    AddressTable table = new AddressTable(HashKey.random(), 100_000);
    Map<String, Integer> truth = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      int version = random.nextBoolean() ? 4 : 6;
      long high = version == 4 ? 0 : random.nextInt(4);
      long low = random.nextInt(500);
      String key = version + "/" + high + "/" + low;
      if (random.nextInt(3) == 0) {
        table.remove(version, high, low);
        truth.remove(key);
      } else {
        table.put(version, high, low, i);
        truth.put(key, i);
      }
      int probe = random.nextInt(500);
      assertThat(table.get(4, 0, probe))
          .as("seed %d step %d", seed, i)
          .isEqualTo(truth.getOrDefault("4/0/" + probe, AddressTable.ABSENT));
      assertThat(table.size()).isEqualTo(truth.size());
    }
  }

  @Test
  void refusesANewAddressWhenFullAndKeepsTheOld() {
    AddressTable table = new AddressTable(HashKey.random(), 2);
    assertThat(table.put(4, 0, 1, 10)).isTrue();
    assertThat(table.put(4, 0, 2, 20)).isTrue();
    assertThat(table.put(4, 0, 3, 30)).isFalse();
    assertThat(table.put(4, 0, 1, 11)).isTrue();
    assertThat(table.get(4, 0, 1)).isEqualTo(11);
    assertThat(table.get(4, 0, 3)).isEqualTo(AddressTable.ABSENT);
  }
}
