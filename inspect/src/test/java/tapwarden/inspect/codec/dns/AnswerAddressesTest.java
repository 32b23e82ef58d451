package tapwarden.inspect.codec.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.wire.IpAddress;

/** Service records as in the test vectors of RFC 9460, appendix D.2. */
class AnswerAddressesTest {
  private static final String FOO_EXAMPLE_COM = "03666f6f076578616d706c6503636f6d00";
  private static final String FOO_EXAMPLE_ORG = "03666f6f076578616d706c65036f726700";

  private final AnswerAddresses addresses = new AnswerAddresses();

  private static tapwarden.capture.forge.DnsMessage answer() {
    return tapwarden.capture.forge.DnsMessage.response(1, "example.com", DnsType.HTTPS);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** The addresses of an answer with one HTTPS record of that data. */
  private List<String> hints(String data) {
    return of(answer().record("example.com", DnsType.HTTPS, 60, bytes(data)));
  }

  private List<String> of(tapwarden.capture.forge.DnsMessage forged) {
    byte[] wire = forged.toBytes();
    DnsMessage message = new DnsMessage();
    assertThat(message.parse(MemorySegment.ofArray(wire), 0, wire.length)).isTrue();
    List<String> read = new ArrayList<>();
    addresses.of(message);
    while (addresses.next()) {
      read.add(
          addresses.entry()
              + " "
              + new IpAddress(addresses.version(), addresses.high(), addresses.low()));
    }
    return read;
  }

  @Test
  void readsTwoIpv6Hints() {
    assertThat(
            hints(
                "0001"
                    + FOO_EXAMPLE_COM
                    + "0006 0020 20010db8000000000000000000000001"
                    + "20010db8000000000000000000530001"))
        .containsExactly("1 2001:db8::1", "1 2001:db8::53:1");
  }

  @Test
  void passesOverTheParametersBeforeAnIpv4Hint() {
    assertThat(
            hints(
                "0010"
                    + FOO_EXAMPLE_ORG
                    + "0000 0004 0001 0004"
                    + "0001 0009 02 6832 05 68332d3139"
                    + "0004 0004 c0000201"))
        .containsExactly("1 192.0.2.1");
  }

  @Test
  void givesAllAddressesInTheOrderOfTheirRecords() {
    assertThat(
            of(
                answer()
                    .a("example.com", 60, "203.0.113.1")
                    .record("example.com", DnsType.SVCB, 60, bytes("0001 00 0004 0004 c0000201"))
                    .cname("example.com", 60, "www.example.com")
                    .aaaa("example.com", 60, "2001:db8::7")
                    .additional()
                    .a("example.com", 60, "203.0.113.9")))
        .containsExactly("1 203.0.113.1", "2 192.0.2.1", "4 2001:db8::7");
  }

  @Test
  void aliasModeHasNoParameters() {
    assertThat(hints("0000 00 0004 0004 c0000201")).isEmpty();
  }

  @Test
  void aParameterThatDoesNotFitEndsItsRecord() {
    assertThat(hints("0001 00 0004 0004 c0000201 0004 0008 c0000202"))
        .containsExactly("1 192.0.2.1");
    assertThat(hints("0001 00 0004 0003 c00002 0004 0004 c0000203")).containsExactly("1 192.0.2.3");
    assertThat(hints("0001 00 0004 00")).isEmpty();
    assertThat(hints("0001 00")).isEmpty();
    assertThat(hints("0001")).isEmpty();
  }

  @Test
  void readsSixtyFourHintsAndSaysThatThereWereMore() {
    String two = "0001 00 0004 0100" + "c0000201".repeat(64);
    assertThat(hints(two)).hasSize(64);
    assertThat(addresses.isCut()).isFalse();
    assertThat(
            of(
                answer()
                    .record("example.com", DnsType.HTTPS, 60, bytes(two))
                    .record("example.com", DnsType.HTTPS, 60, bytes("0001 00 0004 0004 c0000202"))
                    .a("example.com", 60, "203.0.113.1")))
        .hasSize(65)
        .endsWith("3 203.0.113.1");
    assertThat(addresses.isCut()).isTrue();
  }
}
