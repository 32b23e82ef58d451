package tapwarden.inspect.protocol.sip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.Datagrams.join;
import static tapwarden.inspect.protocol.Datagrams.text;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.Recognition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The call of RFC 3261 §24.2 in its outline; the session is the example of RFC 4566 §5. */
class SipProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String SESSION =
      """
      v=0\r
      o=jdoe 2890844526 2890842807 IN IP4 10.47.16.5\r
      s=SDP Seminar\r
      i=A Seminar on the session description protocol\r
      u=http://www.example.com/seminars/sdp.pdf\r
      e=j.doe@example.com (Jane Doe)\r
      c=IN IP4 224.2.17.12/127\r
      t=2873397496 2873404696\r
      a=recvonly\r
      m=audio 49170 RTP/AVP 0\r
      m=video 51372 RTP/AVP 99\r
      a=rtpmap:99 h263-1998/90000\r
      """;

  private static final byte[] INVITE = invite("Content-Length: " + SESSION.length());

  private static final byte[] RINGING =
      text(
          """
          SIP/2.0 180 Ringing\r
          Via: SIP/2.0/UDP pc33.example.com;branch=z9hG4bKnashds8\r
          To: Bob <sip:bob@example.net>;tag=a6c85cf\r
          From: Alice <sip:alice@example.com>;tag=1928301774\r
          Call-ID: a84b4c76e66710\r
          CSeq: 314159 INVITE\r
          Server: phone/2\r
          Content-Length: 0\r
          \r
          """);

  private final Datagrams flow = new Datagrams(new SipProvider(), 5060, 5060);

  private static byte[] invite(String... headers) {
    return text(
        """
        INVITE sip:bob@example.net SIP/2.0\r
        Via: SIP/2.0/UDP pc33.example.com;branch=z9hG4bKnashds8\r
        Max-Forwards: 70\r
        To: Bob <sip:bob@example.net>\r
        From: Alice <sip:alice@example.com>;tag=1928301774\r
        Call-ID: a84b4c76e66710\r
        CSeq: 314159 INVITE\r
        Contact: <sip:alice@pc33.example.com>\r
        User-Agent: softphone/1.0\r
        Content-Type: application/sdp\r
        """
            + String.join("\r\n", headers)
            + "\r\n\r\n"
            + SESSION);
  }

  private JsonNode sip() {
    return JSON.readTree(flow.event()).get("sip");
  }

  private JsonNode own() {
    return JSON.readTree(flow.event()).at("/tapwarden/sip");
  }

  @Test
  void rendersARequestWithItsSession() {
    assertThat(flow.recognise(INVITE)).isEqualTo(Recognition.YES);
    flow.toServer(INVITE);
    assertThat(sip())
        .isEqualTo(
            JSON.readTree(
                """
                {"method": "INVITE", "uri": "sip:bob@example.net", "version": "SIP/2.0",
                 "request_line": "INVITE sip:bob@example.net SIP/2.0",
                 "sdp": {"version": 0, "origin": "jdoe 2890844526 2890842807 IN IP4 10.47.16.5",
                   "session_name": "SDP Seminar",
                   "session_info": "A Seminar on the session description protocol",
                   "uri": "http://www.example.com/seminars/sdp.pdf",
                   "email": "j.doe@example.com (Jane Doe)",
                   "connection_data": "IN IP4 224.2.17.12/127",
                   "time_descriptions": [{"time": "2873397496 2873404696"}],
                   "attributes": ["recvonly"],
                   "media_descriptions": [{"media": "audio 49170 RTP/AVP 0"},
                     {"media": "video 51372 RTP/AVP 99",
                      "attributes": ["rtpmap:99 h263-1998/90000"]}]}}
                """));
    assertThat(own().get("from").asString())
        .isEqualTo("Alice <sip:alice@example.com>;tag=1928301774");
    assertThat(own().get("call_id").asString()).isEqualTo("a84b4c76e66710");
    assertThat(own().get("user_agent").asString()).isEqualTo("softphone/1.0");
    assertThat(flow.report.traits).containsExactly("sip-user-agent CLIENT softphone/1.0");
  }

  /** The forms of RFC 3261 §19.1.3 and RFC 3966. */
  @Test
  void namesTheHostThatAClientAsksFor() {
    for (String uri :
        new String[] {
          "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
          "sip:+1-212-555-1212:1234@gateway.com;user=phone",
          "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
          "sip:alice;day=tuesday@biloxi.com:5070",
          "SIP:alice@192.0.2.4",
          "sips:[2001:db8::1];transport=tcp",
          "tel:+1-201-555-0123"
        }) {
      flow.toServer(text(new String(INVITE, US_ASCII).replaceFirst("sip:bob@example.net", uri)));
    }
    flow.toClient(INVITE);
    flow.toClient(RINGING);
    assertThat(flow.report.names)
        .containsExactly("sip atlanta.com", "sip gateway.com", "sip atlanta.com", "sip biloxi.com");
    assertThat(flow.report.addresses).containsExactly("sip 192.0.2.4 5060", "sip 2001:db8::1 5061");
  }

  @Test
  void rendersAnAnswer() {
    assertThat(flow.recognise(false, RINGING)).isEqualTo(Recognition.YES);
    flow.toClient(RINGING);
    assertThat(sip())
        .isEqualTo(
            JSON.readTree(
                """
                {"version": "SIP/2.0", "code": "180", "reason": "Ringing",
                 "response_line": "SIP/2.0 180 Ringing"}
                """));
    assertThat(own().get("server").asString()).isEqualTo("phone/2");
    // A proxy may have passed it on.
    assertThat(flow.report.traits).isEmpty();
  }

  @Test
  void takesTraitsOnlyOfWhoWroteTheMessage() {
    flow.toServer(invite("v: SIP/2.0/UDP proxy.example.com"));
    flow.toServer(
        text(
            "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP a, SIP/2.0/UDP b\r\nUser-Agent: x\r\n\r\n"));
    assertThat(flow.report.traits).isEmpty();
    flow.toClient(text("SIP/2.0 100 Trying\r\nVia: a, b\r\nServer: proxy/3\r\n\r\n"));
    flow.toClient(
        text("SIP/2.0 401 No\r\nVia: a\r\nCSeq: 1 REGISTER\r\nServer: registrar/4\r\n\r\n"));
    assertThat(flow.report.traits)
        .containsExactly("sip-server SERVER proxy/3", "sip-server SERVER registrar/4");
  }

  @Test
  void readsShortNamesAndFoldedLines() {
    flow.toServer(
        text(
            "MESSAGE sip:a@b SIP/2.0\r\nv: SIP/2.0/UDP h\r\nf: sip:c@d\r\ni: id\r\nt: sip:\r\n a@b\r\n\r\n"));
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"from": "sip:c@d", "to": "sip:   a@b", "call_id": "id", "via": "SIP/2.0/UDP h"}
                """));
    assertThat(flow.report.oddities).containsExactly("odd_head");
  }

  @Test
  void passesOverWhatKeepsAPathOpen() {
    flow.toServer(RINGING);
    flow.toServer(text("\r\n\r\n"));
    flow.toServer(new byte[4]);
    flow.toServer(text("     "));
    assertThat(flow.events()).hasSize(1);
    assertThat(flow.report.oddities).isEmpty();
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    flow.toServer(INVITE);
    flow.toClient(RINGING);
    for (String event : flow.events()) {
      ObjectNode eve = (ObjectNode) JSON.readTree(event);
      assertThat(eve.remove("tapwarden")).isNotNull();
      assertThat(schema.problems(eve.toString())).isEmpty();
    }
  }

  @Test
  void refusesHttpAndRtspAndOtherText() {
    assertThat(flow.recognise(text("OPTIONS * HTTP/1.1\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("OPTIONS rtsp://a RTSP/1.0\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("NOTIFY * HTTP/1.1\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("hello"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("SIP/1.0 200 OK\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(new byte[0])).isEqualTo(Recognition.NO);
    assertThat(flow.toServer(text("OPTIONS * HTTP/1.1\r\n\r\n"))).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_sip");
  }

  @Test
  void knowsAStreamByItsFirstLine() {
    SipConnection connection = new SipConnection();
    assertThat(connection.recognise(INVITE)).isEqualTo(Recognition.YES);
    assertThat(connection.recognise(text("SIP/2."))).isEqualTo(Recognition.MORE);
    assertThat(connection.recognise(text("INVITE sip:bob"))).isEqualTo(Recognition.MORE);
    assertThat(connection.recognise(text("GET / HTTP/1.1\r\n"))).isEqualTo(Recognition.NO);
    assertThat(connection.recognise(text("INVITE sip:" + "x".repeat(501))))
        .isEqualTo(Recognition.YES);
  }

  @Test
  void readsTheSameFromAStreamHoweverItIsCut() {
    byte[] calls = join(INVITE, text("\r\n\r\n"), RINGING, INVITE);
    SipConnection whole = new SipConnection();
    whole.data(true, calls, calls.length);
    assertThat(whole.report.events).hasSize(3);
    assertThat(whole.sip(0).at("/sdp/session_name").asString()).isEqualTo("SDP Seminar");
    assertThat(whole.sip(1).get("code").asString()).isEqualTo("180");
    for (int piece : new int[] {1, 2, 3, 7, 100, 333}) {
      SipConnection cut = new SipConnection();
      cut.data(true, calls, piece);
      assertThat(cut.report.events).isEqualTo(whole.report.events);
      assertThat(cut.report.oddities).isEmpty();
      assertThat(cut.memory.usedBytes()).isZero();
    }
  }

  @Test
  void goesOnWithTheNextMessageAfterAGap() {
    SipConnection connection = new SipConnection();
    connection.data(true, INVITE, INVITE.length);
    connection.data(true, Arrays.copyOf(INVITE, 100), 100);
    connection.gap(true, 1_000);
    connection.data(true, text("\u0000of the body that was lost"), 100);
    connection.data(true, INVITE, INVITE.length);
    assertThat(connection.report.events).hasSize(2);
    connection.close();
    assertThat(connection.memory.usedBytes()).isZero();
  }

  @Test
  void passesOverTheRestOfALongBody() {
    byte[] head = text("MESSAGE sip:a SIP/2.0\r\nContent-Length: 100000\r\n\r\n");
    SipConnection connection = new SipConnection();
    connection.data(false, join(head, new byte[50_000]), 1_400);
    connection.gap(false, 20_000);
    connection.data(false, join(new byte[30_000], RINGING), 1_400);
    assertThat(connection.report.events).hasSize(2);
    assertThat(connection.sip(1).get("code").asString()).isEqualTo("180");
    connection.close();
    assertThat(connection.memory.usedBytes()).isZero();
  }

  @Test
  void givesUpAHeadWithoutEnd() {
    SipConnection connection = new SipConnection();
    byte[] endless = text("INVITE sip:a SIP/2.0\r\n" + "X: y\r\n".repeat(5_000));
    connection.data(true, endless, 1_400);
    assertThat(connection.isOver(true)).isTrue();
    assertThat(connection.report.oddities).containsExactly("head_limit");
    assertThat(connection.report.events).isEmpty();
    assertThat(connection.memory.usedBytes()).isZero();
  }

  @Test
  void copesWithAMemoryThatIsUsedUp() {
    SipConnection connection = new SipConnection();
    assertThat(connection.memory.take(1 << 20)).isTrue();
    connection.data(true, INVITE, INVITE.length);
    assertThat(connection.report.events).hasSize(1);
    connection.data(true, INVITE, 100);
    assertThat(connection.isOver(true)).isTrue();
    assertThat(connection.report.oddities).containsExactly("no_memory");
    assertThat(connection.memory.usedBytes()).isEqualTo(1 << 20);
  }

  @Test
  void saysNothingFalseOfAMessageThatIsCutAnywhere() {
    for (int length = 0; length < INVITE.length; length++) {
      Datagrams cut = new Datagrams(new SipProvider(), 5060, 5060);
      byte[] part = Arrays.copyOf(INVITE, length);
      cut.recognise(part);
      cut.toServer(part);
      for (String event : cut.events()) {
        JsonNode sip = JSON.readTree(event).get("sip");
        assertThat(sip.get("method").asString()).isEqualTo("INVITE");
        assertThat("sip:bob@example.net").startsWith(sip.get("uri").asString());
      }
      SipConnection stream = new SipConnection();
      stream.data(true, part, length + 1);
      stream.close();
      assertThat(stream.report.events).isEmpty();
      assertThat(stream.memory.usedBytes()).isZero();
    }
  }

  /** RFC 3261 §19.1.1, RFC 4566 §5.12, RFC 4568 §9.1, RFC 4567 §3.1, RFC 8839 §5.4. */
  @Test
  void neverTellsPasswordsAndKeys() {
    String session =
        """
        v=0\r
        u=http://u:s3cret@a.example/\r
        k=clear:s3cret\r
        a=ice-pwd:s3cret\r
        m=audio 49170 RTP/SAVP 0\r
        k=prompt\r
        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:s3cret|2^20 UNENCRYPTED_SRTCP\r
        a=crypto:2 inline:s3cret\r
        a=CRYPTO:inline:s3cret\r
        a=key-mgmt:mikey s3cret\r
        a=ptime:20\r
        """;
    flow.toServer(
        text(
            "INVITE sip:bob:s3cret@example.net SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP a.example;branch=z9hG4bKx\r\n"
                + "To: Bob <sip:bob:s3cret@example.net>\r\nContact: sip:a:s3cret@b.example\r\n"
                + "Authorization: Digest username=\"bob\", response=\"s3cret\"\r\n"
                + "Proxy-Authorization: Basic s3cret\r\n"
                + "Content-Type: application/sdp\r\n\r\n"
                + session));
    assertThat(flow.event()).doesNotContain("s3cret");
    assertThat(sip())
        .isEqualTo(
            JSON.readTree(
                """
                {"method": "INVITE", "uri": "sip:bob@example.net", "version": "SIP/2.0",
                 "request_line": "INVITE sip:bob@example.net SIP/2.0",
                 "sdp": {"version": 0, "uri": "http://a.example/", "encryption_key": "clear",
                   "attributes": ["ice-pwd"],
                   "media_descriptions": [{"media": "audio 49170 RTP/SAVP 0",
                     "encryption_key": "prompt",
                     "attributes": ["crypto:1 AES_CM_128_HMAC_SHA1_80", "crypto:2 inline",
                       "CRYPTO:inline", "key-mgmt", "ptime:20"]}]}}
                """));
    assertThat(own().get("to").asString()).isEqualTo("Bob <sip:bob@example.net>");
    assertThat(own().get("contact").asString()).isEqualTo("sip:a@b.example");
  }
}
