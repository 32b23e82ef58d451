package tapwarden.inspect.codec.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpHeadTest {
  private final HttpHead head = new HttpHead();

  private StartLine.Kind read(String text) {
    byte[] bytes = ("##" + text + "##").getBytes(ISO_8859_1);
    return head.read(bytes, 2, bytes.length - 2);
  }

  private String value(String name) {
    int line = head.find(name.getBytes(ISO_8859_1), 0);
    return line < 0 ? "none" : text(head.valueStart(line), head.valueEnd(line));
  }

  private String text(int start, int end) {
    return new String(head.bytes(), start, end - start, ISO_8859_1);
  }

  private String method() {
    return text(head.startLine().methodStart(), head.startLine().methodEnd());
  }

  private String target() {
    return text(head.startLine().targetStart(), head.startLine().targetEnd());
  }

  private String version() {
    return text(head.startLine().versionStart(), head.startLine().versionEnd());
  }

  /** RFC 9112 §2.1 has this request. */
  @Test
  void readsTheRequestOfTheRfc() {
    StartLine.Kind kind =
        read(
            "GET /hello.txt HTTP/1.1\r\n"
                + "User-Agent: curl/7.64.1\r\n"
                + "Host: www.example.com\r\n"
                + "Accept-Language: en, mi\r\n\r\n");
    assertThat(kind).isEqualTo(StartLine.Kind.REQUEST);
    assertThat(method()).isEqualTo("GET");
    assertThat(target()).isEqualTo("/hello.txt");
    assertThat(version()).isEqualTo("HTTP/1.1");
    assertThat(head.lines()).isEqualTo(3);
    assertThat(value("user-agent")).isEqualTo("curl/7.64.1");
    assertThat(value("host")).isEqualTo("www.example.com");
    assertThat(value("accept-language")).isEqualTo("en, mi");
    assertThat(value("accept")).isEqualTo("none");
    assertThat(head.oddities()).isZero();
  }

  @Test
  void readsAStatusLineWithAndWithoutAReason() {
    assertThat(read("HTTP/1.1 404 Not Found\r\n\r\n")).isEqualTo(StartLine.Kind.RESPONSE);
    assertThat(head.startLine().status()).isEqualTo(404);
    assertThat(read("SIP/2.0 200\r\n\r\n")).isEqualTo(StartLine.Kind.RESPONSE);
    assertThat(head.startLine().status()).isEqualTo(200);
    assertThat(read("HTTP/1.1  2XX fine\r\n\r\n")).isEqualTo(StartLine.Kind.RESPONSE);
    assertThat(head.startLine().status()).isEqualTo(StartLine.NO_STATUS);
    assertThat(text(head.startLine().statusStart(), head.startLine().statusEnd())).isEqualTo("2XX");
    assertThat(read("HTTP/1.1foo\r\nA: b\r\n\r\n")).isEqualTo(StartLine.Kind.RESPONSE);
    assertThat(head.startLine().status()).isEqualTo(StartLine.NO_STATUS);
    assertThat(value("a")).isEqualTo("b");
  }

  /** RFC 9112 §3: VT, FF and a bare CR may be taken for blanks; some browsers take NUL. */
  @Test
  void readsStatusLinesAsBrowsersDo() {
    for (String line :
        new String[] {"\0HTTP/1.1\r 200", "HTTP/1.1\u000b200\fok", "http/1.1\u0000200"}) {
      assertThat(read(line + "\r\n\r\n")).isEqualTo(StartLine.Kind.RESPONSE);
      assertThat(head.startLine().status()).as(line).isEqualTo(200);
      assertThat(version()).isEqualToIgnoringCase("HTTP/1.1");
    }
  }

  @Test
  void endsLinesOfResponsesAtACarriageReturnToo() {
    read("HTTP/1.1 200 ok\rA: b\rC: d\r\r\nE: f\r\n\r\n");
    assertThat(value("a") + value("c") + value("e")).isEqualTo("bdf");
    assertThat(head.oddities()).isEqualTo(HttpHead.BARE_CARRIAGE_RETURN);
    read("GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n");
    assertThat(value("a")).isEqualTo("b\rC: d");
    assertThat(value("c")).isEqualTo("none");
  }

  @Test
  void readsRequestLinesAsServersDo() {
    assertThat(read("get  /a b c \t HTTP/1.0 \n\n")).isEqualTo(StartLine.Kind.REQUEST);
    assertThat(method()).isEqualTo("get");
    assertThat(target()).isEqualTo("/a b c");
    assertThat(version()).isEqualTo("HTTP/1.0");
    assertThat(head.oddities()).isEqualTo(HttpHead.BARE_LINE_FEED);
    assertThat(read("GET /old\r\n")).isEqualTo(StartLine.Kind.REQUEST);
    assertThat(target()).isEqualTo("/old");
    assertThat(head.startLine().hasVersion()).isFalse();
    assertThat(read("GET HTTP/1.1\r\n\r\n")).isEqualTo(StartLine.Kind.REQUEST);
    assertThat(target()).isEmpty();
    assertThat(version()).isEqualTo("HTTP/1.1");
    assertThat(read("OPTIONS rtsp://a/b RTSP/1.0\r\n\r\n")).isEqualTo(StartLine.Kind.REQUEST);
    assertThat(version()).isEqualTo("RTSP/1.0");
  }

  @Test
  void isNotTakenInByWhatIsNoStartLine() {
    assertThat(read("\r\n")).isEqualTo(StartLine.Kind.NONE);
    assertThat(read("")).isEqualTo(StartLine.Kind.NONE);
    assertThat(read("GET\r\n\r\n")).isEqualTo(StartLine.Kind.NONE);
    assertThat(read("SIP/2.0 \r\n")).isEqualTo(StartLine.Kind.NONE);
    assertThat(read("GET\0/ HTTP/1.1\r\n")).isEqualTo(StartLine.Kind.NONE);
    assertThat(read("a@b c HTTP/1.1\r\n")).isEqualTo(StartLine.Kind.NONE);
    assertThat(read("x".repeat(65) + " / HTTP/1.1\r\n")).isEqualTo(StartLine.Kind.NONE);
    assertThat(read("x".repeat(64) + " / HTTP/1.1\r\n")).isEqualTo(StartLine.Kind.REQUEST);
  }

  /** RFC 9112 §5.2: a fold is replaced with blanks, and belongs to the value. */
  @Test
  void goesOnWithAFoldedValue() {
    read(
        "GET / HTTP/1.1\r\nHost:\r\n  a.example\r\nX: one\r\n\ttwo\r\n \r\n three\r\nY: z\r\n\r\n");
    assertThat(value("host")).isEqualTo("a.example");
    assertThat(value("x")).isEqualTo("one  \ttwo      three");
    assertThat(value("y")).isEqualTo("z");
    assertThat(head.lines()).isEqualTo(3);
    assertThat(head.oddities()).isEqualTo(HttpHead.FOLDED);
  }

  @Test
  void trimsBlanksAndLeavesOutWhatIsNoHeader() {
    read("GET / HTTP/1.1\r\nHost : a \t\r\nnothing\r\n: no name\r\nEmpty:\r\nLast: l");
    assertThat(value("host")).isEqualTo("a");
    assertThat(value("empty")).isEmpty();
    assertThat(value("last")).isEqualTo("l");
    assertThat(head.lines()).isEqualTo(3);
    assertThat(head.oddities()).isEqualTo(HttpHead.NO_NAME | HttpHead.BLANK_BEFORE_COLON);
  }

  @Test
  void findsEachOfSeveralLinesOfAName() {
    read("GET / HTTP/1.1\r\nvia: 1\r\nx: y\r\nVIA: 2\r\n\r\n");
    byte[] via = "via".getBytes(ISO_8859_1);
    assertThat(head.find(via, 0)).isEqualTo(0);
    assertThat(head.find(via, 1)).isEqualTo(2);
    assertThat(head.find(via, 3)).isEqualTo(-1);
  }

  @Test
  void stopsIndexingAtItsLimit() {
    read("GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(HttpHead.MOST_LINES) + "host: c\r\n\r\n");
    assertThat(head.lines()).isEqualTo(1_024);
    assertThat(value("host")).isEqualTo("none");
    assertThat(head.oddities()).isEqualTo(HttpHead.TOO_MANY_LINES);
    read("GET / HTTP/1.1\r\nhost: c\r\n\r\n");
    assertThat(value("host")).as("the view forgets").isEqualTo("c");
    assertThat(head.oddities()).isZero();
  }

  @Test
  void findsTheEndOfAHeadHoweverItIsCut() {
    byte[] text = "GET / HTTP/1.1\r\nA: b\n\r\nrest\n\n".getBytes(ISO_8859_1);
    for (int cut = 0; cut <= 24; cut++) {
      HeadScanner scanner = new HeadScanner();
      scanner.reset(false);
      int first = scanner.scan(text, 0, Math.min(cut, 23));
      int end = first >= 0 ? first : scanner.scan(text, Math.min(cut, 23), text.length);
      assertThat(end).as("cut at %d", cut).isEqualTo(23);
    }
    byte[] blank = "A: b\n \t\r\n\n".getBytes(ISO_8859_1);
    HeadScanner scanner = new HeadScanner();
    scanner.reset(false);
    assertThat(scanner.scan(blank, 0, blank.length)).as("of a request").isEqualTo(10);
    scanner.reset(true);
    assertThat(scanner.scan(blank, 0, blank.length)).as("of a response").isEqualTo(9);
  }
}
