package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.flow.FlowSnapshot.End;

class FlowTableDeterminismTest {
  private static final long SECOND = 1_000_000_000L;

  /** Runs one fixed traffic through {@code workers} tables; a flow's packets all go to one. */
  private static List<FlowSnapshot> run(int workers, long secret) {
    EndedFlows flows = new EndedFlows();
    FlowTable[] tables = new FlowTable[workers];
    for (int w = 0; w < workers; w++) {
      tables[w] = flows.table(FlowOptions.DEFAULT, 10_000, secret + w);
    }
    Random random = new Random(42);
    PacketClock clock = new PacketClock();
    SyntheticPacket packets = new SyntheticPacket();
    long now = 1_700_000_000L * SECOND;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextLong(SECOND / 20);
      long stamp = random.nextInt(500) == 0 ? 0 : now;
      long a = random.nextInt(30);
      long b = 100 + random.nextInt(30);
      boolean reverse = random.nextBoolean();
      packets.next(stamp).ip(4, 0, reverse ? b : a, 0, reverse ? a : b);
      packets.tcp(reverse ? 80 : 4_000, reverse ? 4_000 : 80, random.nextInt(32)).payload(i % 3);
      if (clock.observe(stamp)) {
        for (FlowTable table : tables) {
          table.advance(clock.nanos());
        }
      }
      tables[(int) ((a + b) % workers)].update(packets.packet());
    }
    for (FlowTable table : tables) {
      table.endAll(End.SHUTDOWN);
    }
    return flows.ended;
  }

  @Test
  void doesNotShowTheSecret() {
    assertThat(run(1, 1)).isEqualTo(run(1, 0x1234_5678_9ABC_DEF0L)).hasSizeGreaterThan(900);
  }

  @Test
  void doesNotShowHowFlowsAreSpreadOverTables() {
    Comparator<FlowSnapshot> byStart = Comparator.comparingLong(FlowSnapshot::startNumber);
    List<FlowSnapshot> one = run(1, 7).stream().sorted(byStart).toList();
    List<FlowSnapshot> four = run(4, 7).stream().sorted(byStart).toList();
    assertThat(four).isEqualTo(one);
  }

  /** A frame of nested tunnels begins a flow of each; where they lie in the table says nothing. */
  @Test
  void endsFlowsOfOneFrameInOneOrderWhateverTheirSlots() {
    List<String> last = List.of("10.0.0.9", "10.0.0.7", "10.0.0.5", "10.0.0.3");
    assertThat(endedOfOneFrame(last)).isEqualTo(endedOfOneFrame(last.reversed())).hasSize(4);
  }

  private static List<FlowSnapshot> endedOfOneFrame(List<String> clients) {
    EndedFlows flows = new EndedFlows();
    FlowTable table = flows.table(10);
    SyntheticPacket packets = new SyntheticPacket();
    for (String client : clients) {
      packets.next(1_000).ip(client, "203.0.113.9").udp(4_000, 53).payload(10).number(1);
      table.update(packets.packet());
    }
    table.endAll(End.SHUTDOWN);
    return flows.ended;
  }

  @Test
  void givesEveryFlowAnIdOfItsOwnBelowTwoToThe53() {
    List<FlowSnapshot> flows = run(1, 7);
    assertThat(flows).extracting(FlowSnapshot::flowId).doesNotHaveDuplicates();
    assertThat(flows).allMatch(f -> f.flowId() >= 0 && f.flowId() < 1L << 53);
  }
}
