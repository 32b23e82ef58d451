package tapwarden.inspect.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.inspect.json.JsonWriter;

/** Where user information stands: RFC 3986 §3.2.1 and RFC 3261 §19.1.1. */
class BareUriTest {
  private static String bare(String text, int most) {
    JsonWriter json = new JsonWriter();
    json.reset().beginObject().name("u");
    byte[] bytes = ("<<" + text + ">>").getBytes(StandardCharsets.ISO_8859_1);
    BareUri.write(json, bytes, 2, bytes.length - 2, most);
    String written = json.endObject().toString();
    return written.substring(6, written.length() - 2);
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:s3cret@a.example/x?y#z, http://a.example/x?y#z",
    "http://s3cret@a.example, http://a.example",
    "http://u:s3@cret@a.example/x@y, http://a.example/x@y",
    "http://u:s3cr/et@a.example/, http://a.example/",
    "http://u:s3c?r#et@a.example/, http://a.example/",
    "http:///u:s3cret@a.example/, http:///a.example/",
    "//u:s3cret@a.example/, //a.example/",
    "rtsp://u:s3cret@[2001:db8::1]:554/x@y, rtsp://[2001:db8::1]:554/x@y",
    "http://a.example/?to=ftp://u:s3cret@b.example/, http://a.example/?to=ftp://b.example/",
    "sip:u:s3cret@a.example, sip:u@a.example",
    "SIPS:u:s3@cret@a.example;x, SIPS:u@a.example;x",
    "'<sip:u:s3cret@a.example>, <sip:v:s3cret@b.example>', '<sip:u@a.example>, <sip:v@b.example>'",
    "sip://u:s3cret@a.example, sip://u@a.example",
    "GET sip:u:s3cret@a.example SIP/2.0, GET sip:u@a.example SIP/2.0",
  })
  void leavesPasswordsOut(String text, String bare) {
    assertThat(bare(text, 1_000)).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a@b",
        "*",
        "http://a.example/@user",
        "http://a.example?mail=a@b.example",
        "http://a.example:8080?mail=a@b.example",
        "http://a.example:8080/x@y",
        "http://[2001:db8::1]:80/x@y",
        "https://a.example/x?password=open&to=a@b",
        "sip:bob@a.example:5060;transport=udp",
        "sip:a.example:5060",
        "Bob <sip:bob@a.example>;tag=a:b",
        "tel:+1-201-555-0123",
        "gossip:a:b@c",
        "://@",
        "SIP/2.0/UDP a.example:5060;branch=z9hG4bK",
      })
  void leavesTheRestAsItIs(String text) {
    assertThat(bare(text, 1_000)).isEqualTo(text.equals("://@") ? "://" : text);
  }

  @Test
  void cutsWhatIsLeft() {
    assertThat(bare("http://u:s3cret@a.example/", 10)).isEqualTo("http://a.e");
  }

  /** A second for each of these would be far too long; none may be of the square of its length. */
  @ParameterizedTest
  @ValueSource(strings = {"://a:b", "@[", "sip:", "sip:@", "://", "//a:", "a@", "sip:a:"})
  void isLinear(String part) {
    String text = part.repeat(200_000) + "@";
    long begun = System.nanoTime();
    assertThat(bare(text, 10)).hasSizeLessThanOrEqualTo(20);
    assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
  }
}
