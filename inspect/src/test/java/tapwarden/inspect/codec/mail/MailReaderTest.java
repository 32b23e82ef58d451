package tapwarden.inspect.codec.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.stream.StreamMemory;

class MailReaderTest {
  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final MailFacts facts = new MailFacts(memory);
  private final MailReader reader = new MailReader(memory, facts);

  /** Reads lines of Latin-1 and shows a field's values as JSON. */
  private String read(MailField field, String... lines) {
    for (String line : lines) {
      byte[] bytes = line.getBytes(ISO_8859_1);
      reader.line(bytes, 0, bytes.length);
    }
    reader.end();
    JsonWriter json = new JsonWriter().reset().beginObject();
    facts.writeAll(json, "is", field);
    String text = json.endObject().toString();
    facts.clear();
    assertThat(memory.usedBytes()).isZero();
    return text.equals("{}") ? "" : text.substring("{\"is\":".length(), text.length() - 1);
  }

  private String fileName(String... lines) {
    return read(MailField.ATTACHMENT, lines);
  }

  @Test
  void unfoldsHeaderFields() {
    assertThat(read(MailField.SUBJECT, "Subject: one", " two", "\tthree ", "", "four"))
        .isEqualTo("[\"one two\\tthree\"]");
    assertThat(read(MailField.FROM, "fRoM :a@example.org", "From: b@example.org", ""))
        .isEqualTo("[\"a@example.org\"]");
    assertThat(read(MailField.SUBJECT, "From x Mon Jan 1", "Subject: s", "")).isEqualTo("[\"s\"]");
    assertThat(read(MailField.SUBJECT, "no head", "Subject: s", "")).isEmpty();
    assertThat(read(MailField.SUBJECT, "", "Subject: of the body")).isEmpty();
  }

  @Test
  void separatesAddresses() {
    assertThat(read(MailField.TO, "To: \"Doe, J\" <j@example.org>, k@example.org,", " l@x, ", ""))
        .isEqualTo("[\"\\\"Doe, J\\\" <j@example.org>\",\"k@example.org\",\"l@x\"]");
    assertThat(read(MailField.CC, "Cc: a, \\", "")).isEqualTo("[\"a\",\"\\\\\"]");
  }

  @Test
  void decodesTheExamplesOfEncodedWords() {
    // RFC 2047 §8
    assertThat(read(MailField.FROM, "From: =?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", ""))
        .isEqualTo("[\"Keith Moore <moore@cs.utk.edu>\"]");
    assertThat(read(MailField.TO, "To: =?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <k@dkuug.dk>", ""))
        .isEqualTo("[\"Keld J\u00f8rn Simonsen <k@dkuug.dk>\"]");
    assertThat(
            read(
                MailField.SUBJECT,
                "Subject: =?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=",
                " =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
                ""))
        .isEqualTo("[\"If you can read this you understand the example.\"]");
    assertThat(read(MailField.SUBJECT, "Subject: =?ISO-8859-1?Q?a?= b =?utf-8*en?q?c=C3=A9?=", ""))
        .isEqualTo("[\"a b c\u00e9\"]");
  }

  @Test
  void leavesWhatIsNoEncodedWord() {
    for (String text :
        new String[] {
          "=?", "=?x", "=?utf-8?q?", "=?utf-8?q?a", "=?no-such?q?a?=", "=?utf-8?z?a?="
        }) {
      assertThat(read(MailField.SUBJECT, "Subject: " + text, "")).isEqualTo("[\"" + text + "\"]");
    }
  }

  @Test
  void namesAttachedFiles() {
    assertThat(fileName("Content-Disposition: attachment; filename=\"a \\\"b\\\".exe\"", ""))
        .isEqualTo("[\"a \\\"b\\\".exe\"]");
    assertThat(fileName("Content-Type: application/zip; name=x.zip ; y=z", ""))
        .isEqualTo("[\"x.zip\"]");
    assertThat(
            fileName(
                "Content-Type: application/x; name=type", "Content-Disposition: a; filename=d", ""))
        .isEqualTo("[\"d\"]");
    assertThat(fileName("Content-Disposition: x; note=\"; filename=no\"; filename=yes", ""))
        .isEqualTo("[\"yes\"]");
    assertThat(fileName("Content-Type: text/plain; name==?utf-8?b?w6k=?=", ""))
        .isEqualTo("[\"\u00e9\"]");
  }

  @Test
  void putsTheExamplesOfParametersInPiecesTogether() {
    // RFC 2231 §3, §4 and §4.1, with their names exchanged for one that is read.
    assertThat(
            fileName(
                "Content-Disposition: attachment;",
                " filename*0=\"ftp://\";",
                " filename*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"",
                ""))
        .isEqualTo("[\"ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"]");
    assertThat(
            fileName(
                "Content-Disposition: attachment;",
                " filename*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A",
                ""))
        .isEqualTo("[\"This is ***fun***\"]");
    assertThat(
            fileName(
                "Content-Disposition: attachment",
                " ;filename*0*=us-ascii'en'This%20is%20even%20more%20",
                " ;filename*1*=%2A%2A%2Afun%2A%2A%2A%20",
                " ;filename*2=\"isn't it!\"",
                ""))
        .isEqualTo("[\"This is even more ***fun*** isn't it!\"]");
    assertThat(fileName("Content-Disposition: a; filename*1=b; filename*0=a", ""))
        .isEqualTo("[\"ab\"]");
    assertThat(fileName("Content-Disposition: a; filename=old; filename*=iso-8859-1''n%e9", ""))
        .isEqualTo("[\"n\u00e9\"]");
  }

  @Test
  void findsThePartsOfAMultipartMessage() {
    assertThat(
            fileName(
                "Content-Type: multipart/mixed; boundary=\"outer\"",
                "",
                "--outer",
                "Content-Type: multipart/alternative;",
                " boundary=inner",
                "",
                "--inner",
                "Content-Type: text/plain; name=1.txt",
                "",
                "--nobody",
                "Content-Type: text/plain; name=not.txt",
                "--inner--",
                "",
                "--outer",
                "Content-Type: message/rfc822",
                "",
                "Subject: within",
                "Content-Type: image/png; name=2.png",
                "",
                "--outer--"))
        .isEqualTo("[\"1.txt\",\"2.png\"]");
  }

  @Test
  void keepsNoMoreThanItMay() {
    String name = "n".repeat(3_000);
    assertThat(fileName("Content-Type: a/b; name=" + name, ""))
        .isEqualTo("[\"" + "n".repeat(1_024) + "\"]");
    String[] lines = new String[2_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i == 0 ? "To: a@example.org," : " a" + i + "@example.org,";
    }
    int shown = read(MailField.TO, lines).split(",").length;
    assertThat(shown).isBetween(300, MailFacts.MOST_FIELDS);
    StringBuilder pieces = new StringBuilder("Content-Disposition: a");
    for (int i = 0; i < 40; i++) {
      pieces.append("; filename*").append(i).append("=x");
    }
    assertThat(fileName(pieces.toString(), "")).isEqualTo("[\"" + "x".repeat(16) + "\"]");
  }

  @Test
  void goesOnWithoutMemory() {
    assertThat(memory.take(1 << 20)).isTrue();
    byte[] line = "Subject: s".getBytes(ISO_8859_1);
    reader.line(line, 0, line.length);
    reader.line(line, 0, 0);
    reader.end();
    assertThat(facts.has(MailField.SUBJECT)).isFalse();
    assertThat(memory.usedBytes()).isEqualTo(1 << 20);
  }
}
