package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.flow.FlowSnapshot.End;

/** The flow table against a map of plain objects that does the same in the obvious way. */
class FlowTableModelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int[] TCP_FLAGS = {0x02, 0x12, 0x10, 0x18, 0x18, 0x11, 0x04, 0x14};

  private static final class ModelFlow {
    long startNumber;
    long lastNanos;
    int protocol;
    String client = "";
    boolean handshake;
    boolean synAck;
    boolean closed;
    boolean established;
    final Map<String, Integer> packets = new HashMap<>();
    final Map<String, Boolean> acked = new HashMap<>();
    final Map<String, Boolean> fin = new HashMap<>();

    long timeoutSeconds() {
      if (protocol == 6) {
        return closed ? 10 : established ? 600 : 60;
      }
      return protocol == 17 ? (established ? 300 : 30) : 60;
    }

    String describe(End end) {
      return startNumber
          + " client "
          + client
          + " "
          + packets.getOrDefault(client, 0)
          + "/"
          + packets.values().stream().mapToInt(i -> i).sum()
          + (closed ? " CLOSED " : established ? " ESTABLISHED " : " NEW ")
          + end;
    }
  }

  private final Map<String, ModelFlow> model = new HashMap<>();
  private final List<String> modelEnded = new ArrayList<>();

  private void modelTick(long now) {
    model.values().stream()
        .filter(f -> now - f.lastNanos > f.timeoutSeconds() * SECOND)
        .sorted(Comparator.comparingLong(f -> f.startNumber))
        .forEach(f -> modelEnded.add(f.describe(End.TIMEOUT)));
    model.values().removeIf(f -> now - f.lastNanos > f.timeoutSeconds() * SECOND);
  }

  private void modelPacket(long number, long now, int protocol, String from, String to, int flags) {
    String key = protocol + (from.compareTo(to) < 0 ? from + to : to + from);
    ModelFlow flow = model.get(key);
    if (flow != null && now - flow.lastNanos > flow.timeoutSeconds() * SECOND) {
      modelEnded.add(flow.describe(End.TIMEOUT));
      flow = null;
    } else if (flow != null && protocol == 6 && flow.closed && flags == 0x02) {
      modelEnded.add(flow.describe(End.TCP_REUSE));
      flow = null;
    }
    if (flow == null) {
      flow = new ModelFlow();
      flow.startNumber = number;
      flow.protocol = protocol;
      flow.client = protocol == 6 && flags == 0x12 ? to : from;
      model.put(key, flow);
    }
    flow.lastNanos = now;
    flow.packets.merge(from, 1, Integer::sum);
    if (protocol != 6) {
      flow.established = flow.packets.size() == 2;
      return;
    }
    if ((flags & 2) != 0 && !flow.handshake) {
      flow.handshake = true;
      flow.client = flags == 0x02 ? from : to;
    }
    flow.synAck |= flags == 0x12 && !from.equals(flow.client);
    if ((flags & 0x16) == 0x10) {
      flow.acked.put(from, true);
    }
    if ((flags & 1) != 0) {
      flow.fin.put(from, true);
    }
    flow.closed |= (flags & 4) != 0 || flow.fin.size() == 2;
    String server = flow.client.equals(from) ? to : from;
    flow.established |=
        flow.acked.containsKey(flow.client) && (flow.synAck || flow.acked.containsKey(server));
  }

  @Test
  void agreesWithTheModelOnEveryFlowThatEnds() {
    long seed = System.nanoTime();
    System.out.println("FlowTableModelTest seed " + seed);
    Random random = new Random(seed);
    EndedFlows flows = new EndedFlows();
    FlowTable table = flows.table(FlowOptions.DEFAULT, 4_096, random.nextLong());
    PacketClock clock = new PacketClock();
    SyntheticPacket packets = new SyntheticPacket();
    long now = 1_700_000_000L * SECOND;
    for (int number = 1; number <= 60_000; number++) {
      now += random.nextInt(100) == 0 ? random.nextLong(90 * SECOND) : random.nextLong(SECOND / 5);
      int protocol = new int[] {6, 6, 17, 132}[random.nextInt(4)];
      int hostA = 1 + random.nextInt(12);
      int hostB = 20 + random.nextInt(12);
      boolean reverse = random.nextBoolean();
      int portA = 2_000 + random.nextInt(3);
      int portB = 3_000;
      String from = reverse ? hostB + ":" + portB : hostA + ":" + portA;
      String to = reverse ? hostA + ":" + portA : hostB + ":" + portB;
      int flags = protocol == 6 ? TCP_FLAGS[random.nextInt(TCP_FLAGS.length)] : 0;
      if (clock.observe(now)) {
        table.advance(clock.nanos());
        modelTick(clock.nanos());
      }
      packets.next(now).ip(4, 0, reverse ? hostB : hostA, 0, reverse ? hostA : hostB);
      int sourcePort = reverse ? portB : portA;
      int destinationPort = reverse ? portA : portB;
      if (protocol == 6) {
        packets.tcp(sourcePort, destinationPort, flags);
      } else if (protocol == 17) {
        packets.udp(sourcePort, destinationPort);
      } else {
        packets.sctp(sourcePort, destinationPort);
      }
      table.update(packets.packet());
      modelPacket(number, now, protocol, from, to, flags);
      assertThat(table.size()).isEqualTo(model.size());
    }
    table.endAll(End.SHUTDOWN);
    model.values().stream()
        .sorted(Comparator.comparingLong(f -> f.startNumber))
        .forEach(f -> modelEnded.add(f.describe(End.SHUTDOWN)));
    List<String> tableEnded =
        flows.ended.stream()
            .map(f ->
                f.startNumber()
                    + " client "
                    + f.clientLow()
                    + ":"
                    + f.clientPort()
                    + " "
                    + f.packetsToServer()
                    + "/"
                    + (f.packetsToServer() + f.packetsToClient())
                    + " "
                    + f.state()
                    + " "
                    + f.end())
            .toList();
    assertThat(tableEnded).isEqualTo(modelEnded).hasSizeGreaterThan(1_000);
  }
}
