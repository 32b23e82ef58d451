package tapwarden.inspect.protocol.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.codec.ftp.FtpTransfer;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The flow of {@link RecordingReport} is between 10.0.0.1, the client, and 198.51.100.7. */
class FtpReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final FtpProtocol protocol =
      new FtpProtocol(new ProtocolContext(memory, new CounterBlock()));

  private FtpReader reader() {
    return new FtpReader(protocol);
  }

  /** What a client and vsFTPd 2.3.5 said, in part. */
  private static Talk session() {
    return new Talk()
        .server("220 (vsFTPd 2.3.5)\r\n")
        .client("USER anna\r\n")
        .server("331 Please specify the password.\r\n")
        .client("PASS opensesame\r\n")
        .server("230 Login successful.\r\n")
        .client("FEAT\r\n")
        .server("211-Features:\n MDTM\n REST STREAM\n211 End\r\n")
        .client("PORT 10,0,0,1,234,22\r\n")
        .server("200 PORT command successful. Consider using PASV.\r\n")
        .client("RETR temp.txt\r\n")
        .server("150 Opening BINARY mode data connection.\r\n226 Transfer complete.\r\n")
        .client("QUIT\r\n")
        .server("221 Goodbye.\r\n");
  }

  private static List<JsonNode> ftp(RecordingReport report) {
    List<JsonNode> events = new ArrayList<>();
    report.events.forEach(event -> events.add(JSON.readTree(event).get("ftp")));
    return events;
  }

  private static String command(JsonNode ftp) {
    return ftp.at("/command").asString("-") + " " + ftp.at("/command_data").asString("-");
  }

  @Test
  void handsTlsOverWhereTheServerIsNotSeen() {
    RecordingReport report =
        new Talk().client("AUTH TLS\r\n").client("\u0016\u0003\u0001").play(reader());
    assertThat(report.handedOver).isZero();
  }

  /** However it is cut, behind lines that were sent ahead too; but not within a line. */
  @Test
  void findsTlsWhereTheServerIsNotSeenBehindAnyLine() {
    String lines = "AUTH TLS\r\nPBSZ 0\r\n";
    for (int size : new int[] {1, 7, 1_000}) {
      String pieces = "in pieces of " + size;
      RecordingReport behind = new Talk().client(lines + "\u0016\u0003\u0001").play(reader(), size);
      assertThat(behind.handedOver).as(pieces).isGreaterThanOrEqualTo(0);
      RecordingReport within =
          new Talk().client(lines).clientGap(9).client("x\u0016\u0003\r\n").play(reader(), size);
      assertThat(within.handedOver).as(pieces).isEqualTo(-1);
    }
  }

  @Test
  void tellsEachCommandWithItsReplies() throws IOException {
    RecordingReport report = session().play(reader());
    List<JsonNode> events = ftp(report);
    assertThat(events.stream().map(FtpReaderTest::command))
        .containsExactly(
            "- -",
            "USER anna",
            "PASS -",
            "FEAT -",
            "PORT 10,0,0,1,234,22",
            "RETR temp.txt",
            "QUIT -");
    assertThat(events.get(0).get("reply").toString()).isEqualTo("[\"(vsFTPd 2.3.5)\"]");
    assertThat(events.get(3).get("reply").toString())
        .isEqualTo("[\"Features:\",\" MDTM\",\" REST STREAM\",\"End\"]");
    assertThat(events.get(3).get("completion_code").toString()).isEqualTo("[\"211\"]");
    assertThat(events.get(5).get("reply").toString())
        .isEqualTo("[\"Opening BINARY mode data connection.\",\"Transfer complete.\"]");
    assertThat(events.get(5).get("completion_code").toString()).isEqualTo("[\"150\",\"226\"]");
    assertThat(events.get(6).at("/reply_received").asString()).isEqualTo("yes");
    assertThat(report.traits).containsExactly("ftp-banner SERVER (vsFTPd 2.3.5)");
    assertThat(report.oddities).isEmpty();
    EveSchema schema = EveSchema.load();
    for (String event : report.events) {
      assertThat(schema.problems(event)).isEmpty();
    }
  }

  @Test
  void neverTellsAPassword() {
    for (int size : new int[] {1, 4, 1_000}) {
      assertThat(session().play(reader(), size).events.toString()).doesNotContain("opensesame");
    }
    RecordingReport site =
        new Talk().client("SITE PSWD old new\r\n").client("acct money\r\n").play(reader());
    assertThat(ftp(site).stream().map(FtpReaderTest::command))
        .containsExactly("SITE PSWD", "ACCT -");
  }

  @Test
  void tellsTheSameInAnyPieces() {
    RecordingReport whole = session().play(reader());
    for (int size : new int[] {1, 2, 3, 7, 50}) {
      RecordingReport pieces = session().play(reader(), size);
      assertThat(pieces.events).isEqualTo(whole.events);
      assertThat(pieces.expected).isEqualTo(whole.expected);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void tellsNothingFalseWhereverItIsCut() {
    List<String> whole =
        ftp(session().play(reader())).stream().map(FtpReaderTest::command).toList();
    for (int less = 0; less < session().size(); less++) {
      RecordingReport report = session().without(less).play(reader());
      List<String> cut = ftp(report).stream().map(FtpReaderTest::command).toList();
      assertThat(cut).as("without %d", less).isEqualTo(whole.subList(0, cut.size()));
      assertThat(report.violation).isNull();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void expectsTheServersConnectionToThePortOfPort() {
    RecordingReport report = session().play(reader());
    // 234 * 256 + 22
    assertThat(report.expected).containsExactly("ftp-data 4 a000001 59926");
    FtpTransfer transfer = (FtpTransfer) Objects.requireNonNull(report.notes.get(0));
    assertThat(transfer.command()).isEqualTo("RETR");
    assertThat(transfer.fileName()).asString().isEqualTo("temp.txt");
    JsonNode port = ftp(report).get(4);
    assertThat(port.at("/dynamic_port").asInt()).isEqualTo(59_926);
    assertThat(port.at("/mode").asString()).isEqualTo("active");
  }

  @Test
  void expectsTheClientsConnectionToThePassivePort() {
    RecordingReport report =
        new Talk()
            .client("PASV\r\n")
            .server("227 Entering Passive Mode (198,51,100,7,4,1).\r\n")
            .client("STOR a b.bin\r\n")
            .client("EPSV\r\n")
            .server("150 ok\r\n226 done\r\n229 Entering Extended Passive Mode (|||58612|)\r\n")
            .client("LIST -al /tmp\r\n")
            .play(reader());
    assertThat(report.expected)
        .containsExactly("ftp-data 4 c6336407 1025", "ftp-data 4 c6336407 58612");
    FtpTransfer stored = (FtpTransfer) Objects.requireNonNull(report.notes.get(0));
    assertThat(stored.command()).isEqualTo("STOR");
    assertThat(stored.fileName()).asString().isEqualTo("a b.bin");
    FtpTransfer listed = (FtpTransfer) Objects.requireNonNull(report.notes.get(1));
    assertThat(listed.isListing()).isTrue();
    assertThat(listed.fileName()).isEmpty();
    assertThat(ftp(report).get(0).at("/mode").asString()).isEqualTo("passive");
    assertThat(report.oddities).isEmpty();
  }

  @Test
  void findsTheTransferThatWasSentBeforeThePassiveReply() {
    RecordingReport report =
        new Talk()
            .client("PASV\r\nRETR f\r\n")
            .server("227 =198,51,100,7,0,200\r\n")
            .play(reader());
    FtpTransfer transfer = (FtpTransfer) Objects.requireNonNull(report.notes.get(0));
    assertThat(transfer.command()).isEqualTo("RETR");
  }

  @Test
  void readsTheExamplesOfExtendedAddresses() {
    // RFC 2428 §2
    RecordingReport report =
        new Talk()
            .client("EPRT |1|132.235.1.2|6275|\r\n")
            .client("EPRT |2|1080::8:800:200C:417A|5282|\r\n")
            .play(reader());
    assertThat(report.expected)
        .containsExactly("ftp-data 4 84eb0102 6275", "ftp-data 6 80800200c417a 5282");
    assertThat(report.oddities).containsExactly("port_to_other_address", "port_to_other_address");
  }

  @Test
  void findsAddressesOfOthersOdd() {
    RecordingReport bounce = new Talk().client("PORT 192,0,2,9,0,25\r\n").play(reader());
    assertThat(bounce.oddities).containsExactly("port_to_other_address", "port_below_1024");
    assertThat(bounce.expected).containsExactly("ftp-data 4 c0000209 25");
    RecordingReport inner =
        new Talk().client("PASV\r\n").server("227 ok (10,9,9,9,8,0)\r\n").play(reader());
    assertThat(inner.oddities).containsExactly("passive_to_other_address");
    assertThat(inner.expected)
        .containsExactly("ftp-data 4 c6336407 2048", "ftp-data 4 a090909 2048");
  }

  @Test
  void refusesAddressesThatAreNone() {
    RecordingReport report =
        new Talk()
            .client("PORT 10,0,0,1,256,1\r\nPORT 10,0,0,1,1\r\nPORT 10,0,0,1,0,0\r\nEPRT\r\n")
            .client("EPRT |1|10.0.0|21|\r\nEPRT |1|10.0.0.1|65536|\r\nEPRT |1|10.0.0.1|\r\n")
            .play(reader());
    assertThat(report.expected).isEmpty();
    assertThat(report.oddities).hasSize(7).containsOnly("address_malformed");
  }

  @Test
  void handsOverToTlsBehindTheReply() {
    RecordingReport report =
        new Talk()
            .server("220 FTP\r\n")
            .client("AUTH TLS\r\n")
            .server("234 go on\r\nrest")
            .play(reader());
    assertThat(report.handedOver).isEqualTo(11);
    assertThat(command(ftp(report).get(1))).isEqualTo("AUTH TLS");
    RecordingReport refused =
        new Talk().client("AUTH TLS\r\n").server("500 no\r\n").client("QUIT\r\n").play(reader());
    assertThat(refused.handedOver).isEqualTo(-1);
    assertThat(refused.events).hasSize(2);
  }

  @Test
  void cutsALongCommandAsSuricataDoes() {
    RecordingReport report =
        new Talk().client("RETR " + "x".repeat(5_000) + "\r\nQUIT\r\n").play(reader(), 999);
    List<JsonNode> events = ftp(report);
    assertThat(events.get(0).at("/command_data").asString()).hasSize(4_091);
    assertThat(events.get(0).at("/command_truncated").asBoolean()).isTrue();
    assertThat(events.get(1).at("/command_truncated").asBoolean()).isFalse();
  }

  @Test
  void boundsRepliesCommandsAndEvents() {
    RecordingReport long1 =
        new Talk()
            .client("STAT\r\n")
            .server("211-x\r\n" + "y\r\n".repeat(500) + "211 z\r\n")
            .play(reader());
    assertThat(ftp(long1).get(0).get("reply").size()).isEqualTo(FtpReplies.MOST_LINES);
    assertThat(ftp(long1).get(0).at("/reply_truncated").asBoolean()).isTrue();
    RecordingReport many = new Talk().client("NOOP\r\n".repeat(5_000)).play(reader());
    assertThat(many.events).hasSize(FtpReader.MOST_EVENTS);
    assertThat(many.oddities).contains("many_commands", "many_commands_waiting");
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void goesOnBehindAGap() {
    RecordingReport report =
        new Talk()
            .client("USER a\r\nRET")
            .clientGap(10)
            .client("ame\r\nQUIT\r\n")
            .server("331 x\r\n")
            .play(reader());
    assertThat(ftp(report).stream().map(FtpReaderTest::command))
        .containsExactly("USER a", "QUIT -");
    assertThat(ftp(report).get(0).at("/reply_received").asString()).isEqualTo("no");
    assertThat(report.oddities).isEmpty();
  }

  @Test
  void readsAConnectionThatIsTheWrongWayRound() {
    RecordingReport report =
        new Talk()
            .client("220 FTP server\r\n")
            .server("USER a\r\nPORT 198,51,100,7,9,9\r\n")
            .client("331 x\r\n")
            .play(reader());
    assertThat(report.traits).containsExactly("ftp-banner CLIENT FTP server");
    assertThat(report.expected).containsExactly("ftp-data 4 c6336407 2313");
    assertThat(report.oddities).isEmpty();
  }

  @Test
  void givesUpWhatIsMailOrNoText() {
    assertThat(new Talk().server("220 x\r\n").client("EHLO a\r\n").play(reader()).violation)
        .isEqualTo("mail_command");
    assertThat(new Talk().client("\u0001\u0002\n".repeat(8)).play(reader()).violation)
        .isEqualTo("command_malformed");
    assertThat(new Talk().server("hello\r\n".repeat(8)).play(reader()).violation)
        .isEqualTo("reply_malformed");
  }

  @Test
  void goesOnWithoutMemory() {
    assertThat(memory.take(1 << 20)).isTrue();
    List<JsonNode> events = ftp(session().play(reader()));
    assertThat(command(events.get(1))).isEqualTo("USER -");
    assertThat(events.get(1).at("/command_truncated").asBoolean()).isTrue();
    assertThat(memory.usedBytes()).isEqualTo(1 << 20);
  }

  @Test
  void isRecognisedByAGreetingThatNamesIt() {
    for (int port : new int[] {21, 2_121}) {
      assertThat(recognise(false, port, "220 (vsFTPd 3.0.3)\r\n")).isEqualTo(Recognition.YES);
      assertThat(recognise(false, port, "220-Welcome\r\n220 ftp ready\r\n"))
          .isEqualTo(Recognition.YES);
      assertThat(recognise(false, port, "220 mail FTP server\r\n")).isEqualTo(Recognition.YES);
      assertThat(recognise(false, port, "220 ftp.example.org")).isEqualTo(Recognition.MORE);
      assertThat(recognise(false, port, "22")).isEqualTo(Recognition.MORE);
      assertThat(recognise(true, port, "auth tls\r\n")).isEqualTo(Recognition.YES);
      assertThat(recognise(true, port, "USER anna\r\n")).isEqualTo(Recognition.LIKELY);
      assertThat(recognise(true, port, "USE")).isEqualTo(Recognition.MORE);
    }
    assertThat(recognise(false, 21, "220 Welcome\r\n")).isEqualTo(Recognition.LIKELY);
    assertThat(recognise(false, 2_121, "220 Welcome\r\n")).isEqualTo(Recognition.MORE);
    assertThat(recognise(false, 21, "226 Transfer complete\r\n")).isEqualTo(Recognition.LIKELY);
  }

  @Test
  void isNotRecognisedInWhatComesNear() {
    List<String> others =
        List.of(
            "220 mail.example.org ESMTP Postfix\r\n",
            "220 ftp.example.org ESMTP\r\n",
            "EHLO me\r\n",
            "GET / HTTP/1.1\r\n",
            "HTTP/1.1 200 OK\r\n",
            "220/x\r\n",
            "+OK ready\r\n",
            "SSH-2.0-x\r\n",
            "\u0016\u0003\u0001\u0002\u0000",
            "220 \u0000\u0001\r\n");
    for (String other : others) {
      for (int port : new int[] {21, 25, 8_080}) {
        assertThat(recognise(true, port, other)).as(other).isEqualTo(Recognition.NO);
        assertThat(recognise(false, port, other)).as(other).isEqualTo(Recognition.NO);
      }
    }
    assertThat(recognise(true, 6_667, "USER a b c :d\r\n")).isEqualTo(Recognition.NO);
    assertThat(recognise(false, 8_080, "200 OK\r\n")).isEqualTo(Recognition.NO);
  }

  private Recognition recognise(boolean toServer, int port, String text) {
    return Talk.recognise(protocol, toServer, port, text);
  }

  /** RFC 959 §4.2: a 500 may repeat a line, and it is the server that decides which it knows. */
  @Test
  void neverTellsAPasswordThatIsRejected() {
    Talk talk =
        new Talk()
            .server("220 FTP\r\n")
            .client("USER bob\r\n")
            .server("331 Password required for bob.\r\n")
            .client(" PASS s3cret\r\n")
            .server("500 bad command \" PASS s3cret\"\r\n")
            .client("xpass s3cret\r\n")
            .server("500-'xpass s3cret':\r\n  xpass s3cret\r\n500 'xpass s3cret' unknown\r\n")
            .client("QUOTE PASS s3cret\r\n")
            .server("202 PASS s3cret is superfluous\r\n")
            .client("SITE EXEC PASSWD s3cret\r\n")
            .server("500 SITE\tPASSWD\ts3cret not understood\r\n")
            .client("PASS\ts3cret\r\n")
            .server("530 Login with USER and PASS.\r\n")
            .client("RETR my pass list.txt\r\n")
            .server("150 Here comes compass rose.txt\r\n226 Done\r\n");
    for (int size : new int[] {1, 7, 1_000}) {
      RecordingReport report = talk.play(reader(), size);
      assertThat(report.events.toString()).doesNotContain("s3cret");
      assertThat(report.events.toString())
          .contains("Password required for bob.", "bad command", "Login with USER and PASS.")
          .contains("my pass list.txt", "Here comes compass rose.txt", "EXEC PASSWD");
    }
  }
}
