package tapwarden.inspect.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Talk;

class HttpOpeningTest {
  private final HttpProtocol protocol = new HttpTalk().protocol;

  private Recognition says(String text) {
    return Talk.recognise(protocol, true, 80, text);
  }

  @Test
  void knowsRequestsAndResponses() {
    String[] openings = {
      "GET / HTTP/1.1\r\n",
      "\r\n\r\nGET / HTTP/1.0\n",
      "get  /  HTTP/1.1\r\n",
      "FROBNICATE /x HTTP/1.1\r\nHost:",
      "POST http://a.example/ HTTP/1.1\r\n",
      "CONNECT a.example:443 HTTP/1.1\r\n",
      "NOTIFY * HTTP/1.1\r\n",
      "HTTP/1.1 200 OK\r\n",
      "HTTP/1.0 404",
      "ICY 200 OK\r\n",
    };
    for (String opening : openings) {
      assertThat(says(opening)).as(opening).isEqualTo(Recognition.YES);
    }
    assertThat(says("GET /old\r\n")).isEqualTo(Recognition.LIKELY);
  }

  @Test
  void isNotTakenInByItsLikes() {
    String[] openings = {
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "OPTIONS rtsp://a.example RTSP/1.0\r\n",
      "OPTIONS sip:a@b.example SIP/2.0\r\n",
      "RTSP/1.0 200 OK\r\n",
      "SIP/2.0 200 OK\r\n",
      "REQMOD icap://a.example ICAP/1.0\r\n",
      "220 mail.example ESMTP\r\n",
      "EHLO a.example\r\n",
      "SSH-2.0-OpenSSH_9.0\r\n",
      "SSH-2.0-x GET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
      "\r\nSSH-2.0-x / HTTP/1.1\r\n",
      "get /key\r\n",
      "USER anonymous\r\n",
      "* OK IMAP4rev1\r\n",
      "\u0016\u0003\u0001\u0002\u0000",
      "GET \u0000\u0001 x",
      "x".repeat(40),
      "\r\n".repeat(9),
    };
    for (String opening : openings) {
      assertThat(says(opening)).as(opening).isEqualTo(Recognition.NO);
    }
  }

  @Test
  void waitsForTheVersion() {
    String request = "GET /a/b HTTP/1.1\r\n";
    for (int length = 1; length < request.length(); length++) {
      assertThat(says(request.substring(0, length)))
          .as("%d bytes", length)
          .isEqualTo(Recognition.MORE);
    }
    String response = "HTTP/1.1 200 OK\r\n";
    for (int length = 1; length <= 5; length++) {
      assertThat(says(response.substring(0, length))).isEqualTo(Recognition.MORE);
    }
    assertThat(says("HTTP/1")).isEqualTo(Recognition.YES);
    String preface = "PRI * HTTP/2.0\r\n";
    for (int length = 1; length < preface.length(); length++) {
      assertThat(says(preface.substring(0, length))).isEqualTo(Recognition.MORE);
    }
  }

  @Test
  void takesAKnownMethodForItWhereTheLineIsLong() {
    assertThat(says("GET /" + "x".repeat(506))).isEqualTo(Recognition.MORE);
    assertThat(says("GET /" + "x".repeat(507))).isEqualTo(Recognition.YES);
    assertThat(says("OPTIONS sip:" + "x".repeat(500))).isEqualTo(Recognition.MORE);
    assertThat(says("XYZ /" + "x".repeat(507))).isEqualTo(Recognition.MORE);
  }

  @Test
  void isNotForDatagrams() {
    byte[] bytes = "NOTIFY * HTTP/1.1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Opening opening = new Opening().flow(false, 1_900, 1_900);
    opening.bytes(true, MemorySegment.ofArray(bytes), 0, bytes.length);
    assertThat(protocol.recognise(opening)).isEqualTo(Recognition.NO);
  }
}
