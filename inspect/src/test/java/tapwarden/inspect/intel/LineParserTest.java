package tapwarden.inspect.intel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

class LineParserTest {
  private final LineParser parser = new LineParser();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 203.0.113.9",
        "2001:db8::9 | 2001:db8::9",
        "2001:DB8:0:0:0:0:0:9 | 2001:db8::9",
        "[2001:db8::9] | 2001:db8::9",
        "::ffff:203.0.113.9 | 203.0.113.9",
        "[::ffff:203.0.113.9]:443 | 203.0.113.9:443",
        "::203.0.113.9 | ::cb00:7109",
        "0x7f.example | 0x7f.example",
        "203.0.113.0/24 | 203.0.113.0/24",
        "203.0.113.77/24 | 203.0.113.0/24",
        "203.0.113.77/32 | 203.0.113.77",
        "::ffff:203.0.113.77/120 | 203.0.113.0/24",
        "::ffff:203.0.113.77/128 | 203.0.113.77",
        "2001:db8:1:2::/40 | 2001:db8::/40",
        "2001:db8::7/128 | 2001:db8::7",
        "203.0.113.9:443 | 203.0.113.9:443",
        "[2001:db8::9]:8443 | [2001:db8::9]:8443",
        "C2.Example | c2.example",
        "c2.example. | c2.example",
        ".c2.example | c2.example",
        "*.c2.example | c2.example",
        "c2.example:8080 | c2.example",
        "_dmarc.x--y.example | _dmarc.x--y.example",
        "bücher.example | xn--bcher-kva.example"
      })
  void readsEveryKind(String line, String value) {
    assertThat(parse(line)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203[.]0[.]113[.]9 | 203.0.113.9",
        "203(.)0(.)113{.}9 | 203.0.113.9",
        "203.0.113[.]9[:]443 | 203.0.113.9:443",
        "c2[dot]example | c2.example",
        "c2(DOT)bad\\.example | c2.bad.example",
        "hxxp://c2[.]example | c2.example",
        "hXXps://c2.example/ | c2.example",
        "hxxps[://]c2[.]example[:]8443/ | c2.example",
        "http://203.0.113.9:8080/ | 203.0.113.9:8080",
        "tcp://[2001:db8::9]:22 | [2001:db8::9]:22",
        "2001[:]db8[:][:]9 | 2001:db8::9",
        "'||c2.example^' | c2.example"
      })
  void undoesDefangedSpellings(String line, String value) {
    assertThat(parse(line)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.256 | neither an address, a network, nor a name",
        "203.0.113 | neither an address, a network, nor a name",
        "203.0.113.09 | neither an address, a network, nor a name",
        "0x7f000001 | neither an address, a network, nor a name",
        "0xCB.0x0.0x71.0x9 | neither an address, a network, nor a name",
        "c2.0x | neither an address, a network, nor a name",
        "1.2.3.4.5 | neither an address, a network, nor a name",
        "2001:db8::g | neither an address, a network, nor a name",
        "[2001:db8::9 | neither an address, a network, nor a name",
        "203.0.113.0/33 | bad prefix length",
        "203.0.113.0/ | bad prefix length",
        "203.0.113.0/-1 | bad prefix length",
        "2001:db8::/129 | bad prefix length",
        "203.0.113.9:0 | ports are 1 to 65535",
        "203.0.113.9:65536 | ports are 1 to 65535",
        "[2001:db8::9]443 | ports are 1 to 65535",
        "c2.example:http | ports are 1 to 65535",
        "http://c2.example/gate.php | a URL with a path; a list can name hosts only",
        "c2.example/gate.php | a URL with a path; a list can name hosts only",
        "http://c2.example?x=1 | a URL with a path; a list can name hosts only",
        "0.0.0.0 c2.example | more than one word; put remarks behind #",
        "c2..example | 'part of the name is empty, longer than 63, or badly spelt'",
        "c2_example! | neither an address, a network, nor a name",
        "user@c2.example | neither an address, a network, nor a name",
        "* | neither an address, a network, nor a name",
        ". | neither an address, a network, nor a name"
      })
  void refusesWithTheReason(String line, String reason) {
    assertThat(parse(line)).isEqualTo("refused: " + reason);
  }

  @Test
  void refusesLabelsAndNamesThatAreTooLong() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "b".repeat(61));
    assertThat(parse(longest)).hasSize(253).isEqualTo(longest);
    assertThat(parse(longest + "b")).isEqualTo("refused: " + LineParser.NAME_TOO_LONG);
    assertThat(parse(label + "a.example")).isEqualTo("refused: " + LineParser.BAD_LABEL);
    assertThat(parse("a".repeat(1025))).isEqualTo("refused: " + LineParser.TOO_LONG);
  }

  @Test
  void takesCommentsAndBlanksForNothing() {
    for (String line : new String[] {"", "   ", "\t", "\r", "# all comment", "  # x"}) {
      assertThat(parse(line)).as(line).isEqualTo("nothing");
    }
  }

  @Test
  void keepsTheCommentBehindAnEntry() {
    byte[] line = "  203.0.113.9 \t#  Mozi, seen 2026 \r".getBytes(StandardCharsets.UTF_8);
    assertThat(parser.parse(line, 0, line.length)).isNull();
    assertThat(
            new String(
                line,
                parser.commentFrom,
                parser.commentTo - parser.commentFrom,
                StandardCharsets.UTF_8))
        .isEqualTo("Mozi, seen 2026");
  }

  @Test
  void refusesBadBytes() {
    byte[] latin1 = "b\u00fccher.example".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(parser.parse(latin1, 0, latin1.length)).isEqualTo(LineParser.NOT_UTF8);
    byte[] nul = "c2.exam\0ple".getBytes(StandardCharsets.US_ASCII);
    assertThat(parser.parse(nul, 0, nul.length)).isEqualTo(LineParser.CONTROL);
  }

  private String parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    String reason = parser.parse(bytes, 0, bytes.length);
    return reason != null ? "refused: " + reason : describe(parser);
  }

  static String describe(LineParser parser) {
    int kind = parser.kind;
    if (kind == 0) {
      return "nothing";
    }
    if (kind == Entry.NAME) {
      return new String(parser.name, 0, parser.nameLength, StandardCharsets.US_ASCII);
    }
    IpAddress address = new IpAddress(Entry.isV4(kind) ? 4 : 6, parser.high, parser.low);
    return switch (kind) {
      case Entry.PORT_V4 -> address + ":" + parser.detail;
      case Entry.PORT_V6 -> "[" + address + "]:" + parser.detail;
      case Entry.NETWORK_V4, Entry.NETWORK_V6 -> new Cidr(address, parser.detail).toString();
      default -> address.toString();
    };
  }
}
