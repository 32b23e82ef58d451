package tapwarden.inspect.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.Initials.hex;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.quic.ChloPacket;
import tapwarden.inspect.codec.quic.Initials;
import tapwarden.inspect.json.EveSchema;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class QuicEveTest {
  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    Talk standard = new Talk();
    standard.client(Initials.clientV1());
    standard.server(Initials.RETRY_V1);
    standard.server(Initials.SERVER_V1);
    standard.close();
    Talk google = new Talk();
    byte[] message = ChloPacket.message("CHLO", "SNI", "a.example", "UAID", "x");
    google.client(ChloPacket.longHeader("Q046", 1, ChloPacket.stream(message, 0, message.length)));
    google.close();
    Talk negotiation = new Talk();
    negotiation.server(hex("80 00000000 00 08 8394c8f03e515708 00000001"));
    negotiation.close();
    for (Talk talk : new Talk[] {standard, google, negotiation}) {
      assertThat(talk.report.events).isNotEmpty();
      for (String event : talk.report.events) {
        // Suricata's schema knows no tapwarden; all else must be as it says.
        ObjectNode eve = (ObjectNode) JsonMapper.shared().readTree(event);
        eve.remove("tapwarden");
        assertThat(schema.problems(eve.toString())).as(event).isEmpty();
      }
    }
  }

  @Test
  void keepsWhatHasNoPlaceInTheSchemaApart() {
    Talk talk = new Talk();
    talk.client(Initials.clientV2());
    talk.close();
    assertThat(talk.events().get(0).get("tapwarden").toString())
        .isEqualTo(
            "{\"quic\":{\"version\":\"v2\",\"side\":\"client\",\"tls_version\":\"TLS 1.3\","
                + "\"alpn\":[\"alpn\"]}}");
  }
}
