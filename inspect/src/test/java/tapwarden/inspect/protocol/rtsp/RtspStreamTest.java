package tapwarden.inspect.protocol.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages as in the examples of RFC 2326 §10 and RFC 7826 §13. */
class RtspStreamTest {
  private static final String DESCRIBE =
      "DESCRIBE rtsp://server.example.com/fizzle/foo RTSP/1.0\r\n"
          + "CSeq: 312\r\nUser-Agent: PhonyClient/1.2\r\nAccept: application/sdp\r\n\r\n";
  private static final String DENIED =
      "RTSP/1.0 401 Unauthorized\r\nCSeq: 312\r\nServer: PhonyServer/1.1\r\n"
          + "WWW-Authenticate: Digest realm=\"IP Camera(C2345)\", nonce=\"12\"\r\n\r\n";
  private static final String DESCRIBED =
      "RTSP/1.0 200 OK\r\nCSeq: 313\r\nContent-Type: application/sdp\r\nContent-Length: 10\r\n\r\n"
          + "v=0\r\ns=RT\r\n";

  private final StreamMemory memory = new StreamMemory(1 << 16);
  private final RtspProtocol protocol = new RtspProtocol(memory);

  @AfterEach
  void everythingIsGivenBack() {
    assertThat(memory.usedBytes()).isZero();
  }

  private RecordingReport play(Talk talk, int chunk) {
    return talk.play(protocol.newStream(null), chunk);
  }

  private static JsonNode rtsp(RecordingReport report, int event) {
    return JsonMapper.shared().readTree(report.events.get(event)).at("/tapwarden/rtsp");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void tellsEachMessageAndItsPrograms(int chunk) {
    Talk talk =
        new Talk().client(DESCRIBE).server(DENIED).client(DESCRIBE).server(DESCRIBED + DENIED);
    RecordingReport report = play(talk, chunk);
    assertThat(report.events).hasSize(5);
    JsonNode request = rtsp(report, 0);
    assertThat(request.get("method").asString()).isEqualTo("DESCRIBE");
    assertThat(request.get("url").asString()).isEqualTo("rtsp://server.example.com/fizzle/foo");
    assertThat(request.get("version").asString()).isEqualTo("RTSP/1.0");
    assertThat(request.get("cseq").asString()).isEqualTo("312");
    assertThat(request.get("user_agent").asString()).isEqualTo("PhonyClient/1.2");
    JsonNode denied = rtsp(report, 1);
    assertThat(denied.get("status").asInt()).isEqualTo(401);
    assertThat(denied.get("server").asString()).isEqualTo("PhonyServer/1.1");
    assertThat(denied.get("realm").asString()).isEqualTo("IP Camera(C2345)");
    assertThat(rtsp(report, 3).get("content_type").asString()).isEqualTo("application/sdp");
    assertThat(rtsp(report, 4).get("status").asInt()).isEqualTo(401);
    assertThat(report.directions).containsExactly(true, false, true, false, false);
    assertThat(report.traits.toString())
        .contains("rtsp-user-agent", "PhonyClient/1.2")
        .contains("rtsp-server", "PhonyServer/1.1")
        .contains("rtsp-realm", "IP Camera(C2345)");
    assertThat(report.oddities).isEmpty();
    assertThat(report.violation).isNull();
  }

  @Test
  void tellsTraitsEvenIfNobodyWantsEvents() {
    RecordingReport report = new RecordingReport();
    report.unwanted.add("rtsp");
    new Talk().server(DENIED).play(protocol.newStream(null), 100, report);
    assertThat(report.events).isEmpty();
    assertThat(report.traits).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100_000})
  void passesOverMediaBetweenMessages(int chunk) {
    // RFC 7826 §14: $, channel 1, length 6; the media hold what looks like a message.
    String media = "$\001\000\006RTSP/1";
    Talk talk =
        new Talk().client(DESCRIBE).server(DENIED + media + media + "\r\n" + DENIED + media);
    RecordingReport report = play(talk, chunk);
    assertThat(report.events).hasSize(3);
    assertThat(report.oddities).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://admin:secret@198.51.100.7/live",
        "rtsp://admin:se@cret@198.51.100.7/live",
        "rtsp://secret@198.51.100.7/live"
      })
  void neverTellsPasswords(String url) {
    RecordingReport report =
        play(
            new Talk()
                .client(
                    "SETUP "
                        + url
                        + " RTSP/1.0\r\nCSeq: 1\r\nAuthorization: Basic c2VjcmV0\r\n\r\n"),
            100);
    assertThat(rtsp(report, 0).get("url").asString()).isEqualTo("rtsp://198.51.100.7/live");
    assertThat(report.events.getFirst()).doesNotContain("secret", "c2VjcmV0");
    assertThat(report.names).isEmpty();
    assertThat(report.addresses).containsExactly("rtsp 198.51.100.7 554");
  }

  @Test
  void namesTheHostThatAClientAsksFor() {
    RecordingReport report =
        play(
            new Talk()
                .client(DESCRIBE)
                .client("SETUP rtsps://u:p@a.example?x RTSP/2.0\r\nCSeq: 2\r\n\r\n")
                .client("SETUP rtsps://[2001:db8::1]/ RTSP/2.0\r\nCSeq: 3\r\n\r\n")
                .client("OPTIONS * RTSP/2.0\r\nCSeq: 4\r\n\r\n")
                .server("OPTIONS rtsp://b.example/ RTSP/2.0\r\nCSeq: 5\r\n\r\n"),
            100);
    assertThat(report.events).hasSize(5);
    assertThat(report.names).containsExactly("rtsp server.example.com", "rtsp a.example");
    assertThat(report.addresses).containsExactly("rtsp 2001:db8::1 322");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100_000})
  void goesOnBehindAGap(int chunk) {
    String media = "$\001\000\144" + "m".repeat(40);
    Talk inside = new Talk().server(DENIED + media).serverGap(60).server(DENIED);
    assertThat(play(inside, chunk).events).hasSize(2);
    Talk beyond =
        new Talk()
            .server(DENIED + media)
            .serverGap(61)
            .server("RTSP/1.0\nnonsense\r\n\r\nmore of it\n" + DENIED);
    RecordingReport report = play(beyond, chunk);
    assertThat(report.events).hasSize(2);
    assertThat(report.violation).isNull();
  }

  @Test
  void isCutAnywhereAndTellsNothingFalse() {
    Talk talk = new Talk().client(DESCRIBE).server(DENIED);
    List<String> all = play(talk, 100).events;
    for (int cut = 1; cut <= talk.size(); cut++) {
      List<String> events = play(talk.without(cut), 100).events;
      assertThat(all).containsAll(events);
      assertThat(events).hasSizeLessThan(2);
    }
  }

  @Test
  void saysWhatIsNoMessage() {
    RecordingReport report = play(new Talk().client("OPTIONS nothing\r\n\r\n"), 100);
    assertThat(report.violation).isEqualTo("no_rtsp");
    RecordingReport later = play(new Talk().client(DESCRIBE + "hello\r\n\r\n" + DESCRIBE), 100);
    assertThat(later.violation).isNull();
    assertThat(later.oddities).contains("unreadable");
    assertThat(later.events).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000})
  void readsNoEndlessHead(int chunk) {
    Talk talk = new Talk().client(DESCRIBE.substring(0, 60) + "x".repeat(9_000) + "\r\n\r\n");
    RecordingReport report = play(talk, chunk);
    assertThat(report.oddities).containsExactly("head_limit");
    assertThat(report.events).isEmpty();
  }

  @Test
  void writesSoManyEventsAMinute() {
    RecordingReport report =
        play(new Talk().client(DESCRIBE.repeat(RtspStream.MAX_EVENTS_A_MINUTE + 10)), 100_000);
    assertThat(report.events).hasSize(RtspStream.MAX_EVENTS_A_MINUTE);
    assertThat(report.oddities).containsExactly("event_limit");
  }

  @Test
  void isRecognisedByItsFirstLine() {
    for (String yes :
        List.of(
            DESCRIBE,
            DENIED,
            "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
            "PLAY rtsps://a",
            "PLAY_NOTIFY * RTSP/2.0\r\n")) {
      assertThat(recognise(yes)).as(yes).isEqualTo(Recognition.YES);
      for (int cut = 1; cut < 5; cut++) {
        assertThat(recognise(yes.substring(0, cut))).isEqualTo(Recognition.MORE);
      }
    }
    for (String no :
        List.of(
            "OPTIONS * HTTP/1.1\r\n",
            "OPTIONS sip:carol@chicago.com SIP/2.0\r\n",
            "OPTIONS * RTSP/1.0x\r\n",
            "OPTIONS *\001 RTSP/1.0\r\n",
            "RTSX/1.0 200 OK\r\n",
            "GET rtsp://a RTSP/1.0\r\n")) {
      assertThat(recognise(no)).as(no).isEqualTo(Recognition.NO);
    }
  }

  private Recognition recognise(String text) {
    return Talk.recognise(protocol, true, 554, text);
  }
}
