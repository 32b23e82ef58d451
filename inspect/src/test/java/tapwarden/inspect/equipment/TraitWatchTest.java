package tapwarden.inspect.equipment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.capture.forge.Forge.ethernet;
import static tapwarden.capture.forge.Forge.gtpU;
import static tapwarden.capture.forge.Forge.ipv4;
import static tapwarden.capture.forge.Forge.tcp;
import static tapwarden.capture.forge.Forge.udp;
import static tapwarden.capture.forge.Forge.vlan;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.IpAddress;

class TraitWatchTest {
  private static final String HUAWEI = "00:25:9e:0a:0b:0c";
  private static final String ROUTER = "00:00:0c:00:00:01";
  private static final byte[] TEXT = "SSH-2.0-a".getBytes(US_ASCII);

  private Segment segment = new Segment();
  private TraitWatch watch = watch();

  private TraitWatch watch() {
    return new TraitWatch(
        segment.ownership, Networks.standard(), HashKey.random(), new CounterBlock());
  }

  private void segment(Declared... declared) {
    segment = new Segment(declared);
    watch = watch();
  }

  private Packet packet(Layer... layers) {
    byte[] frame = Forge.frame(layers);
    segment.send(frame);
    return segment.decode(frame, 5_000_000_000L);
  }

  private @Nullable TraitSeen of(String address, @Nullable Packet packet) {
    IpAddress a = IpAddress.parse(address);
    boolean userPlane = packet != null && packet.isUserPlane();
    return watch.ofAddress(
        "ssh-banner",
        TEXT,
        0,
        TEXT.length,
        a.version(),
        a.high(),
        a.low(),
        packet,
        userPlane,
        9,
        5_000_000_000L);
  }

  @Test
  void anExternalAddressSaysNothingOfOurs() {
    Packet packet =
        packet(ethernet(HUAWEI, ROUTER), ipv4("203.0.113.9", "10.0.0.2"), tcp(22, 40_000));
    assertThat(of("203.0.113.9", packet)).isNull();
    assertThat(of("203.0.113.9", null)).isNull();
    assertThat(of("224.0.0.251", null)).isNull();
  }

  @Test
  void aHomeAddressSpeaksForItselfNotForTheHardwareAddressThatBroughtIt() {
    Packet packet =
        packet(
            ethernet(HUAWEI, ROUTER),
            ipv4("10.0.0.2", "203.0.113.9").timeToLive(63),
            tcp(22, 40_000));
    TraitSeen seen = of("10.0.0.2", packet);
    assertThat(seen).isNotNull();
    assertThat(seen.equipment()).isNull();
    assertThat(seen.address()).isEqualTo(IpAddress.parse("10.0.0.2"));
    assertThat(seen.mac()).isEqualTo(-1);
    assertThat(seen.packetNumber()).isEqualTo(9);
  }

  @Test
  void theOwnerOfAnAddressSpeaks() {
    segment(
        Declared.of("cell").network("10.40.17.0/29"),
        Declared.of("far").network("198.51.100.7/32"));
    Packet own =
        packet(
            ethernet(HUAWEI, ROUTER),
            ipv4("10.0.0.2", "10.40.17.1").timeToLive(64),
            tcp(22, 40_000));
    TraitSeen recognised = of("10.0.0.2", own);
    assertThat(recognised.equipment().id()).isEqualTo("huawei-00259e0a0b0c");
    assertThat(recognised.identifiedByIds()).containsExactly("oui", "ttl");
    assertThat(of("10.40.17.1", own).equipment().id()).isEqualTo("cell");
    watch.tick(0);
    assertThat(of("10.40.17.2", null).identifiedByIds()).containsExactly("cidr");
    // Declared equipment may be anywhere.
    assertThat(of("198.51.100.7", null).equipment().id()).isEqualTo("far");
  }

  @Test
  void aVlanTellsTheOwnerWhileThereIsAPacket() {
    segment(Declared.of("cell").vlan(410));
    Packet packet =
        packet(
            ethernet(ROUTER, HUAWEI),
            vlan(410),
            ipv4("10.3.3.3", "203.0.113.9").timeToLive(63),
            tcp(22, 40_000));
    assertThat(of("10.3.3.3", packet).equipment().id()).isEqualTo("cell");
    assertThat(of("10.3.3.3", null).equipment()).isNull();
  }

  @Test
  void subscribersInAUserPlaneSpeakForNobody() {
    Packet packet =
        packet(
            ethernet(HUAWEI, ROUTER),
            ipv4("10.40.17.2", "10.40.18.1"),
            udp(2152, 2152),
            gtpU(7),
            ipv4("10.64.0.7", "203.0.113.9"),
            tcp(22, 40_000));
    assertThat(packet.isUserPlane()).isTrue();
    assertThat(of("10.64.0.7", packet)).isNull();
    assertThat(watch.ofSender("x-y", TEXT, 0, TEXT.length, packet)).isNull();
  }

  @Test
  void isToldOnceAnHour() {
    watch.tick(0);
    assertThat(of("10.0.0.2", null)).isNotNull();
    assertThat(of("10.0.0.2", null)).isNull();
    assertThat(of("10.0.0.3", null)).isNotNull();
    watch.tick(3_600_000_000_000L);
    assertThat(of("10.0.0.2", null).period()).isEqualTo(2);
  }

  @Test
  void nothingReadableIsNotTold() {
    IpAddress a = IpAddress.parse("10.0.0.2");
    byte[] blank = {0, 10, 13};
    assertThat(watch.ofAddress("x-y", blank, 0, 3, 4, a.high(), a.low(), null, false, 1, 1))
        .isNull();
  }

  @Test
  void aDeviceOnTheSegmentSpeaksByItsHardwareAddress() {
    Packet own = packet(ethernet(ROUTER, HUAWEI), Forge.payload(new byte[40]));
    TraitSeen seen = watch.ofSender("lldp-system", TEXT, 0, TEXT.length, own);
    assertThat(seen.mac()).isEqualTo(0x00000c000001L);
    assertThat(seen.equipment()).isNull();
    Packet known = packet(ethernet(HUAWEI, ROUTER), Forge.payload(new byte[40]));
    assertThat(watch.ofSender("lldp-system", TEXT, 0, TEXT.length, known).equipment().id())
        .isEqualTo("huawei-00259e0a0b0c");
  }

  @Test
  void aDeviceWithADeclaredAddressIsTheDeclaredEquipment() {
    segment(Declared.of("cell").network("10.40.17.1/32"));
    packet(
        ethernet(ROUTER, "ff:ff:ff:ff:ff:ff"),
        Forge.arpRequest(ROUTER, "10.40.17.1", "10.40.17.2"));
    Packet own = packet(ethernet(ROUTER, HUAWEI), Forge.payload(new byte[40]));
    TraitSeen seen = watch.ofSender("lldp-system", TEXT, 0, TEXT.length, own);
    assertThat(seen.equipment().id()).isEqualTo("cell");
    assertThat(seen.identifiedByIds()).containsExactly("ip");
  }

  @Test
  void aForwarderIsNotBlamedForWhatItForwards() {
    for (int i = 1; i <= 5; i++) {
      packet(
          ethernet(ROUTER, HUAWEI), ipv4("10.0.0." + i, "203.0.113.9").timeToLive(64), udp(68, 67));
    }
    Packet relayed = packet(ethernet(ROUTER, HUAWEI), ipv4("10.0.0.1", "10.0.0.254"), udp(68, 67));
    assertThat(watch.ofSender("dhcp-vendor-class", TEXT, 0, TEXT.length, relayed)).isNull();
    Packet own = packet(ethernet(ROUTER, HUAWEI), Forge.payload(new byte[40]));
    assertThat(watch.ofSender("lldp-system", TEXT, 0, TEXT.length, own)).isNotNull();
  }
}
