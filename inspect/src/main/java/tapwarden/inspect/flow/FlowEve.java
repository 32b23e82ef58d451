package tapwarden.inspect.flow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.json.JsonWriter;

/**
 * Flows in EVE JSON: the 5-tuple fields of any event, the {@code flow} object beside an alert, and
 * the body of a {@code flow} event. The caller writes what every event begins with (timestamp,
 * flow_id, source, event_type). An instance is used by one thread.
 */
public final class FlowEve {
  private static final int TCP = 6;
  private static final long SECOND = 1_000_000_000L;

  /** Lower two hexadecimal digits of every byte. */
  private static final String[] HEX = new String[256];

  static {
    for (int i = 0; i < HEX.length; i++) {
      HEX[i] = String.format(Locale.ROOT, "%02x", i);
    }
  }

  private final CommunityId communityId = new CommunityId();

  /**
   * Writes {@code vlan src_ip src_port dest_ip dest_port proto ip_v}, for ICMP {@code icmp_type
   * icmp_code} instead of ports, and {@code community_id}.
   *
   * @param toServer whether the event is about something that the client sent
   */
  public void writeTuple(JsonWriter json, FlowFacts flow, boolean toServer) {
    if (!flow.vlans().isEmpty()) {
      json.name("vlan").beginArray();
      for (int vlan : flow.vlans()) {
        json.value(vlan);
      }
      json.endArray();
    }
    boolean icmp = IcmpPairs.isIcmp(flow.protocol());
    json.name("src_ip");
    writeEnd(json, flow, toServer);
    if (hasPorts(flow)) {
      json.field("src_port", toServer ? flow.clientPort() : flow.serverPort());
    }
    json.name("dest_ip");
    writeEnd(json, flow, !toServer);
    if (hasPorts(flow)) {
      json.field("dest_port", toServer ? flow.serverPort() : flow.clientPort());
    }
    json.wordField("proto", IpProtocolNames.name(flow.protocol()));
    json.field("ip_v", flow.ipVersion());
    if (icmp) {
      writeIcmp(json, flow);
    }
    json.name("community_id");
    communityId.write(json, flow);
  }

  /**
   * Writes {@code app_proto}, and what the server's port made expect where that is another: a
   * protocol on a port that is not its own, and something else on a port that is known.
   */
  public void writeAppProtocol(JsonWriter json, FlowFacts flow) {
    String spoken = flow.appProtocol();
    if (spoken != null) {
      json.field("app_proto", spoken);
      String expected = ExpectedProtocols.on(flow.protocol(), flow.serverPort());
      if (expected != null && !expected.equals(spoken)) {
        json.field("app_proto_expected", expected);
      }
    }
  }

  private static void writeEnd(JsonWriter json, FlowFacts flow, boolean client) {
    json.valueIp(
        flow.ipVersion(),
        client ? flow.clientHigh() : flow.serverHigh(),
        client ? flow.clientLow() : flow.serverLow());
  }

  private static boolean hasPorts(FlowFacts flow) {
    return !IcmpPairs.isIcmp(flow.protocol()) && (flow.clientPort() | flow.serverPort()) != 0;
  }

  private static void writeIcmp(JsonWriter json, FlowFacts flow) {
    int counterpart = IcmpPairs.counterpart(flow.protocol(), flow.clientPort());
    json.field("icmp_type", flow.clientPort());
    json.field("icmp_code", counterpart < 0 ? flow.serverPort() : 0);
    if (counterpart >= 0 && flow.packetsToClient() > 0) {
      json.field("response_icmp_type", counterpart);
      json.field("response_icmp_code", 0);
    }
  }

  /**
   * Writes the {@code flow} field. Of a flow that lives: counts, start and endpoints, as they stand
   * beside an alert; of one that ended: everything a {@code flow} event says.
   *
   * @param end why it ended; null while it lives
   */
  public void writeFlow(JsonWriter json, FlowFacts flow, FlowSnapshot.@Nullable End end) {
    json.name("flow").beginObject();
    json.field("pkts_toserver", flow.packetsToServer());
    json.field("pkts_toclient", flow.packetsToClient());
    json.field("bytes_toserver", flow.bytesToServer());
    json.field("bytes_toclient", flow.bytesToClient());
    json.name("start").valueTimestamp(flow.startNanos());
    if (end == null) {
      json.name("src_ip");
      writeEnd(json, flow, true);
      json.name("dest_ip");
      writeEnd(json, flow, false);
      if (hasPorts(flow)) {
        json.field("src_port", flow.clientPort());
        json.field("dest_port", flow.serverPort());
      }
    } else {
      json.name("end").valueTimestamp(flow.lastNanos());
      json.field("age", Math.max(0, (flow.lastNanos() - flow.startNanos()) / SECOND));
      json.wordField("state", flow.state().word());
      json.wordField("reason", end.word());
      json.field("alerted", flow.alerted());
    }
    json.endObject();
  }

  /** Writes the {@code tcp} field of a {@code flow} event; nothing unless the flow is TCP. */
  public void writeTcp(JsonWriter json, FlowFacts flow) {
    if (flow.protocol() != TCP) {
      return;
    }
    int flags = flow.tcpFlagsToServer() | flow.tcpFlagsToClient();
    json.name("tcp").beginObject();
    json.wordField("tcp_flags", HEX[flags & 0xFF]);
    json.wordField("tcp_flags_ts", HEX[flow.tcpFlagsToServer() & 0xFF]);
    json.wordField("tcp_flags_tc", HEX[flow.tcpFlagsToClient() & 0xFF]);
    writeFlag(json, "syn", flags, 0x02);
    writeFlag(json, "fin", flags, 0x01);
    writeFlag(json, "rst", flags, 0x04);
    writeFlag(json, "psh", flags, 0x08);
    writeFlag(json, "ack", flags, 0x10);
    writeFlag(json, "urg", flags, 0x20);
    writeFlag(json, "ecn", flags, 0x40);
    writeFlag(json, "cwr", flags, 0x80);
    json.wordField("state", tcpState(flow));
    json.endObject();
  }

  private static void writeFlag(JsonWriter json, String name, int flags, int bit) {
    if ((flags & bit) != 0) {
      json.field(name, true);
    }
  }

  private static String tcpState(FlowFacts flow) {
    return switch (flow.state()) {
      case ESTABLISHED -> "established";
      case CLOSED -> "closed";
      case NEW -> {
        if ((flow.tcpFlagsToClient() & TcpTracker.SYN) != 0) {
          yield "syn_recv";
        }
        yield (flow.tcpFlagsToServer() & TcpTracker.SYN) != 0 ? "syn_sent" : "none";
      }
    };
  }

  /** Writes the body of a {@code flow} event: tuple, {@code flow} and, for TCP, {@code tcp}. */
  public void writeEvent(JsonWriter json, FlowFacts flow, FlowSnapshot.@Nullable End end) {
    writeTuple(json, flow, true);
    writeAppProtocol(json, flow);
    writeFlow(json, flow, end);
    writeTcp(json, flow);
  }
}
