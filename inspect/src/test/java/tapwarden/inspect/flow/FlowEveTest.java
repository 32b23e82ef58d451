package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.flow.FlowSnapshot.End;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.json.JsonWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FlowEveTest {
  // 2026-01-02T03:04:05.123456 UTC, by `date -d ... +%s`
  private static final long START = 1_767_323_045_123_456_789L;

  private final EndedFlows flows = new EndedFlows();
  private final FlowTable table = flows.table(10);
  private final SyntheticPacket packets = new SyntheticPacket();
  private final FlowEve eve = new FlowEve();

  private String event(FlowSnapshot flow) {
    JsonWriter json = new JsonWriter().reset().beginObject();
    json.name("timestamp").valueTimestamp(START);
    json.field("flow_id", flow.flowId()).field("event_type", "flow");
    eve.writeEvent(json, flow, flow.end());
    return json.endObject().toString();
  }

  private static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json);
  }

  private FlowSnapshot tcp() {
    packets.next(START).ip("128.232.110.120", "66.35.250.204").tcp(34855, 80, 0x02).vlans(410);
    table.update(packets.packet());
    packets.next(START + 1_500_000_000L).ip("66.35.250.204", "128.232.110.120").vlans(410);
    packets.tcp(80, 34855, 0x12);
    table.update(packets.packet());
    table.endAll(End.SHUTDOWN);
    return flows.ended.getLast();
  }

  @Test
  void writesWhatFlowEventsSay() {
    JsonNode json = read(event(tcp()));
    assertThat(json.at("/src_ip").asString()).isEqualTo("128.232.110.120");
    assertThat(json.at("/src_port").asInt()).isEqualTo(34855);
    assertThat(json.at("/dest_ip").asString()).isEqualTo("66.35.250.204");
    assertThat(json.at("/dest_port").asInt()).isEqualTo(80);
    assertThat(json.at("/proto").asString()).isEqualTo("TCP");
    assertThat(json.at("/vlan/0").asInt()).isEqualTo(410);
    assertThat(json.at("/community_id").asString()).isEqualTo("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
    assertThat(json.at("/flow/pkts_toserver").asInt()).isEqualTo(1);
    assertThat(json.at("/flow/bytes_toclient").asInt()).isEqualTo(60);
    assertThat(json.at("/flow/start").asString()).isEqualTo("2026-01-02T03:04:05.123456+0000");
    assertThat(json.at("/flow/end").asString()).isEqualTo("2026-01-02T03:04:06.623456+0000");
    assertThat(json.at("/flow/age").asInt()).isEqualTo(1);
    assertThat(json.at("/flow/state").asString()).isEqualTo("new");
    assertThat(json.at("/flow/reason").asString()).isEqualTo("shutdown");
    assertThat(json.at("/flow/alerted").asBoolean()).isFalse();
    assertThat(json.at("/tcp/tcp_flags").asString()).isEqualTo("12");
    assertThat(json.at("/tcp/tcp_flags_ts").asString()).isEqualTo("02");
    assertThat(json.at("/tcp/tcp_flags_tc").asString()).isEqualTo("12");
    assertThat(json.at("/tcp/state").asString()).isEqualTo("syn_recv");
    assertThat(json.at("/tcp/ack").asBoolean()).isTrue();
    assertThat(json.at("/tcp").has("fin")).isFalse();
  }

  @Test
  void expandsIpv6AndGivesIcmpTypesInsteadOfPorts() {
    packets.next(START).ip("2001:db8::1", "2001:db8::2").icmp(128, 0, 9);
    table.update(packets.packet());
    packets.next(START).ip("2001:db8::2", "2001:db8::1").icmp(129, 0, 9);
    table.update(packets.packet());
    JsonNode json = read(event(table.flow().snapshot(End.TIMEOUT)));
    assertThat(json.at("/src_ip").asString()).isEqualTo("2001:0db8:0000:0000:0000:0000:0000:0001");
    assertThat(json.at("/proto").asString()).isEqualTo("IPv6-ICMP");
    assertThat(json.at("/icmp_type").asInt()).isEqualTo(128);
    assertThat(json.at("/response_icmp_type").asInt()).isEqualTo(129);
    assertThat(json.has("src_port")).isFalse();
    assertThat(json.has("tcp")).isFalse();
  }

  @Test
  void turnsTheTupleRoundForWhatTheServerSent() {
    JsonWriter json = new JsonWriter().reset().beginObject();
    eve.writeTuple(json, tcp(), false);
    JsonNode tuple = read(json.endObject().toString());
    assertThat(tuple.at("/src_ip").asString()).isEqualTo("66.35.250.204");
    assertThat(tuple.at("/src_port").asInt()).isEqualTo(80);
    assertThat(tuple.at("/dest_port").asInt()).isEqualTo(34855);
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    assertThat(schema.problems(event(tcp()))).isEmpty();
    packets.next(START).ip("10.0.0.1", "10.0.0.2").icmp(3, 1, 0);
    table.update(packets.packet());
    assertThat(schema.problems(event(table.flow().snapshot(null)))).isEmpty();
    assertThat(schema.problems("{\"event_type\":\"flow\"}")).isNotEmpty();
  }
}
