package tapwarden.inspect.protocol.socks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SocksReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NAME = "0B" + HexFormat.of().formatHex("example.org".getBytes());

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final SocksProtocol protocol = new SocksProtocol(memory);

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  /** User name and password (RFC 1929), a name to connect to, and what is said behind the reply. */
  private static Talk session() {
    return new Talk()
        .client(hex("05 02 00 02"))
        .server(hex("05 02"))
        .client(hex("01 03 626F62 06 733363723374"))
        .server(hex("01 00"))
        .client(hex("05 01 00 03" + NAME + "01BB"))
        .server(hex("05 00 00 01 0A000001 C350"))
        .client(hex("16 03 01"))
        .server(hex("16 03 03"));
  }

  private RecordingReport play(Talk talk, int chunk) {
    RecordingReport report = talk.play(protocol.newStream(null), chunk);
    assertThat(memory.usedBytes()).isZero();
    return report;
  }

  private JsonNode event(Talk talk) {
    List<String> events = play(talk, Integer.MAX_VALUE).events;
    assertThat(events).hasSize(1);
    return JSON.readTree(events.get(0)).at("/tapwarden/socks");
  }

  @Test
  void tellsWhereAClientWantsToGoAndWhoItSaysItIs() {
    RecordingReport report = play(session(), Integer.MAX_VALUE);
    assertThat(JSON.readTree(report.events.get(0)).at("/tapwarden/socks"))
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 5, "method": "user_password", "user_name": "bob", "password": true,
                 "command": "connect", "destination": {"name": "example.org", "port": 443},
                 "reply": "granted", "reply_code": 0, "bound": {"ip": "10.0.0.1", "port": 50000}}
                """));
    assertThat(report.events).hasSize(1).noneMatch(event -> event.contains("s3cr3t"));
    assertThat(report.names).containsExactly("other example.org");
    assertThat(report.handedOver).isEqualTo(10);
  }

  @Test
  void goesOnBehindTheRequestWhereTheProxyIsNotSeen() {
    Talk half =
        new Talk()
            .client(hex("05 01 00"))
            .client(hex("05 01 00 01 C0000207 01BB"))
            .client(hex("16 03 01"));
    RecordingReport report = play(half, Integer.MAX_VALUE);
    assertThat(report.events).hasSize(1);
    assertThat(report.handedOver).isZero();
  }

  /** RFC 1928 does not forbid to say more before the reply: it waits at the proxy. */
  @Test
  void whatAClientSaysBeforeTheReplyFollowsIt() {
    Talk hasty =
        new Talk()
            .client(hex("05 01 00 05 01 00 01 C0000207 01BB 16 03"))
            .client(hex("01 00 C4"))
            .server(hex("05 00 05 00 00 01 0A000001 C350"))
            .server(hex("16 03 03"));
    for (int chunk : new int[] {1, 2, 7, 1_000}) {
      RecordingReport report =
          hasty.play(protocol.newStream(null), chunk, new RecordingReport(6, 49_152, 1_080, 0x12));
      assertThat(memory.usedBytes()).isZero();
      assertThat(report.handedOver).isPositive();
      assertThat(report.isAheadToServer).isTrue();
      assertThat(report.handedAhead).isEqualTo(hex("16 03 01 00 C4"));
      assertThat(report.events).hasSize(1);
    }
  }

  /** A proxy may refuse aloud and connect all the same; and the reply may not be in the capture. */
  @Test
  void whatAClientSaysBeforeTheReplyIsLookedAtHoweverItEnds() {
    Talk asked = new Talk().client(hex("05 01 00 05 01 00 01 C0000207 01BB 16 03 01"));
    Talk refused =
        new Talk()
            .client(hex("05 01 00 05 01 00 01 C0000207 01BB 16 03 01"))
            .server(hex("05 00 05 02 00 01 0A000001 C350"));
    Talk lost = new Talk().client(hex("05 01 00 05 01 00 01 C0000207 01BB 16 03 01")).serverGap(12);
    for (Talk talk : List.of(asked, refused, lost)) {
      RecordingReport report =
          talk.play(protocol.newStream(null), 100, new RecordingReport(6, 49_152, 1_080, 0x12));
      assertThat(report.handedOver).isNotNegative();
      assertThat(report.handedAhead).isEqualTo(hex("16 03 01"));
      assertThat(report.events).hasSize(1);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void moreThanIsWaitedForIsHandedOverAtOnce() {
    byte[] much = new byte[SocksReader.MOST_AHEAD + 1];
    Talk talk = new Talk().client(hex("05 01 00 05 01 00 01 C0000207 01BB")).client(much);
    RecordingReport report =
        talk.play(protocol.newStream(null), 100, new RecordingReport(6, 49_152, 1_080, 0x12));
    assertThat(report.handedOver).isZero();
    assertThat(report.handedAhead).hasSize(much.length / 100 * 100);
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void readsTheSameOutOfPiecesOfAnySize() {
    List<String> whole = play(session(), Integer.MAX_VALUE).events;
    for (int size = 1; size < 16; size++) {
      RecordingReport report = play(session(), size);
      assertThat(report.events).isEqualTo(whole);
      assertThat(report.handedOver).isPositive();
    }
  }

  @Test
  void claimsNothingOfWhatIsCut() {
    List<String> whole = play(session(), Integer.MAX_VALUE).events;
    int granted = 6; // What is said behind the reply.
    for (int cut = 1; cut <= session().size(); cut++) {
      RecordingReport report = play(session().without(cut), 5);
      assertThat(report.violation).isNull();
      assertThat(report.events.equals(whole)).isEqualTo(cut <= granted);
      assertThat(report.handedOver >= 0).isEqualTo(cut <= granted);
    }
  }

  @Test
  void readsAddressesOfBothVersionsOfIp() {
    JsonNode socks =
        event(
            new Talk()
                .client(hex("05 01 00"))
                .server(hex("05 00"))
                .client(hex("05 01 00 04 20010DB8000000000000000000000001 0050"))
                .server(hex("05 05 00 01 00000000 0000")));
    assertThat(socks.at("/destination/ip").asString())
        .isEqualTo("2001:0db8:0000:0000:0000:0000:0000:0001");
    assertThat(socks.at("/method").asString()).isEqualTo("none");
    assertThat(socks.at("/reply").asString()).isEqualTo("refused");
  }

  @Test
  void readsTheFirstVersionWithAnAddressOrAName() {
    Talk first =
        new Talk()
            .client(hex("04 01 0050 42660763 46726564 00"))
            .server(hex("00 5A 0050 42660763"))
            .client("GET / HTTP/1.0\r\n");
    RecordingReport report = play(first, Integer.MAX_VALUE);
    assertThat(JSON.readTree(report.events.get(0)).at("/tapwarden/socks"))
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 4, "user_name": "Fred", "password": false, "command": "connect",
                 "destination": {"ip": "66.102.7.99", "port": 80}, "reply": "granted",
                 "reply_code": 90, "bound": {"ip": "66.102.7.99", "port": 80}}
                """));
    assertThat(report.handedOver).isEqualTo(8);
    assertThat(report.names).isEmpty();
    assertThat(report.addresses).containsExactly("other 66.102.7.99 80");
    Talk named =
        new Talk()
            .client(hex("04 01 0050 00000001 00" + NAME.substring(2) + "00"))
            .server(hex("00 5B 0000 00000000"));
    report = play(named, 1);
    assertThat(report.names).containsExactly("other example.org");
    assertThat(report.handedOver).isEqualTo(-1);
    assertThat(report.events.get(0)).contains("\"reply\":\"rejected\"");
  }

  @Test
  void takesNoWrittenAddressForAName() {
    String address = "09" + HexFormat.of().formatHex("192.0.2.7".getBytes());
    Talk talk =
        new Talk()
            .client(hex("05 01 00"))
            .server(hex("05 00"))
            .client(hex("05 01 00 03" + address + "0050"));
    RecordingReport report = play(talk, 3);
    assertThat(report.names).isEmpty();
    assertThat(report.addresses).containsExactly("other 192.0.2.7 80");
    assertThat(report.events.get(0)).contains("192.0.2.7");
  }

  @Test
  void waitsForTheSecondReplyOfABind() {
    Talk talk =
        new Talk()
            .client(hex("05 01 00"))
            .server(hex("05 00"))
            .client(hex("05 02 00 01 C6336407 0000"))
            .server(hex("05 00 00 01 0A000001 1F90"));
    RecordingReport report = play(talk, Integer.MAX_VALUE);
    assertThat(report.events).hasSize(1);
    assertThat(report.handedOver).isEqualTo(-1);
    report = play(talk.server(hex("05 00 00 01 C6336407 0019")), Integer.MAX_VALUE);
    assertThat(report.events).hasSize(1);
    assertThat(report.handedOver).isEqualTo(10);
  }

  @Test
  void expectsTheDatagramsThatWereGranted() {
    Talk talk =
        new Talk()
            .client(hex("05 01 00"))
            .server(hex("05 00"))
            .client(hex("05 03 00 01 00000000 0000"))
            .server(hex("05 00 00 01 0A000009 C351"));
    RecordingReport report = play(talk, 4);
    assertThat(report.expected).containsExactly("socks 4 a000009 50001");
    assertThat(report.handedOver).isEqualTo(-1);
    assertThat(protocol.newDatagrams(report.notes.get(0))).isNotNull();
    assertThat(protocol.newDatagrams(null)).isNull();
    Talk elsewhere =
        new Talk()
            .client(hex("05 01 00"))
            .server(hex("05 00"))
            .client(hex("05 03 00 01 00000000 0000"))
            .server(hex("05 00 00 01 00000000 C351"));
    // The flow's server, 198.51.100.7.
    assertThat(play(elsewhere, 4).expected).containsExactly("socks 4 c6336407 50001");
  }

  @Test
  void tellsOfEarlyDataThatTheyAreLost() {
    Talk talk =
        new Talk()
            .client(hex("05 01 00 05 01 00 01 C6336407 0050 474554"))
            .server(hex("05 00 05 00 00 01 00000000 0000"));
    RecordingReport bothSides = new RecordingReport(6, 49_152, 1_080, 0x10);
    RecordingReport report = talk.play(protocol.newStream(null), Integer.MAX_VALUE, bothSides);
    assertThat(report.oddities).containsExactly("socks_early_data");
    assertThat(report.events).hasSize(1);
  }

  @Test
  void readsNoFurtherThanAMethodOfItsOwnForm() {
    JsonNode socks =
        event(
            new Talk()
                .client(hex("05 02 01 02"))
                .server(hex("05 01"))
                .client(hex("01 01 0001 FF")));
    assertThat(socks.at("/method").asString()).isEqualTo("gssapi");
    assertThat(socks.has("command")).isFalse();
    socks = event(new Talk().client(hex("05 01 00")).server(hex("05 FF")));
    assertThat(socks.at("/method").asString()).isEqualTo("none_acceptable");
  }

  @Test
  void refusesWhatIsNoMessage() {
    Talk wrong = new Talk().client(hex("05 01 00")).server(hex("05 00")).client(hex("47 45 54"));
    assertThat(play(wrong, 1).violation).isEqualTo("socks_message");
    Talk type =
        new Talk().client(hex("05 01 00")).server(hex("05 00")).client(hex("05 01 00 07 0000"));
    assertThat(play(type, 1).violation).isEqualTo("socks_message");
    Talk endless = new Talk().client(hex("04 01 0050 42660763" + "41".repeat(600)));
    assertThat(play(endless, 7).violation).isEqualTo("socks_message");
  }

  @Test
  void endsAtAGapAndWithoutMemory() {
    RecordingReport report =
        play(new Talk().client(hex("05 01 00")).server(hex("05 00")).clientGap(4), 1);
    assertThat(report.events).hasSize(1);
    SocksReader poor = (SocksReader) new SocksProtocol(new StreamMemory(0)).newStream(null);
    assertThat(session().play(poor, 1).oddities).containsExactly("socks_no_memory");
  }

  @Test
  void isRecognisedByEveryByteOfTheFirstMessage() {
    assertThat(recognise("05 01 00")).isEqualTo(Recognition.YES);
    assertThat(recognise("05 03 00 01 02")).isEqualTo(Recognition.YES);
    assertThat(recognise("05 03 00 01")).isEqualTo(Recognition.MORE);
    assertThat(recognise("05 01 00 05 01 00 01 C6336407 0050")).isEqualTo(Recognition.YES);
    assertThat(recognise("05 01 00 06")).isEqualTo(Recognition.NO);
    assertThat(recognise("05 02 00 00")).isEqualTo(Recognition.NO);
    assertThat(recognise("05 01 7F")).isEqualTo(Recognition.NO);
    assertThat(recognise("05 00")).isEqualTo(Recognition.NO);
    assertThat(recognise("04 01 0050 42660763 46726564 00")).isEqualTo(Recognition.YES);
    assertThat(recognise("04 01 0050 42660763 46726564")).isEqualTo(Recognition.MORE);
    assertThat(recognise("04 01 0050 00000001 00" + NAME.substring(2) + "00"))
        .isEqualTo(Recognition.YES);
    assertThat(recognise("04 01 0050 42660763 46726564 00 00")).isEqualTo(Recognition.NO);
    assertThat(recognise("04 03 0050 42660763 00")).isEqualTo(Recognition.NO);
    assertThat(recognise("04 01 0000 42660763 00")).isEqualTo(Recognition.NO);
    assertThat(recognise("04 01 0050 E0000001 00")).isEqualTo(Recognition.NO);
  }

  private Recognition recognise(String bytes) {
    return Talk.recognise(protocol, true, 1_080, hex(bytes));
  }
}
