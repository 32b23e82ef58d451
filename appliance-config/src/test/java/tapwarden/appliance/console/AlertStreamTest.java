package tapwarden.appliance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AlertStreamTest {
  private static byte[] line(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void refusesAndCountsWhatNobodyTakes() {
    AlertStream stream = new AlertStream(0, 10, 1000);
    for (int i = 0; i < AlertStream.MOST_QUEUED; i++) {
      assertThat(stream.publish(line("x"))).isTrue();
    }
    assertThat(stream.publish(line("x"))).isFalse();
    assertThat(stream.publish(line("x"))).isFalse();
    assertThat(stream.missed()).isEqualTo(2);
    stream.drain();
    assertThat(stream.publish(line("x"))).isTrue();
  }

  @Test
  void keepsTheLatestByNumber() {
    AlertStream stream = new AlertStream(7, 3, 1000);
    for (String text : new String[] {"a", "b", "c", "d", "e"}) {
      stream.publish(line(text));
    }
    stream.drain();
    assertThat(stream.oldest()).isEqualTo(9);
    assertThat(stream.next()).isEqualTo(12);
    assertThat(stream.line(9)).isEqualTo(line("c"));
    assertThat(stream.line(11)).isEqualTo(line("e"));
  }

  @Test
  void keepsNoMoreBytesThanAllowedButAlwaysTheLatest() {
    AlertStream stream = new AlertStream(0, 100, 10);
    stream.publish(line("aaaa"));
    stream.publish(line("bbbb"));
    stream.publish(line("cccc"));
    stream.drain();
    assertThat(stream.oldest()).isEqualTo(1);
    stream.publish(line("d".repeat(50)));
    stream.drain();
    assertThat(stream.oldest()).isEqualTo(3);
    assertThat(stream.line(3)).hasSize(50);
  }

  @Test
  void wakesItsReaderOnceForManyAlerts() {
    AlertStream stream = new AlertStream(0, 10, 1000);
    int[] woken = {0};
    stream.onArrival(() -> woken[0]++);
    stream.publish(line("a"));
    stream.publish(line("b"));
    assertThat(woken[0]).isEqualTo(1);
    stream.drain();
    stream.publish(line("c"));
    assertThat(woken[0]).isEqualTo(2);
  }
}
