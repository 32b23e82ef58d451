package tapwarden.inspect.protocol.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TelnetReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  // Commands by RFC 854; options: ECHO 1, SUPPRESS-GO-AHEAD 3, TERMINAL-TYPE 24, NAWS 31.
  private static final String WILL = "\u00ff\u00fb";
  private static final String DO = "\u00ff\u00fd";
  private static final String WONT = "\u00ff\u00fc";
  private static final String DONT = "\u00ff\u00fe";
  private static final String SB = "\u00ff\u00fa";
  private static final String SE = "\u00ff\u00f0";

  private final TelnetProtocol protocol = new TelnetProtocol();

  private static Talk session() {
    return new Talk()
        .server(DO + "\u0018" + DO + "\u001f" + WILL + "\u0001" + WILL + "\u0003")
        .client(WILL + "\u0018" + WONT + "\u001f" + DO + "\u0001" + DONT + "\u0003")
        .server(SB + "\u0018\u0001" + SE)
        .client(SB + "\u0018\u0000xterm-\u00ff\u00ffcolor" + SE)
        .server("\u001b[2J\u001b[1;1HHUAWEI HG532e\r\n\r\nWarning: do not enter\r\n\r\nLogin:")
        .client("secretuser\r\n")
        .server("secretuser\r\nPassword: ")
        .client("topsecret\r\n")
        .server("topsecret\r\n# ");
  }

  private static JsonNode telnet(RecordingReport report) {
    assertThat(report.events).hasSize(1);
    return JSON.readTree(report.events.get(0)).at("/tapwarden/telnet");
  }

  private static String list(JsonNode node) {
    return node.toString();
  }

  @Test
  void tellsWhatWasAgreedOnAndShown() {
    RecordingReport report = session().play(new TelnetReader());
    JsonNode telnet = telnet(report);
    assertThat(list(telnet.get("client_options"))).isEqualTo("[\"terminal-type\"]");
    assertThat(list(telnet.get("server_options"))).isEqualTo("[\"echo\"]");
    assertThat(telnet.at("/terminal_type").asString()).isEqualTo("xterm-\\xffcolor");
    assertThat(telnet.at("/banner").asString())
        .isEqualTo("HUAWEI HG532e Warning: do not enter Login:");
    assertThat(telnet.at("/login_prompt").asBoolean()).isTrue();
    assertThat(telnet.at("/password_prompt").asBoolean()).isTrue();
    assertThat(report.traits)
        .containsExactly("telnet-banner SERVER HUAWEI HG532e Warning: do not enter Login:");
  }

  @Test
  void neverTellsWhatIsTyped() {
    for (int size : new int[] {1, 3, 1_000}) {
      RecordingReport report = session().play(new TelnetReader(), size);
      String all = report.events.toString() + report.traits + report.oddities;
      assertThat(all).doesNotContain("secret");
    }
    // The same where the mirror has the connection the wrong way round.
    RecordingReport turned =
        new Talk()
            .server(WILL + "\u0018" + "secretuser\r\n")
            .client("Login:secretuser\r\nPassword:")
            .play(new TelnetReader());
    assertThat(turned.events.toString() + turned.traits).doesNotContain("secret");
    assertThat(telnet(turned).at("/password_prompt").asBoolean()).isTrue();
  }

  @Test
  void tellsTheSameInAnyPieces() {
    RecordingReport whole = session().play(new TelnetReader());
    for (int size : new int[] {1, 2, 5, 13}) {
      RecordingReport pieces = session().play(new TelnetReader(), size);
      assertThat(pieces.events).isEqualTo(whole.events);
      assertThat(pieces.traits).isEqualTo(whole.traits);
    }
  }

  @Test
  void tellsNothingFalseWhereverItIsCut() {
    String banner = "HUAWEI HG532e Warning: do not enter Login:";
    for (int less = 0; less < session().size(); less++) {
      RecordingReport report = session().without(less).play(new TelnetReader());
      JsonNode telnet = telnet(report);
      assertThat(banner).startsWith(telnet.at("/banner").asString(""));
      assertThat(report.violation).isNull();
    }
  }

  @Test
  void turnsTheConnectionRoundByItsPort() {
    RecordingReport report = new RecordingReport(6, 23, 49_152);
    new Talk().client("Welcome\r\nlogin: ").server("me\r\n").play(new TelnetReader(), 99, report);
    assertThat(report.traits).containsExactly("telnet-banner CLIENT Welcome login:");
  }

  @Test
  void takesTheLastWordOnAnOption() {
    RecordingReport report =
        new Talk()
            .server(WILL + "\u0001")
            .client(DO + "\u0001" + DONT + "\u0001")
            .play(new TelnetReader());
    assertThat(telnet(report).has("server_options")).isFalse();
  }

  @Test
  void readsTheSizeOfTheWindow() {
    RecordingReport report =
        new Talk().client(SB + "\u001f\u0000\u0050\u0000\u0018" + SE).play(new TelnetReader());
    assertThat(telnet(report).at("/window/columns").asInt()).isEqualTo(80);
    assertThat(telnet(report).at("/window/rows").asInt()).isEqualTo(24);
  }

  @Test
  void findsAUserNameThatIsAnOption() {
    String environment = SB + "\u0027\u0000\u0000USER\u0001-f root" + SE;
    RecordingReport report = new Talk().client(environment).play(new TelnetReader());
    assertThat(report.oddities).containsExactly("user_is_an_option");
    assertThat(report.events.toString()).doesNotContain("root");
    String honest = SB + "\u0027\u0000\u0000USER\u0001anna" + SE;
    assertThat(new Talk().client(honest).play(new TelnetReader()).oddities).isEmpty();
  }

  @Test
  void handsOverToTlsWhenBothSidesSaySo() {
    RecordingReport report =
        new Talk()
            .server(SB + "\u002e\u0001" + SE)
            .client(SB + "\u002e\u0001" + SE + "\u0016\u0003\u0001")
            .play(new TelnetReader());
    assertThat(report.handedOver).isEqualTo(6);
  }

  @Test
  void keepsNoMoreThanItMay() {
    RecordingReport report =
        new Talk().server("x".repeat(100_000)).client("y".repeat(100_000)).play(new TelnetReader());
    assertThat(telnet(report).at("/banner").asString()).hasSize(ScreenText.MOST_BYTES);
    String endless = SB + "\u0018\u0000" + "t".repeat(70_000) + SE;
    RecordingReport terminal = new Talk().client(endless).play(new TelnetReader());
    assertThat(telnet(terminal).has("terminal_type")).isFalse();
  }

  @Test
  void leavesOutControlSequences() {
    String text = "\u001b]0;title\u0007A\u001b(B\u001b[0;1mB\u001bP1$r\u001b\\C\u007f\u0000D";
    RecordingReport report = new Talk().server(text).play(new TelnetReader());
    assertThat(telnet(report).at("/banner").asString()).isEqualTo("ABC D");
  }

  @Test
  void isRecognisedByANegotiationOnAnyPort() {
    String two = WILL + "\u0001" + DO + "\u0018";
    assertThat(recognise(true, 5_000, two)).isEqualTo(Recognition.YES);
    assertThat(recognise(false, 5_000, two)).isEqualTo(Recognition.YES);
    assertThat(recognise(false, 5_000, WILL + "\u0001")).isEqualTo(Recognition.LIKELY);
    assertThat(recognise(false, 23, WILL + "\u0001")).isEqualTo(Recognition.YES);
    assertThat(recognise(false, 5_000, WILL)).isEqualTo(Recognition.MORE);
    assertThat(recognise(false, 5_000, "\u00ff")).isEqualTo(Recognition.MORE);
  }

  @Test
  void isRecognisedByAPromptOnItsPortsOnly() {
    for (String prompt : List.of("\r\nlogin: ", "User Access\r\nUsername:", "PASSWORD : ")) {
      assertThat(recognise(false, 23, prompt)).as(prompt).isEqualTo(Recognition.LIKELY);
      assertThat(recognise(false, 2_323, prompt)).isEqualTo(Recognition.LIKELY);
      assertThat(recognise(false, 2_324, prompt)).isEqualTo(Recognition.NO);
    }
    assertThat(recognise(false, 23, "Welcome\r\n")).isEqualTo(Recognition.MORE);
    assertThat(recognise(false, 23, "Welcome\r\n" + WILL + "\u0001")).isEqualTo(Recognition.LIKELY);
  }

  @Test
  void isNotRecognisedInWhatComesNear() {
    List<String> others =
        List.of(
            "\u0000\u0000\u0000\u0001",
            "SSH-2.0-x login:\r\n",
            "HTTP/1.1 200 OK\r\nlogin:",
            "220 FTP login:",
            "+OK login:",
            "\u00ff\u00d8\u00ff\u00e0",
            "\u00ff\u00fe<\u0000",
            "\u00ff\u00fb\u0090d");
    for (String other : others) {
      assertThat(recognise(false, 23, other)).as(other).isEqualTo(Recognition.NO);
      assertThat(recognise(false, 9_999, other)).as(other).isEqualTo(Recognition.NO);
    }
    assertThat(recognise(false, 9_999, WILL + "\u0001\u0000")).isEqualTo(Recognition.NO);
  }

  private Recognition recognise(boolean toServer, int port, String text) {
    return Talk.recognise(protocol, toServer, port, text);
  }
}
