package tapwarden.capture.forge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DnsMessageTest {
  @Test
  void compressesNamesAsTheExampleOfRfc1035() {
    byte[] message =
        DnsMessage.empty(0, 0)
            .question("F.ISI.ARPA", DnsMessage.A)
            .question("FOO.F.ISI.ARPA", DnsMessage.A)
            .question("ARPA", DnsMessage.A)
            .toBytes();
    // F.ISI.ARPA at 12 (1 F 3 ISI 4 ARPA 0); FOO then a pointer to 12; ARPA a pointer to 18.
    assertThat(message)
        .isEqualTo(
            Octets.fromHex(
                "0000 0000 0003 0000 0000 0000"
                    + "01 46 03 495349 04 41525041 00 0001 0001"
                    + "03 464f4f c00c 0001 0001"
                    + "c012 0001 0001"));
  }

  @Test
  void writesChainsCountsAndLengths() {
    byte[] message =
        DnsMessage.response(0x1234, "a.b", DnsMessage.A)
            .cname("a.b", 60, "c.b")
            .a("c.b", 60, "192.0.2.1")
            .edns(1232)
            .toBytes();
    assertThat(message)
        .isEqualTo(
            Octets.fromHex(
                "1234 8180 0001 0002 0000 0001"
                    + "01 61 01 62 00 0001 0001"
                    + "c00c 0005 0001 0000003c 0004 01 63 c00e"
                    + "c021 0001 0001 0000003c 0004 c0000201"
                    + "00 0029 04d0 00000000 0000"));
  }

  @Test
  void spellsNamesOutWhenAsked() {
    byte[] message =
        DnsMessage.response(1, "a.b", DnsMessage.AAAA)
            .uncompressed()
            .aaaa("a.b", 1, "::1")
            .toBytes();
    assertThat(message)
        .isEqualTo(
            Octets.fromHex(
                "0001 8180 0001 0001 0000 0000 0161016200 001c 0001"
                    + "0161016200 001c 0001 00000001 0010"
                    + "00000000000000000000000000000001"));
  }

  @Test
  void tcpPrefixesTheLength() {
    byte[] query = DnsMessage.query(1, "a", DnsMessage.TXT).toTcpBytes();
    assertThat(query)
        .isEqualTo(Octets.fromHex("0013 0001 0100 0001 000000000000 016100 0010 0001"));
  }
}
