package tapwarden.inspect.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class Http2ReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String[] REQUEST = {
    ":method=GET",
    ":scheme=http",
    ":path=/a?b=c",
    ":authority=www.example.org:8080",
    "user-agent=probe/1.0",
    "referer=http://example.net/",
    "cookie=x"
  };

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final Http2Protocol protocol = new Http2Protocol(memory);

  private RecordingReport play(Talk talk, int chunk) {
    RecordingReport report = talk.play(protocol.newStream(null), chunk);
    assertThat(memory.usedBytes()).isZero();
    return report;
  }

  private List<JsonNode> events(Talk talk) {
    RecordingReport report = play(talk, Integer.MAX_VALUE);
    assertThat(report.violation).isNull();
    return report.events.stream().map(event -> JSON.readTree(event)).toList();
  }

  private static Talk session() {
    return new Talk()
        .client(Frames.preface().headers(1, REQUEST).bytes())
        .server(
            Frames.settings()
                .headers(1, ":status=100")
                .headers(1, ":status=200", "content-type=text/html", "server=httpd")
                .data(1, 700)
                .headers(1, "x-checksum=7")
                .bytes())
        .client(
            new Frames()
                .headers(
                    3,
                    ":method=POST",
                    ":path=/p.S/M",
                    ":authority=a.example",
                    "content-type=application/grpc+proto")
                .data(3, 50)
                .headers(5, ":method=GET", ":path=/slow", ":authority=a.example")
                .frame(3, 0, 5, new byte[] {0, 0, 0, 8})
                .headers(7, ":method=GET", ":path=/never", "host=b.example")
                .bytes())
        .server(new Frames().headers(3, ":status=200", "content-type=application/grpc").bytes());
  }

  @Test
  void tellsOfRequestAndResponse() {
    assertThat(events(session()).get(0))
        .isEqualTo(
            JSON.readTree(
                """
                {"timestamp": "2023-11-14T22:13:20.000000+0000", "event_type": "http", "tx_id": 0,
                 "http": {"hostname": "www.example.org", "http_port": 8080, "url": "/a?b=c",
                 "http_user_agent": "probe/1.0", "http_refer": "http://example.net/",
                 "http_method": "GET", "http_content_type": "text/html", "status": 200,
                 "version": "2", "http2": {"stream_id": 1}}}
                """));
    RecordingReport report = play(session(), Integer.MAX_VALUE);
    assertThat(report.names)
        .containsExactly(
            "http www.example.org", "http a.example", "http a.example", "http b.example");
    assertThat(report.traits)
        .containsExactly("http-user-agent CLIENT probe/1.0", "http-server SERVER httpd");
  }

  @Test
  void tellsOfResetsOfGrpcAndOfWhatIsNeverAnswered() {
    List<JsonNode> events = events(session());
    assertThat(events).hasSize(4);
    assertThat(events.get(1).at("/http/http2/request/error_code").asString()).isEqualTo("CANCEL");
    assertThat(events.get(1).at("/http/url").asString()).isEqualTo("/slow");
    assertThat(events.get(2).at("/tapwarden/http2/grpc").asBoolean()).isTrue();
    assertThat(events.get(2).at("/http/url").asString()).isEqualTo("/p.S/M");
    assertThat(events.get(3).at("/http/hostname").asString()).isEqualTo("b.example");
    assertThat(events.get(3).at("/http").has("status")).isFalse();
    assertThat(events.get(0).has("tapwarden")).isFalse();
  }

  @Test
  void readsTheSameOutOfPiecesOfAnySize() {
    RecordingReport whole = play(session(), Integer.MAX_VALUE);
    for (int size = 1; size < 60; size++) {
      RecordingReport report = play(session(), size);
      assertThat(report.events).isEqualTo(whole.events);
      assertThat(report.names).isEqualTo(whole.names);
    }
  }

  @Test
  void claimsNothingOfWhatIsCut() {
    RecordingReport whole = play(session(), Integer.MAX_VALUE);
    for (int cut = 1; cut <= session().size(); cut++) {
      RecordingReport report = play(session().without(cut), 11);
      assertThat(report.violation).isNull();
      assertThat(whole.names).containsAll(report.names);
      assertThat(whole.traits).containsAll(report.traits);
    }
  }

  @Test
  void fitsThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    for (String event : play(session(), 3).events) {
      if (!event.contains("\"tapwarden\"")) {
        assertThat(schema.problems(event)).as(event).isEmpty();
      }
    }
  }

  @Test
  void putsABlockTogetherThatIsPaddedAndSpreadOverFrames() {
    byte[] block = Frames.block(REQUEST);
    byte[] padded = new byte[1 + 5 + 20 + 7];
    padded[0] = 7;
    System.arraycopy(block, 0, padded, 6, 20);
    Frames frames =
        Frames.preface()
            .frame(1, 0x28, 1, padded)
            .frame(9, 0, 1, Arrays.copyOfRange(block, 20, 21))
            .frame(9, 0, 1, new byte[0])
            .frame(9, 4, 1, Arrays.copyOfRange(block, 21, block.length));
    for (int size : new int[] {1, 7, 1_000}) {
      RecordingReport report = play(new Talk().client(frames.bytes()), size);
      assertThat(report.names).containsExactly("http www.example.org");
      assertThat(report.events).hasSize(1);
    }
  }

  @Test
  void takesAPromisedRequestFromTheServer() {
    byte[] block = Frames.block(":method=GET", ":path=/style.css", ":authority=www.example.org");
    byte[] promise = new byte[4 + block.length];
    promise[3] = 2;
    System.arraycopy(block, 0, promise, 4, block.length);
    List<JsonNode> events =
        events(
            new Talk()
                .client(Frames.preface().headers(1, REQUEST).bytes())
                .server(
                    Frames.settings().frame(5, 4, 1, promise).headers(2, ":status=200").bytes()));
    assertThat(events.get(0).at("/http/url").asString()).isEqualTo("/style.css");
    assertThat(events.get(0).at("/http/http2/stream_id").asInt()).isEqualTo(2);
  }

  @Test
  void readsAServerAloneAsBehindAnUpgrade() {
    List<JsonNode> events =
        events(new Talk().server(Frames.settings().headers(1, ":status=404").bytes()));
    assertThat(events.get(0).at("/http"))
        .isEqualTo(
            JSON.readTree("{\"status\": 404, \"version\": \"2\", \"http2\": {\"stream_id\": 1}}"));
  }

  @Test
  void tellsTheOldestRequestWhenTooManyWait() {
    Frames frames = Frames.preface();
    for (int i = 0; i < Http2Streams.MOST + 10; i++) {
      frames.headers(2 * i + 1, ":method=GET", ":path=/" + i);
    }
    RecordingReport report = play(new Talk().client(frames.bytes()), 100);
    assertThat(report.events).hasSize(Http2Streams.MOST + 10);
    assertThat(report.oddities).containsExactly("http2_more_streams");
    assertThat(report.events.get(10)).contains("\"url\":\"/10\"");
  }

  @Test
  void stopsAtAsManyEventsAsOneConnectionMayHaveButNotWithNames() {
    Frames frames = Frames.preface();
    int requests = Http2Reader.MOST_EVENTS_A_MINUTE + 500;
    for (int i = 0; i < requests; i++) {
      frames.headers(2 * i + 1, ":method=GET", ":authority=a" + i + ".example");
    }
    RecordingReport report = play(new Talk().client(frames.bytes()), 10_000);
    assertThat(report.events).hasSize(Http2Reader.MOST_EVENTS_A_MINUTE);
    assertThat(report.names).hasSize(requests);
    assertThat(report.oddities).containsExactly("http2_more_streams", "event_limit");
  }

  @Test
  void givesUpOnAFloodOfContinuations() {
    Frames frames = Frames.preface().frame(1, 0, 1, new byte[] {(byte) 0x82});
    for (int i = 0; i <= Http2Side.MOST_CONTINUATIONS; i++) {
      frames.frame(9, 0, 1, new byte[0]);
    }
    frames.headers(1, REQUEST);
    RecordingReport report = play(new Talk().client(frames.bytes()), 64);
    assertThat(report.oddities).containsExactly("http2_continuations");
    assertThat(report.events).isEmpty();
    Frames heavy = Frames.preface().frame(1, 0, 1, new byte[16_000]);
    for (int i = 0; i < 5; i++) {
      heavy.frame(9, 0, 1, new byte[16_000]);
    }
    report = play(new Talk().client(heavy.bytes()), 1_460);
    assertThat(report.oddities).containsExactly("http2_long_headers");
  }

  @Test
  void saysWhyHeadersCannotBeRead() {
    byte[] unknown = {(byte) 0xFF, 0};
    RecordingReport report =
        play(
            new Talk().client(Frames.preface().frame(1, 4, 1, unknown).headers(3, REQUEST).bytes()),
            9);
    assertThat(report.oddities).containsExactly("hpack_index");
    assertThat(report.events).isEmpty();
  }

  @Test
  void refusesWhatBreaksTheRulesOfFrames() {
    assertThat(violation(new Frames().headers(1, REQUEST))).isEqualTo("http2_no_settings");
    assertThat(violation(Frames.preface().frame(9, 4, 1, new byte[1])))
        .isEqualTo("http2_continuation");
    assertThat(violation(Frames.preface().frame(1, 0, 1, new byte[1]).frame(0, 0, 1, new byte[1])))
        .isEqualTo("http2_continuation");
    assertThat(violation(Frames.preface().frame(1, 0, 1, new byte[1]).frame(9, 4, 3, new byte[1])))
        .isEqualTo("http2_continuation");
    assertThat(violation(Frames.preface().frame(1, 4, 0, new byte[1]))).isEqualTo("http2_stream");
    assertThat(violation(Frames.preface().frame(4, 0, 0, new byte[5]))).isEqualTo("http2_settings");
    assertThat(violation(Frames.preface().frame(3, 0, 1, new byte[5]))).isEqualTo("http2_reset");
    assertThat(violation(Frames.preface().frame(1, 0x0C, 1, new byte[] {9, 1, 2})))
        .isEqualTo("http2_padding");
    assertThat(play(new Talk().client("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"), 5).violation)
        .isEqualTo("http2_preface");
  }

  private String violation(Frames frames) {
    String once = play(new Talk().client(frames.bytes()), Integer.MAX_VALUE).violation;
    assertThat(play(new Talk().client(frames.bytes()), 1).violation).isEqualTo(once);
    return String.valueOf(once);
  }

  @Test
  void letsADirectionGoAtAGap() {
    Talk talk =
        new Talk()
            .client(Frames.preface().headers(1, REQUEST).bytes())
            .clientGap(100)
            .client(new Frames().headers(3, REQUEST).bytes())
            .server(Frames.settings().headers(1, ":status=200").bytes());
    assertThat(events(talk))
        .singleElement()
        .satisfies(event -> assertThat(event.at("/http/status").asInt()).isEqualTo(200));
  }

  @Test
  void keepsPathsAndValuesNoLongerThanTheirLimits() {
    Frames frames =
        Frames.preface()
            .headers(
                1, ":method=GET", ":path=/" + "p".repeat(9_000), "user-agent=" + "u".repeat(3_000));
    JsonNode http = events(new Talk().client(frames.bytes())).get(0).at("/http");
    assertThat(http.get("url").asString()).hasSize(Http2Head.MOST_PATH);
    assertThat(http.get("http_user_agent").asString()).hasSize(Http2Head.MOST_VALUE);
  }

  @Test
  void takesAHostOutOfAnAuthority() {
    assertThat(host("user:secret@www.example.org:81")).isEqualTo("www.example.org 81");
    assertThat(host("[2001:db8::1]:443")).isEqualTo("[2001:db8::1] 443");
    assertThat(host("[2001:db8::1]")).isEqualTo("[2001:db8::1] none");
    assertThat(host("www.example.org:")).isEqualTo("www.example.org none");
    assertThat(host("www.example.org:99999999")).isEqualTo("www.example.org none");
  }

  private String host(String authority) {
    Frames frames = Frames.preface().headers(1, ":method=GET", ":authority=" + authority);
    JsonNode http = events(new Talk().client(frames.bytes())).get(0).at("/http");
    JsonNode port = http.at("/http_port");
    return http.get("hostname").asString() + " " + (port.isMissingNode() ? "none" : port.asInt());
  }

  @Test
  void isRecognisedByThePrefaceOrTheServersSettings() {
    byte[] preface = Frames.preface().bytes();
    for (int i = 1; i < 24; i++) {
      assertThat(Talk.recognise(protocol, true, 9_999, Arrays.copyOf(preface, i)))
          .isEqualTo(Recognition.MORE);
    }
    assertThat(Talk.recognise(protocol, true, 9_999, preface)).isEqualTo(Recognition.YES);
    assertThat(Talk.recognise(protocol, true, 80, "PUT / HTTP/1.1\r\n")).isEqualTo(Recognition.NO);
    byte[] settings = Frames.settings().bytes();
    for (int i = 1; i < 11; i++) {
      assertThat(Talk.recognise(protocol, false, 80, Arrays.copyOf(settings, i)))
          .isEqualTo(Recognition.MORE);
    }
    assertThat(Talk.recognise(protocol, false, 80, settings)).isEqualTo(Recognition.YES);
    assertThat(Talk.recognise(protocol, true, 80, settings)).isEqualTo(Recognition.NO);
    byte[] empty = HexFormat.of().parseHex("000000040000000000");
    assertThat(Talk.recognise(protocol, false, 80, empty)).isEqualTo(Recognition.YES);
    byte[] odd = HexFormat.of().parseHex("000005040000000000");
    assertThat(Talk.recognise(protocol, false, 80, odd)).isEqualTo(Recognition.NO);
    byte[] smb = HexFormat.of().parseHex("0000006afe534d4240000000");
    assertThat(Talk.recognise(protocol, false, 445, smb)).isEqualTo(Recognition.NO);
  }

  @Test
  void neverTellsPasswordsInAddresses() {
    Talk talk =
        new Talk()
            .client(
                Frames.preface()
                    .headers(
                        1,
                        ":method=GET",
                        ":path=http://u:s3cret@a.example/x",
                        ":authority=u:s3cret@a.example",
                        "referer=http://u:s3cret@b.example/")
                    .bytes())
            .server(
                Frames.settings()
                    .headers(1, ":status=302", "location=http://u:s3cret@c.example/")
                    .data(1, 0)
                    .bytes());
    JsonNode http = events(talk).getFirst().get("http");
    assertThat(http.toString()).doesNotContain("s3cret");
    assertThat(http.get("url").asString()).isEqualTo("http://a.example/x");
    assertThat(http.get("http_refer").asString()).isEqualTo("http://b.example/");
    assertThat(http.get("redirect").asString()).isEqualTo("http://c.example/");
  }
}
