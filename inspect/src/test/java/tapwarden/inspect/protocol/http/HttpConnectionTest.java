package tapwarden.inspect.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.http.HttpTalk.events;
import static tapwarden.inspect.protocol.http.HttpTalk.exchanges;
import static tapwarden.inspect.protocol.http.HttpTalk.json;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;

class HttpConnectionTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n";
  private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final HttpTalk http = new HttpTalk();

  @AfterEach
  void givesAllMemoryBack() {
    assertThat(http.memory.usedBytes()).isZero();
  }

  /** Two exchanges, of which the first has all that an event can say. */
  private static Talk talk() {
    return new Talk()
        .client(
            "GET /x/y.bin?z=1 HTTP/1.1\r\n"
                + "Host: WWW.Example.ORG:8080\r\n"
                + "User-Agent: Wget/1.21\r\n"
                + "Referer: http://www.example.org/\r\n"
                + "X-Forwarded-For: 192.0.2.7\r\n\r\n")
        .server(
            "HTTP/1.1 206 Partial Content\r\n"
                + "Server: Boa/0.94\r\n"
                + "Content-Type: application/octet-stream; charset=x\r\n"
                + "Content-Range: bytes 100-104/500\r\n"
                + "Location: /elsewhere\r\n"
                + "Content-Length: 5\r\n\r\n")
        .server("12345")
        .client("HEAD / HTTP/1.0\r\n\r\n")
        .server("HTTP/1.0 404 Not Found\r\nContent-Length: 500\r\n\r\n");
  }

  @Test
  void tellsExchangesAsSuricataDoes() throws IOException {
    RecordingReport report = http.play(talk());
    assertThat(exchanges(report))
        .containsExactly(
            json(
                """
                {"hostname": "www.example.org", "http_port": 8080, "url": "/x/y.bin?z=1",
                 "http_user_agent": "Wget/1.21", "xff": "192.0.2.7",
                 "http_refer": "http://www.example.org/", "http_method": "GET",
                 "protocol": "HTTP/1.1", "http_content_type": "application/octet-stream",
                 "content_range":
                   {"raw": "bytes 100-104/500", "start": 100, "end": 104, "size": 500},
                 "status": 206, "redirect": "/elsewhere", "length": 5}
                """),
            json(
                """
                {"url": "/", "http_method": "HEAD", "protocol": "HTTP/1.0", "status": 404,
                 "length": 0}
                """));
    assertThat(events(report, "http").get(1).get("tx_id").asInt()).isEqualTo(1);
    assertThat(report.names).containsExactly("http www.example.org");
    assertThat(report.traits)
        .containsExactly("http-user-agent CLIENT Wget/1.21", "http-server SERVER Boa/0.94");
    assertThat(report.oddities).isEmpty();
    EveSchema schema = EveSchema.load();
    for (String event : report.events) {
      assertThat(schema.problems(event)).as(event).isEmpty();
    }
  }

  @Test
  void tellsTheSameInAnyPieces() {
    RecordingReport whole = http.play(talk());
    for (int size : new int[] {1, 2, 3, 7, 50}) {
      RecordingReport pieces = http.play(talk(), size);
      assertThat(pieces.events).as("pieces of %d", size).isEqualTo(whole.events);
      assertThat(pieces.names).isEqualTo(whole.names);
      assertThat(pieces.traits).isEqualTo(whole.traits);
    }
  }

  @Test
  void tellsNothingFalseOfATalkThatIsCutAnywhere() {
    for (int cut = 0; cut <= talk().size(); cut++) {
      RecordingReport report = http.play(talk().without(cut));
      assertThat(report.violation).isNull();
      assertThat(report.names).isSubsetOf("http www.example.org");
      exchanges(report)
          .forEach(exchange -> {
            assertThat(exchange.path("status").asInt(206)).isIn(206, 404);
            assertThat(exchange.path("url").asString("/")).isIn("/", "/x/y.bin?z=1");
          });
      assertThat(http.memory.usedBytes()).isZero();
    }
  }

  @Test
  void matchesPipelinedRequestsInOrder() {
    Talk talk =
        new Talk()
            .client(
                GET
                    + "HEAD /b HTTP/1.1\r\n\r\n"
                    + "POST /c HTTP/1.1\r\n"
                    + "Content-Length: 3\r\n\r\nabc"
                    + "GET /d HTTP/1.1\r\n\r\n")
            .server(
                EMPTY
                    + "HTTP/1.1 301 Moved\r\nContent-Length: 9\r\n\r\n"
                    + "HTTP/1.1 100 Continue\r\n\r\n"
                    + "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno"
                    + "HTTP/1.1 204 None\r\n\r\n");
    assertThat(exchanges(http.play(talk)))
        .extracting(x -> x.get("url").asString() + " " + x.get("status").asInt())
        .containsExactly("/a 200", "/b 301", "/c 403", "/d 204");
  }

  @Test
  void tellsRequestsBeyondThoseThatMayWaitAtOnce() {
    Talk talk = new Talk().client(GET.repeat(40));
    for (int i = 0; i < 40; i++) {
      talk.server(EMPTY.replace("200", "" + (200 + i)));
    }
    talk.client(GET).server("HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n");
    RecordingReport report = http.play(talk);
    assertThat(report.oddities).hasSize(8).containsOnly("too_many_outstanding");
    assertThat(exchanges(report).stream().filter(x -> x.has("url") && x.has("status")))
        .extracting(x -> x.get("status").asInt())
        .hasSize(33)
        .startsWith(200, 201)
        .endsWith(231, 404);
  }

  @Test
  void tellsWhatIsUnansweredAtTheEnd() {
    RecordingReport report = http.play(new Talk().client(GET).client(GET));
    assertThat(exchanges(report)).hasSize(2).noneMatch(x -> x.has("status"));
    RecordingReport interim =
        http.play(new Talk().client(GET).server("HTTP/1.1 100 Continue\r\n\r\n"));
    assertThat(exchanges(interim)).singleElement().matches(x -> x.get("status").asInt() == 100);
  }

  @Test
  void tellsOneSidesResponsesAlone() {
    RecordingReport report = http.play(new Talk().server(EMPTY).server(EMPTY));
    assertThat(exchanges(report))
        .hasSize(2)
        .allMatch(x -> x.get("status").asInt() == 200 && !x.has("url"))
        .allMatch(x -> x.get("protocol").asString().equals("HTTP/1.1"));
    assertThat(report.directions).containsExactly(true, true);
  }

  /** As a tap that has met the connection in its middle may take the server for the client. */
  @Test
  void tellsWhoAsksByWhatIsSaid() {
    RecordingReport report = http.play(new Talk().server(GET).client(EMPTY));
    assertThat(exchanges(report)).singleElement().matches(x -> x.get("status").asInt() == 200);
    assertThat(report.directions).containsExactly(false);
    assertThat(report.names).as("the name is not the server's").isEmpty();
  }

  @Test
  void putsAResponseThatOvertookTheEndOfItsRequestToIt() {
    Talk talk =
        new Talk()
            .client(GET.substring(0, 20))
            .server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
            .client(GET.substring(20))
            .server("ok")
            .client(GET)
            .server("HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n");
    assertThat(exchanges(http.play(talk)))
        .extracting(x -> x.get("url").asString() + " " + x.get("status").asInt())
        .containsExactly("/a 200", "/a 404");
    Talk late =
        new Talk()
            .client(GET.substring(0, 20))
            .server(EMPTY)
            .client(GET.substring(20))
            .client(GET)
            .server("HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n");
    assertThat(exchanges(http.play(late)))
        .extracting(x -> x.path("url").asString("-") + " " + x.path("status").asInt(0))
        .containsExactly("/a 200", "/a 404");
  }

  @Test
  void putsAResponseThatCameBeforeItsRequestToIt() {
    RecordingReport fromStart = new RecordingReport(6, 49_152, 80, 3);
    String found = "HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n";
    Talk talk =
        new Talk().server(EMPTY).client(GET).client("GET /b HTTP/1.1\r\n\r\n").server(found);
    assertThat(exchanges(talk.play(http.reader(), 9, fromStart)))
        .extracting(x -> x.get("url").asString() + " " + x.get("status").asInt())
        .containsExactly("/a 200", "/b 404");
    assertThat(exchanges(http.play(talk)))
        .as("from the middle on")
        .extracting(x -> x.path("url").asString("-") + " " + x.path("status").asInt(0))
        .containsExactly("- 200", "/a 404", "/b 0");
  }

  @Test
  void tellsARequestWithoutAVersion() {
    Talk talk = new Talk().client("GET /old\r\n").server("<html>\nold\n");
    RecordingReport report = http.play(talk);
    assertThat(exchanges(report))
        .containsExactly(json("{\"url\": \"/old\", \"http_method\": \"GET\"}"));
  }

  @Test
  void handsOverBehindASuccessfulConnect() {
    String answer = "HTTP/1.1 200 Connection established\r\n\r\n";
    Talk talk =
        new Talk()
            .client("CONNECT mail.example.org:443 HTTP/1.1\r\nHost: mail.example.org:443\r\n\r\n")
            .server(answer + "\u0016\u0003");
    RecordingReport report = http.play(talk);
    assertThat(report.handedOver).isEqualTo(answer.length());
    assertThat(report.names).containsExactly("http mail.example.org");
    assertThat(exchanges(report))
        .containsExactly(
            json(
                """
                {"hostname": "mail.example.org", "http_port": 443, "url": "mail.example.org:443",
                 "http_method": "CONNECT", "protocol": "HTTP/1.1", "status": 200, "length": 0}
                """));
  }

  @Test
  void goesOnBehindARefusedConnect() {
    String connect = "CONNECT b.example:443 HTTP/1.1\r\n\r\n";
    Talk talk =
        new Talk()
            .client(connect)
            .server("HTTP/1.1 407 Auth\r\nContent-Length: 1\r\n\r\nx")
            .client(connect)
            .server("HTTP/1.1 200 OK\r\n\r\n");
    RecordingReport report = http.play(talk);
    assertThat(exchanges(report))
        .extracting(x -> x.get("status").asInt())
        .containsExactly(407, 200);
    assertThat(report.handedOver).isEqualTo(19);
  }

  @Test
  void handsOverWhereATunnelIsUsedBeforeItsAnswerIsSeen() {
    String connect = "CONNECT b.example:443 HTTP/1.1\r\n\r\n";
    RecordingReport report = http.play(new Talk().client(connect + "\u0016\u0003\u0001"));
    assertThat(report.handedOver).isEqualTo(connect.length());
  }

  /** CONNECT has no body (RFC 9110 §9.3.6), and what claims one holds no memory. */
  @Test
  void takesWhatFollowsAConnectThatClaimsABodyForTheTunnel() {
    for (String claim : new String[] {"Content-Length: 3", "Transfer-Encoding: chunked"}) {
      String connect = "CONNECT b.example:443 HTTP/1.1\r\n" + claim + "\r\n\r\n";
      RecordingReport report = http.play(new Talk().client(connect + "\u0016\u0003\u0001"));
      assertThat(report.handedOver).isEqualTo(connect.length());
      assertThat(report.oddities).containsExactly("connect_with_body");
      assertThat(http.memory.usedBytes()).isZero();
    }
    // That there is none may be said.
    String connect = "CONNECT b.example:443 HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
    assertThat(http.play(new Talk().client(connect)).oddities).isEmpty();
  }

  /** Scanners ask any port for a page; what answers names itself all the same. */
  @Test
  void handsOverToTheServerThatAnswersWithTheBannerOfSsh() {
    String banner = "SSH-2.0-OpenSSH_9.6p1\r\n";
    for (int chunk : new int[] {1, 3, Integer.MAX_VALUE}) {
      RecordingReport report = http.play(new Talk().client(GET).server(banner), chunk);
      assertThat(report.handedOver).isZero();
      assertThat(exchanges(report)).singleElement().matches(x -> x.has("url") && !x.has("status"));
      assertThat(report.oddities).isEmpty();
    }
    for (String other : new String[] {"SSH-", "SSH-x\r\n", "\r\nSSH-2.0-a\r\n"}) {
      assertThat(http.play(new Talk().client(GET).server(other)).handedOver).isNegative();
      Talk incomplete = new Talk().client(GET).serverGap(1).server(banner);
      assertThat(http.play(incomplete).handedOver).isNegative();
    }
    assertThat(http.play(new Talk().client(GET).server(EMPTY).server(banner)).handedOver)
        .isNegative();
  }

  @Test
  void handsOverBehindAnUpgrade() {
    String switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    RecordingReport report = http.play(new Talk().client(GET).server(switching + "\u0081\u0000"));
    assertThat(report.handedOver).isEqualTo(switching.length());
    assertThat(exchanges(report)).singleElement().matches(x -> x.get("status").asInt() == 101);
  }

  @Test
  void readsAnUpgradeThatNamesNoProtocolAsAResponse() {
    String strange = "HTTP/1.1 101 ok\r\nContent-Length: 2\r\n\r\nok";
    RecordingReport report = http.play(new Talk().client(GET + GET).server(strange + EMPTY));
    assertThat(report.handedOver).isEqualTo(-1);
    assertThat(exchanges(report))
        .extracting(x -> x.get("status").asInt())
        .containsExactly(101, 200);
  }

  @Test
  void tellsTheHostOfAnAbsoluteTargetAsANameOrAnAddress() {
    RecordingReport report =
        http.play(
            new Talk()
                .client("GET http://u@P.example:81/x HTTP/1.1\r\nHost: other.example\r\n\r\n")
                .client("GET / HTTP/1.1\r\nHost: 192.0.2.1:80\r\n\r\n")
                .client("GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n")
                .client("GET / HTTP/1.1\r\nHost: B.example.\r\n\r\n"));
    assertThat(report.names).containsExactly("http p.example", "http b.example");
    assertThat(report.addresses).containsExactly("http 192.0.2.1 80", "http 2001:db8::1 80");
    assertThat(exchanges(report))
        .extracting(x -> x.get("hostname").asString() + " " + x.path("http_port").asInt(0))
        .containsExactly("p.example 81", "192.0.2.1 80", "[2001:db8::1] 80", "b.example 0");
    assertThat(exchanges(report).get(0).get("url").asString()).isEqualTo("http://P.example:81/x");
  }

  @Test
  void passesOverJunkBetweenMessages() {
    Talk talk =
        new Talk()
            .client("\r\n\r\n" + GET + "junk\r\n" + GET)
            .server(EMPTY + "more than was said\nHTTP\n\u0000\u0001\n" + EMPTY);
    RecordingReport report = http.play(talk);
    assertThat(exchanges(report)).hasSize(2).allMatch(x -> x.get("status").asInt() == 200);
    assertThat(report.oddities).containsExactly("junk_between_messages", "junk_between_messages");
  }

  @Test
  void isViolatedByLinesWithoutAnyMessage() {
    RecordingReport report = http.play(new Talk().client("220 mail ESMTP\r\n".repeat(64)));
    assertThat(report.violation).isNull();
    report = http.play(new Talk().client("220 mail ESMTP\r\n".repeat(65)));
    assertThat(report.violation).isEqualTo("no_message");
  }

  @Test
  void takesUpAgainBehindAGap() {
    String body = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    Talk within = new Talk().client(GET + GET).server(body + "x").serverGap(999).server(EMPTY);
    RecordingReport report = http.play(within);
    assertThat(exchanges(report)).extracting(x -> x.get("length").asInt()).containsExactly(1000, 0);
    Talk beyond =
        new Talk()
            .client(GET)
            .server(body)
            .serverGap(2_000)
            .server("x\r\nGET / HTTP/1.1\r\n" + EMPTY)
            .client(GET);
    report = http.play(beyond);
    assertThat(exchanges(report))
        .extracting(x -> x.path("url").asString("-") + " " + x.path("status").asInt(0))
        .containsExactly("/a 200", "- 200", "/a 0");
  }

  @Test
  void doesNotGiveAResponseToTheRequestBeforeALostOne() {
    Talk talk =
        new Talk()
            .client(GET)
            .serverGap(500)
            .client("GET /b HTTP/1.1\r\n\r\n")
            .server("rest\r\n" + EMPTY);
    assertThat(exchanges(http.play(talk)))
        .extracting(x -> x.path("url").asString("-") + " " + x.path("status").asInt(0))
        .containsExactly("/a 0", "/b 200");
  }

  /** Ports that are left out are those of RFC 9110 §4.2.1 and §4.2.2. */
  @Test
  void tellsTheAddressThatAProxyIsAskedForOnceInARow() {
    RecordingReport report =
        http.play(
            new Talk()
                .client("GET http://203.0.113.77/x HTTP/1.1\r\n\r\n")
                .client("GET http://203.0.113.77/y HTTP/1.1\r\n\r\n")
                .client("GET https://203.0.113.77/x HTTP/1.1\r\n\r\n")
                .client("CONNECT 203.0.113.77:444 HTTP/1.1\r\n\r\n")
                .server(EMPTY + EMPTY + EMPTY));
    assertThat(report.names).isEmpty();
    assertThat(report.addresses)
        .containsExactly("http 203.0.113.77 80", "http 203.0.113.77 443", "http 203.0.113.77 444");
  }

  @Test
  void tellsEachOfAFewHostsOfOneRequest() {
    StringBuilder hosts = new StringBuilder();
    for (int i = 1; i <= 6; i++) {
      hosts.append("Host: ").append((char) ('a' + i - 1)).append(".example\r\n");
    }
    RecordingReport report =
        http.play(new Talk().client("GET / HTTP/1.1\r\n" + hosts + "\r\n").server(EMPTY));
    assertThat(report.names)
        .containsExactly("http a.example", "http b.example", "http c.example", "http d.example");
    assertThat(report.oddities).contains("host_twice");
    report =
        http.play(
            new Talk().client("GET http://p.example/ HTTP/1.1\r\n" + hosts + "\r\n").server(EMPTY));
    assertThat(report.names).as("no Host counts beside it").containsExactly("http p.example");
  }

  @Test
  void tellsAHeadThatIsCutByAGap() {
    RecordingReport report =
        http.play(new Talk().client("GET /cut HTTP/1.1\r\nHost: c.example\r\nUser").clientGap(9));
    assertThat(exchanges(report)).singleElement().matches(x -> x.has("hostname"));
    assertThat(report.names).containsExactly("http c.example");
    assertThat(report.oddities).containsExactly("head_cut");
    report = http.play(new Talk().client("GET /cut HTTP/1.1\r\nHost: c.examp"));
    assertThat(report.names).as("a line that is cut says nothing").isEmpty();
  }

  @Test
  void readsTheBeginningOfAHeadThatIsTooLong() {
    String lines = "a: b\r\n".repeat(20_000);
    RecordingReport report =
        http.play(
            new Talk()
                .client("GET / HTTP/1.1\r\nHost: a.example\r\n" + lines + "\r\n" + GET)
                .server(EMPTY + EMPTY));
    assertThat(exchanges(report)).hasSize(2);
    assertThat(report.oddities).contains("head_too_long");
    assertThat(report.names).containsExactly("http a.example");
  }

  @Test
  void tellsNoMoreThanItsMostEventsAMinute() {
    Talk talk = new Talk();
    for (int i = 0; i < 4_200; i++) {
      talk.client(GET).server(EMPTY);
    }
    RecordingReport report = http.play(talk);
    assertThat(exchanges(report)).hasSize(4_096);
    assertThat(report.oddities).containsExactly("event_limit");
  }

  @Test
  void worksWithoutMemory() {
    assertThat(http.memory.take(1 << 20)).isTrue();
    RecordingReport report = http.play(talk());
    assertThat(exchanges(report))
        .anyMatch(x -> x.path("hostname").asString("").equals("www.example.org"));
    assertThat(report.names).containsExactly("http www.example.org");
    assertThat(http.play(talk(), 1).violation).isNull();
    http.memory.give(1 << 20);
  }

  @Test
  void neverTellsPasswordsInAddresses() {
    Talk talk =
        new Talk()
            .client(
                "GET http://u:s3cret@a.example/x HTTP/1.1\r\nHost: u:s3cret@a.example\r\n"
                    + "Referer: http://u:s3cret@b.example/\r\n\r\n")
            .server(
                "HTTP/1.1 302 Found\r\nLocation: https://u:s3cret@c.example/y\r\n"
                    + "Content-Length: 1\r\n\r\nx")
            .client("CONNECT u:s3cret@d.example:443 HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\nx")
            .client("GET / HTTP/1.1\r\nHost: u:s3cret@e.example\r\n\r\n");
    RecordingReport report = http.play(talk);
    assertThat(report.events.toString()).doesNotContain("s3cret");
    assertThat(exchanges(report).getFirst())
        .isEqualTo(
            json(
                """
                {"hostname": "a.example", "url": "http://a.example/x",
                 "http_refer": "http://b.example/", "http_method": "GET",
                 "protocol": "HTTP/1.1", "status": 302, "redirect": "https://c.example/y",
                 "length": 1}
                """));
    assertThat(exchanges(report).get(1).get("url").asString()).isEqualTo("d.example:443");
    assertThat(report.names).containsExactly("http a.example", "http d.example", "http e.example");
  }
}
