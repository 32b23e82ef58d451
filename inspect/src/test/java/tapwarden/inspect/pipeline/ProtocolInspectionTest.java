package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.equipment.HashKey;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.flow.FlowTable;
import tapwarden.inspect.intel.NameMatcher;
import tapwarden.inspect.stream.StreamOptions;
import tapwarden.inspect.wire.OverlapPolicy;

class ProtocolInspectionTest {
  private final Counters counters = new Counters();
  private final WorkerParts parts =
      new WorkerParts(
          OneWorker.options(Path.of(".")),
          new OneCapture(),
          new HashKey(3, 7),
          counters,
          new DeskBell());
  private final EveLines lines = new EveLines(parts.options(), parts.sources(), parts.output());
  private final DnsInspectionTest.Nothing nothing = new DnsInspectionTest.Nothing();
  private final DnsInspection dns = parts.dns(parts.judge(), nothing, lines);
  private final ContactWatch contacts =
      new ContactWatch(
          parts.options(),
          parts.ownership(),
          dns,
          parts.judge(),
          parts.contactMemory(),
          parts.history(),
          counters.newBlock(),
          nothing);
  private final FlowTable flows = parts.flowTable((flow, reason) -> streams().end(flow));
  private final ProtocolInspection streams;
  private final SyntheticPacket packets = new SyntheticPacket();

  ProtocolInspectionTest() {
    streams =
        new ProtocolInspection(
            new StreamOptions(1, 1 << 20, 64 << 10, 64, 1 << 20, OverlapPolicy.FIRST),
            1,
            counters.newBlock(),
            flows,
            dns,
            new ProtocolReport(
                parts.options(),
                parts.ownership(),
                lines,
                nothing,
                new SaidNames(
                    contacts, parts.options().indicators(), new NameMatcher(parts.counters())),
                new DeviceTraits(parts.traits(), nothing, parts.output()),
                counters.newBlock()));
  }

  private ProtocolInspection streams() {
    return streams;
  }

  private static byte[] query() {
    byte[] message = DnsMessage.query(7, "a.example", DnsMessage.A).toBytes();
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  private void sends(int port, long sequence, byte[] text) {
    packets.next(1_000).ip("10.0.0.1", "10.0.0.53").tcp(port, 53, 0x18).payload(text);
    packets.sequence(sequence, 1);
    int change = flows.update(packets.packet());
    streams.segment(packets.packet(), flows.flow(), change, false);
  }

  @Test
  void readsAMessageInTwoSegments() {
    byte[] query = query();
    sends(40_000, 1, Arrays.copyOf(query, 10));
    sends(40_000, 11, Arrays.copyOfRange(query, 10, query.length));
    assertThat(counters.sum(Counter.DNS_MESSAGES)).isEqualTo(1);
  }

  /** Whoever opens as many connections as are followed must not hide the others. */
  @Test
  void aConnectionGivesWayToAnotherWhereNoMoreAreFollowed() {
    byte[] query = query();
    sends(40_000, 1, Arrays.copyOf(query, 10));
    for (int i = 0; i < 3; i++) {
      sends(40_001, 1 + (long) i * query.length, query);
    }
    assertThat(counters.sum(Counter.STREAMS_FOLLOWED)).isEqualTo(2);
    assertThat(counters.sum(Counter.STREAMS_NOT_FOLLOWED)).isZero();
    assertThat(counters.sum(Counter.STREAMS_GIVEN_UP)).isEqualTo(1);
    assertThat(counters.sum(Counter.DNS_MESSAGES)).isEqualTo(3);
  }

  @Test
  void aFlowThatEndsLeavesRoomForAnother() {
    byte[] query = query();
    sends(40_000, 1, Arrays.copyOf(query, 10));
    flows.endAll(FlowSnapshot.End.SHUTDOWN);
    sends(40_001, 1, Arrays.copyOf(query, 10));
    sends(40_001, 11, Arrays.copyOfRange(query, 10, query.length));
    assertThat(counters.sum(Counter.DNS_MESSAGES)).isEqualTo(1);
  }
}
