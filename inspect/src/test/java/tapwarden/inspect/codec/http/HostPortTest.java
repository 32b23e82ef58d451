package tapwarden.inspect.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Authorities as in RFC 3986 §1.1.2 and §3.2. */
class HostPortTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www.ietf.org            | www.ietf.org | -1",
        "192.0.2.16:80           | 192.0.2.16   | 80",
        "[2001:db8::7]           | [2001:db8::7]| -1",
        "[2001:db8::7]:8443      | [2001:db8::7]| 8443",
        "user:pass@a.example:81  | a.example    | 81",
        "user:p@ss@a.example     | a.example    | -1",
        "user:p/ss@a.example:81  | a.example    | 81",
        "a.example:              | a.example    | -1",
        "a.example:0             | a.example    | -1",
        "a.example:65535         | a.example    | 65535",
        "a.example:65536         | a.example    | -1",
        "a.example:8x            | a.example    | -1",
        "[2001:db8::7            | [2001:db8::7 | -1",
        "user@                   | ''           | -1",
      })
  void findsHostAndPort(String authority, String host, int port) {
    byte[] text = ("//" + authority).getBytes(StandardCharsets.US_ASCII);
    int start = HostPort.hostStart(text, 2, text.length);
    int end = HostPort.hostEnd(text, start, text.length);
    assertThat(new String(text, start, end - start, StandardCharsets.US_ASCII)).isEqualTo(host);
    assertThat(HostPort.port(text, end, text.length)).isEqualTo(port);
  }
}
