package tapwarden.inspect.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

class QuerySendersTest {
  private final CounterBlock counters = new CounterBlock();

  @Test
  void remembersWhoSentAQueryFirst() {
    QuerySenders senders = new QuerySenders(8, 5, counters);
    long query = senders.print(4, 0, 1, 40_000, 0, 53, 7);
    assertThat(senders.senderOf(query)).isEqualTo(QuerySenders.UNKNOWN);
    senders.asked(query, 0xA);
    senders.asked(query, 0xB); // the router, passing it on
    assertThat(senders.senderOf(query)).isEqualTo(0xA);
  }

  @Test
  void tellsQueriesApartByEachOfTheirParts() {
    QuerySenders senders = new QuerySenders(64, 5, counters);
    senders.asked(senders.print(4, 1, 2, 3, 4, 5, 6), 0xA);
    assertThat(senders.senderOf(senders.print(4, 1, 2, 3, 4, 5, 6))).isEqualTo(0xA);
    for (int part = 0; part < 7; part++) {
      int[] p = {4, 1, 2, 3, 4, 5, 6};
      p[part]++;
      long other = senders.print(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
      assertThat(senders.senderOf(other)).as("part %s", part).isEqualTo(QuerySenders.UNKNOWN);
    }
  }

  @Test
  void aQueryIsRememberedThoughItsSenderHasNoHardwareAddress() {
    QuerySenders senders = new QuerySenders(2, 5, counters);
    senders.asked(1, 0xA);
    senders.asked(2, QuerySenders.UNKNOWN);
    assertThat(senders.wasAsked(2)).isTrue();
    assertThat(senders.senderOf(2)).isEqualTo(QuerySenders.UNKNOWN);
    assertThat(senders.wasAsked(3)).isFalse();
    assertThat(counters.get(Counter.NAMES_QUERIES_FORGOTTEN)).isZero();
    senders.asked(3, 0xC);
    assertThat(senders.wasAsked(1)).isFalse();
    assertThat(counters.get(Counter.NAMES_QUERIES_FORGOTTEN)).isEqualTo(1);
  }

  @Test
  void takesEveryClientForOneThatAsksWhenThereIsNoRoomForMore() {
    QuerySenders senders = new QuerySenders(2, 5, counters);
    senders.asks(4, 0, 1);
    senders.asks(4, 0, 1);
    senders.asks(4, 0, 2);
    assertThat(senders.mayBeSeenToAsk(4, 0, 1)).isTrue();
    assertThat(senders.mayBeSeenToAsk(4, 0, 2)).isTrue();
    assertThat(senders.mayBeSeenToAsk(6, 0, 1)).isFalse();
    assertThat(senders.mayBeSeenToAsk(4, 1, 1)).isFalse();
    assertThat(counters.get(Counter.NAMES_CLIENTS_FULL)).isZero();
    senders.asks(4, 0, 3);
    assertThat(senders.mayBeSeenToAsk(4, 0, 1)).isTrue();
    assertThat(senders.mayBeSeenToAsk(4, 0, 3)).isTrue();
    assertThat(senders.mayBeSeenToAsk(4, 0, 4)).isTrue();
    assertThat(counters.get(Counter.NAMES_CLIENTS_FULL)).isEqualTo(1);
  }

  /** Against a map and a queue, over many evictions. */
  @Test
  void forgetsTheOldestFirstAndNothingElse() {
    int capacity = 37;
    QuerySenders senders = new QuerySenders(capacity, 5, counters);
    Map<Long, Long> model = new HashMap<>();
    ArrayDeque<Long> order = new ArrayDeque<>();
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      long print = senders.print(4, 0, random.nextInt(90), 1, 0, 2, 3);
      if (model.putIfAbsent(print, (long) i) == null) {
        order.add(print);
        if (order.size() > capacity) {
          model.remove(order.remove());
        }
      }
      senders.asked(print, i);
      for (int client = 0; client < 90; client += 7) {
        long probe = senders.print(4, 0, client, 1, 0, 2, 3);
        assertThat(senders.senderOf(probe))
            .isEqualTo(model.getOrDefault(probe, QuerySenders.UNKNOWN));
      }
    }
  }
}
