package tapwarden.inspect.protocol.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.codec.mail.MailFacts;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SmtpReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String HEAD =
      "From: alice <alice@example.com>\r\nTo: bob@example.com,\r\n carol@example.com\r\n"
          + "Subject: first\r\nMIME-Version: 1.0\r\n"
          + "Content-Type: multipart/mixed; boundary=b\r\n\r\n";

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final SmtpProtocol protocol =
      new SmtpProtocol(new ProtocolContext(memory, new CounterBlock()));

  private SmtpReader reader() {
    return new SmtpReader(protocol);
  }

  private static Talk greeted() {
    return new Talk()
        .server("220 mail.example.com ESMTP Postfix\r\n")
        .client("EHLO client.example.com\r\n")
        .server("250-mail.example.com\r\n250-PIPELINING\r\n250 CHUNKING\r\n");
  }

  private static Talk session() {
    return greeted()
        .client("MAIL FROM:<alice@example.com> SIZE=1000\r\n")
        .server("250 2.1.0 Ok\r\n")
        .client("rcpt to: <bob@example.com>\r\nRCPT TO:<\"c d\"@example.com>\r\nDATA\r\n")
        .server("250 Ok\r\n250 Ok\r\n354 End data with <CR><LF>.<CR><LF>\r\n")
        .client(HEAD)
        .client("--b\r\n\r\n..MAIL FROM:<no@example.com>\r\n--b\r\n")
        .client("Content-Disposition: attachment; filename=a.exe\r\n\r\nTVqQ\r\n--b--\r\n.\r\n")
        .server("250 queued\r\n")
        .client("QUIT\r\n")
        .server("221 Bye\r\n");
  }

  private static List<JsonNode> events(RecordingReport report) {
    List<JsonNode> events = new ArrayList<>();
    report.events.forEach(event -> events.add(JSON.readTree(event)));
    return events;
  }

  /** Sender, recipients and status of each event. */
  private static List<String> mails(RecordingReport report) {
    return events(report).stream()
        .map(event ->
            event.at("/smtp/mail_from").asString("-")
                + " "
                + (event.at("/smtp/rcpt_to").isMissingNode()
                    ? "-"
                    : event.at("/smtp/rcpt_to").toString())
                + " "
                + event.at("/email/status").asString("-"))
        .toList();
  }

  @Test
  void tellsTheEnvelopeAndTheHead() throws IOException {
    RecordingReport report = session().play(reader());
    assertThat(report.events).hasSize(1);
    JsonNode event = events(report).get(0);
    assertThat(event.get("smtp").toString())
        .isEqualTo(
            "{\"helo\":\"client.example.com\",\"mail_from\":\"<alice@example.com>\","
                + "\"rcpt_to\":[\"<bob@example.com>\",\"<\\\"c d\\\"@example.com>\"]}");
    assertThat(event.get("email").toString())
        .isEqualTo(
            "{\"status\":\"PARSE_DONE\",\"from\":\"alice <alice@example.com>\","
                + "\"to\":[\"bob@example.com\",\"carol@example.com\"],\"subject\":\"first\","
                + "\"attachment\":[\"a.exe\"]}");
    assertThat(report.traits).containsExactly("smtp-banner SERVER mail.example.com ESMTP Postfix");
    assertThat(report.oddities).isEmpty();
    assertThat(EveSchema.load().problems(report.events.get(0))).isEmpty();
  }

  @Test
  void tellsTheSameInAnyPieces() {
    RecordingReport whole = session().play(reader());
    for (int size : new int[] {1, 2, 3, 7, 100}) {
      RecordingReport pieces = session().play(reader(), size);
      assertThat(pieces.events).as("pieces of %d", size).isEqualTo(whole.events);
      assertThat(pieces.traits).isEqualTo(whole.traits);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void tellsNothingFalseWhereverItIsCut() {
    for (int less = 0; less < session().size(); less++) {
      RecordingReport report = session().without(less).play(reader());
      assertThat(report.violation).isNull();
      assertThat(report.events.size()).isLessThanOrEqualTo(1);
      assertThat(report.events.toString()).doesNotContain("no@example.com");
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void tellsOfMailsOneByOne() {
    RecordingReport report =
        greeted()
            .client("MAIL FROM:<a>\r\n")
            .server("250 ok\r\n")
            .client("RSET\r\n")
            .server("250 ok\r\n")
            .client("MAIL FROM:<b>\r\nRCPT TO:<c>\r\nDATA\r\n")
            .server("250 ok\r\n250 ok\r\n354 go\r\n")
            .client("Subject: x\r\n\r\n.\r\nMAIL FROM:<d>\r\nRCPT TO:<e>\r\nDATA\r\n")
            .server("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n")
            .client("Subject: y\r\n\r\n.\r\nQUIT\r\n")
            .play(reader());
    assertThat(mails(report))
        .containsExactly("<a> - -", "<b> [\"<c>\"] PARSE_DONE", "<d> [\"<e>\"] PARSE_DONE");
    assertThat(events(report).get(2).get("tx_id").asInt()).isEqualTo(2);
  }

  @Test
  void readsAMessageThatDoesNotWaitForItsReply() {
    RecordingReport report =
        greeted()
            .client("MAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\nThis is a test\r\n.\r\n")
            .server("250 Ok\r\n250 Ok\r\n354 End\r\n250 queued\r\n")
            .play(reader());
    assertThat(mails(report)).containsExactly("<a> [\"<b>\"] PARSE_DONE");
  }

  @Test
  void goesOnWithCommandsWhereTheServerRefusesTheMessage() {
    RecordingReport report =
        greeted()
            .client("DATA\r\n")
            .server("503 need RCPT\r\n")
            .client("MAIL FROM:<a>\r\n")
            .server("250 ok\r\n")
            .client("DATA\r\n")
            .server("554 no\r\n")
            .client("RCPT TO:<b>\r\n")
            .play(reader());
    assertThat(mails(report)).containsExactly("<a> [\"<b>\"] -");
  }

  @Test
  void readsChunks() {
    // RFC 3030: the message is of octets, and lines go on over chunks.
    RecordingReport report =
        greeted()
            .client("MAIL FROM:<a>\r\nRCPT TO:<b>\r\n")
            .server("250 ok\r\n250 ok\r\n")
            .client(
                "BDAT 14\r\nSubject: multiBDAT 15 LAST\r\n-chunk\r\n\r\n.\r\nabMAIL FROM:<c>\r\n")
            .server("250 ok\r\n250 ok\r\n")
            .play(reader());
    assertThat(mails(report)).containsExactly("<a> [\"<b>\"] PARSE_DONE", "<c> - -");
    assertThat(events(report).get(0).at("/email/subject").asString()).isEqualTo("multi-chunk");
  }

  @Test
  void readsEmptyAndRefusedChunks() {
    RecordingReport report =
        greeted()
            .client("MAIL FROM:<a>\r\nBDAT 5 X\r\nBDAT 0 LAST\r\nMAIL FROM:<b>\r\n")
            .server("250 ok\r\n501 syntax\r\n250 ok\r\n250 ok\r\n")
            .play(reader());
    assertThat(mails(report)).containsExactly("<a> - PARSE_DONE", "<b> - -");
    assertThat(report.oddities).containsExactly("chunk_malformed");
  }

  @Test
  void namesTheMechanismButNeverTheSecret() {
    for (int size : new int[] {1, 1_000}) {
      RecordingReport report =
          greeted()
              .client("AUTH login\r\n")
              .server("334 VXNlcm5hbWU6\r\n")
              .client("YW5uYQ==\r\n")
              .server("334 UGFzc3dvcmQ6\r\n")
              .client("c2VjcmV0\r\n")
              .server("235 ok\r\n")
              .client("MAIL FROM:<a>\r\n")
              .play(reader(), size);
      assertThat(mails(report)).containsExactly("<a> - -");
      assertThat(events(report).get(0).get("tapwarden").toString())
          .isEqualTo("{\"smtp\":{\"auth\":\"LOGIN\",\"auth_accepted\":true,\"starttls\":false}}");
      assertThat(report.events.toString() + report.oddities).doesNotContain("YW5uYQ", "c2VjcmV0");
    }
    RecordingReport initial =
        greeted()
            .client("AUTH PLAIN AGEAYg==\r\n")
            .server("535 no\r\n")
            .client("AUTH AGEAYg==\r\n")
            .server("504 no\r\n")
            .play(reader());
    assertThat(initial.events).hasSize(1);
    assertThat(initial.events.toString()).doesNotContain("AGEAYg");
  }

  /** Where replies are not in the capture TLS may begin behind any line, however it is cut. */
  @Test
  void withoutRepliesTlsIsFoundBehindLinesSentAhead() {
    String lines = "EHLO a.example\r\nSTARTTLS\r\nNOOP\r\n";
    for (int size : new int[] {1, 7, 1_000}) {
      RecordingReport report = new Talk().client(lines + "\u0016\u0003\u0001").play(reader(), size);
      assertThat(report.handedOver).as("in pieces of " + size).isGreaterThanOrEqualTo(0);
    }
  }

  /** What follows a gap is the rest of a line, in which TLS cannot begin, however it is cut. */
  @Test
  void withoutRepliesTlsIsNotFoundWithinALine() {
    for (int size : new int[] {1, 7, 1_000}) {
      RecordingReport report =
          new Talk()
              .client("EHLO a.example\r\nSTARTTLS\r\n")
              .clientGap(10)
              .client("xx\u0016\u0003\u0001\r\nQUIT\r\n")
              .play(reader(), size);
      assertThat(report.handedOver).as("in pieces of " + size).isEqualTo(-1);
    }
  }

  @Test
  void handsOverToTlsBehindTheReply() {
    RecordingReport report =
        greeted().client("STARTTLS\r\n").server("220 go\r\n").client("\u0016\u0003").play(reader());
    assertThat(report.handedOver).isEqualTo(8);
    assertThat(report.events).hasSize(1);
    assertThat(events(report).get(0).at("/tapwarden/smtp/starttls").asBoolean()).isTrue();
    RecordingReport refused =
        greeted().client("STARTTLS\r\n").server("454 no\r\n").client("QUIT\r\n").play(reader());
    assertThat(refused.handedOver).isEqualTo(-1);
  }

  @Test
  void findsCommandsBehindStartTlsOdd() {
    RecordingReport report =
        greeted()
            .client("STARTTLS\r\nMAIL FROM:<injected>\r\n")
            .server("220 go\r\n")
            .play(reader());
    assertThat(report.oddities).containsExactly("command_behind_starttls");
    assertThat(report.handedOver).isEqualTo(8);
  }

  @Test
  void readsOneSideAlone() {
    RecordingReport client =
        new Talk()
            .client("HELO me\r\nMAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\nSubject: s\r\n\r\nQUIT\r\n")
            .client(".\r\nSTARTTLS\r\n")
            .client("\u0016\u0003\u0001")
            .play(reader());
    assertThat(mails(client)).containsExactly("<a> [\"<b>\"] PARSE_DONE");
    assertThat(client.handedOver).isZero();
    RecordingReport server = new Talk().server("220 a ESMTP\r\n250 ok\r\n").play(reader());
    assertThat(server.events).isEmpty();
    assertThat(server.traits).containsExactly("smtp-banner SERVER a ESMTP");
  }

  @Test
  void findsTheEndOfAMessageBehindAGap() {
    RecordingReport report =
        greeted()
            .client("MAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\n")
            .server("250 ok\r\n250 ok\r\n354 go\r\n")
            .client("Subject: s\r\n\r\nte")
            .clientGap(100)
            .server("250 queued\r\n")
            .client("MAIL FROM:<c>\r\n")
            .play(reader());
    assertThat(mails(report)).containsExactly("<a> [\"<b>\"] PARSE_DONE", "<c> - -");
  }

  @Test
  void readsAConnectionThatIsTheWrongWayRound() {
    RecordingReport report =
        new Talk()
            .client("220 x ESMTP\r\n")
            .server("EHLO me\r\nMAIL FROM:<a>\r\n")
            .client("250 ok\r\n250 ok\r\n")
            .play(reader());
    assertThat(mails(report)).containsExactly("<a> - -");
    assertThat(report.traits).containsExactly("smtp-banner CLIENT x ESMTP");
  }

  @Test
  void boundsRecipientsAndMails() {
    StringBuilder many = new StringBuilder("MAIL FROM:<a>\r\n");
    many.append("RCPT TO:<someone@example.com>\r\n".repeat(5_000));
    RecordingReport report = greeted().client(many.toString()).play(reader());
    assertThat(events(report).get(0).at("/smtp/rcpt_to").size())
        .isLessThanOrEqualTo(MailFacts.MOST_FIELDS);
    assertThat(report.oddities).containsExactly("mail_cut");
    RecordingReport mails = greeted().client("MAIL FROM:<a>\r\n".repeat(3_000)).play(reader());
    assertThat(mails.events).hasSize(SmtpReader.MOST_EVENTS);
    assertThat(mails.oddities).containsExactly("many_mails");
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void givesUpWhatIsNoText() {
    assertThat(new Talk().client("\u0001\u0002\n".repeat(8)).play(reader()).violation)
        .isEqualTo("command_malformed");
    assertThat(new Talk().server("hello\r\n".repeat(8)).play(reader()).violation)
        .isEqualTo("reply_malformed");
  }

  @Test
  void isRecognisedByItsGreetings() {
    for (int port : new int[] {25, 2_526}) {
      assertThat(recognise(false, port, "220 mx ESMTP Postfix\r\n")).isEqualTo(Recognition.YES);
      assertThat(recognise(false, port, "220 ftp.example.org ESMTP\r\n"))
          .isEqualTo(Recognition.YES);
      assertThat(recognise(false, port, "220 mail.example.org ready\r\n"))
          .isEqualTo(Recognition.LIKELY);
      assertThat(recognise(false, port, "220 mail")).isEqualTo(Recognition.MORE);
      assertThat(recognise(true, port, "EHLO me\r\n")).isEqualTo(Recognition.YES);
      assertThat(recognise(true, port, "ehlo\n")).isEqualTo(Recognition.YES);
      assertThat(recognise(true, port, "HELO me\r\n")).isEqualTo(Recognition.LIKELY);
      assertThat(recognise(true, port, "MAIL FROM:<a>\r\n")).isEqualTo(Recognition.YES);
      assertThat(recognise(true, port, "EH")).isEqualTo(Recognition.MORE);
    }
    assertThat(recognise(false, 25, "220 ready\r\n")).isEqualTo(Recognition.LIKELY);
    assertThat(recognise(false, 2_526, "220 ready\r\n")).isEqualTo(Recognition.MORE);
    assertThat(recognise(false, 25, "554 go away\r\n")).isEqualTo(Recognition.LIKELY);
  }

  @Test
  void isNotRecognisedInWhatComesNear() {
    List<String> others =
        List.of(
            "220 FTP server\r\n",
            "EHLOX\r\n",
            "HELOS\r\n",
            "USER anna\r\n",
            "GET / HTTP/1.1\r\n",
            "+OK POP3\r\n",
            "\u0016\u0003\u0001");
    for (String other : others) {
      for (int port : new int[] {25, 587, 8_080}) {
        assertThat(recognise(true, port, other)).as(other).isEqualTo(Recognition.NO);
        assertThat(recognise(false, port, other)).as(other).isEqualTo(Recognition.NO);
      }
    }
    assertThat(recognise(false, 8_080, "554 x\r\n")).isEqualTo(Recognition.NO);
    assertThat(recognise(false, 21, "220 x\r\n")).isEqualTo(Recognition.NO);
  }

  private Recognition recognise(boolean toServer, int port, String text) {
    return Talk.recognise(protocol, toServer, port, text);
  }
}
