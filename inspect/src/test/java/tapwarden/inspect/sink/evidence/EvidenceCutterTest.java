package tapwarden.inspect.sink.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.capture.forge.Forge;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.sink.evidence.EvidenceOptions.Payload;

/** Lengths added up by hand: Ethernet 14, IPv4 20, UDP 8, TCP 20, GTP-U 8, PPPoE 6, PPP 2. */
class EvidenceCutterTest {
  private static final EvidenceCutter FULL = new EvidenceCutter(Payload.FULL);
  private static final EvidenceCutter HEADERS = new EvidenceCutter(Payload.HEADERS);
  private static final EvidenceCutter NONE = new EvidenceCutter(Payload.NONE);

  @Test
  void keepsAsMuchOfTheEquipmentsOwnTrafficAsConfigured() {
    Packet packet = Packets.decode(1, Packets.udp("10.0.0.1", "203.0.113.9", 100));
    assertThat(FULL.keptBytes(packet)).isEqualTo(14 + 20 + 8 + 100);
    assertThat(HEADERS.keptBytes(packet)).isEqualTo(14 + 20 + 8);
    assertThat(NONE.keptBytes(packet)).isEqualTo(14 + 20);
  }

  @Test
  void keepsOnlyHeadersOfWhatIsCarriedForSubscribers() {
    byte[] frame =
        Forge.frame(
            Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
            Forge.ipv4("10.40.17.2", "10.20.0.1"),
            Forge.udp(2152, 2152),
            Forge.gtpU(7),
            Forge.ipv4("100.64.0.5", "198.51.100.1"),
            Forge.tcp(50000, 80),
            Forge.payload("GET /private HTTP/1.1\r\n\r\n"));
    Packet packet = Packets.decode(1, frame);
    assertThat(packet.isUserPlane()).isTrue();
    int headers = 14 + 20 + 8 + 8 + 20 + 20;
    assertThat(FULL.keptBytes(packet)).isEqualTo(headers);
    assertThat(NONE.keptBytes(packet)).isEqualTo(headers - 20);
    EvidenceFrame kept = EvidenceFrame.of(packet, FULL, "eth1");
    assertThat(Packets.bytes(kept)).isEqualTo(Arrays.copyOf(frame, headers));
    assertThat(new String(Packets.bytes(kept), StandardCharsets.ISO_8859_1))
        .doesNotContain("private");
    assertThat(kept.cutComment())
        .isEqualTo("traffic of a subscriber: the last 25 of 115 captured bytes were cut");
    assertThat(kept.wireLength()).isEqualTo(115);
  }

  @Test
  void keepsNothingOfASubscribersLogin() {
    // PAP (0xc023) authenticate-request, RFC 1334 section 2.2.1.
    byte[] frame =
        Forge.frame(
            Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
            Forge.pppoeSession(9),
            Forge.header(new byte[] {(byte) 0xC0, 0x23}),
            Forge.payload("\001\001\000\020\004user\006secret"));
    EvidenceFrame kept = EvidenceFrame.of(Packets.decode(1, frame), FULL, "");
    assertThat(kept.bytes().byteSize()).isLessThanOrEqualTo(14 + 6 + 2);
    assertThat(new String(Packets.bytes(kept), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
  }

  @Test
  void takesAFrameThatBrokeOffInsideATunnelForTheSubscribers() {
    byte[] frame =
        Forge.frame(
            Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
            Forge.ipv4("10.40.17.2", "10.20.0.1"),
            Forge.udp(2152, 2152),
            Forge.gtpU(7),
            Forge.payload("\165\000broken inner packet with a secret in it"));
    EvidenceFrame kept = EvidenceFrame.of(Packets.decode(1, frame), FULL, "");
    assertThat(kept.bytes().byteSize()).isLessThanOrEqualTo(14 + 20 + 8 + 8);
  }

  @Test
  void saysNothingWhenNothingWasCut() {
    Packet packet = Packets.decode(1, Packets.udp("10.0.0.1", "203.0.113.9", 100));
    assertThat(EvidenceFrame.of(packet, FULL, "").cutComment()).isNull();
    assertThat(EvidenceFrame.of(packet, HEADERS, "").cutComment())
        .isEqualTo("the last 100 of 142 captured bytes were cut");
  }
}
