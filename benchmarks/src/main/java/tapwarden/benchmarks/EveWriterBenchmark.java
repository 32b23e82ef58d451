package tapwarden.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.flow.FlowEve;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.eve.AlertEve;
import tapwarden.inspect.sink.eve.EveHead;
import tapwarden.inspect.sink.eve.PacketOrigin;
import tapwarden.inspect.wire.IpAddress;

/**
 * From a flow that ended, or an alert, to a line of {@code eve.json} in memory. One operation is
 * one event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EveWriterBenchmark {
  private final JsonWriter json = new JsonWriter();
  private final PacketOrigin origin = new OneFile();
  private final EveHead head = new EveHead(origin);
  private final FlowEve flowEve = new FlowEve();
  private final AlertEve alertEve = new AlertEve(origin);
  private final FlowSnapshot flow = flow();
  private final Alert alert = alert(flow);

  private static final class OneFile implements PacketOrigin {
    @Override
    public @Nullable String interfaceName(int interfaceIndex) {
      return null;
    }

    @Override
    public String file(long packetNumber) {
      return "/srv/captures/2026-01-01.pcap";
    }

    @Override
    public long numberInFile(long packetNumber) {
      return packetNumber;
    }
  }

  static FlowSnapshot flow() {
    return new FlowSnapshot(
        1_234_567_890_123L,
        4,
        0,
        0x0A28_1102L,
        0,
        0xCB00_7109L,
        40_000,
        443,
        6,
        List.of(410),
        0,
        0,
        4_711,
        FrameMix.START_NANOS,
        4_799,
        FrameMix.START_NANOS + 12_345_678_901L,
        41,
        47,
        5_120,
        48_213,
        FlowSnapshot.State.CLOSED,
        FlowSnapshot.End.TIMEOUT,
        0x1B,
        0x1B,
        false,
        false,
        false,
        null);
  }

  private static Alert alert(FlowSnapshot flow) {
    Finding finding =
        new Finding(
            Signature.POLICY_NOT_ALLOWED,
            new Subject("enb-17", "Huawei", "base-station", List.of("cidr")),
            new Endpoint(IpAddress.v4(0xCB00_7109), 443, "upd.example.net", "dns"),
            6,
            Stage.ESTABLISHED,
            87,
            List.of("not in policy ran", "first contact ever"),
            flow,
            4_711,
            FrameMix.START_NANOS,
            4_713,
            FrameMix.START_NANOS + 1_000_000);
    return new Alert(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        1,
        finding,
        Stage.ESTABLISHED,
        87,
        finding.because(),
        1,
        finding.firstPacketNanos(),
        finding.packetNanos(),
        "evidence/ABCDEFGHIJKLMNOPQRSTUVWXYZ.pcapng",
        List.of(4_711L, 4_712L, 4_713L));
  }

  @Benchmark
  public int flowEvent() {
    head.begin(
        json, "flow", flow.lastNanos(), flow.flowId(), flow.interfaceIndex(), flow.lastNumber());
    flowEve.writeEvent(json, flow, flow.end());
    return json.endObject().length();
  }

  @Benchmark
  public int alertEvent() {
    return alertEve.write(json, alert).length();
  }
}
