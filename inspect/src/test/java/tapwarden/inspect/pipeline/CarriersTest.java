package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.wire.IpAddress;

class CarriersTest {
  private static final String HOME = "10.0.0.1";
  private static final String HOME_TOO = "10.0.0.2";
  private static final String OUTSIDE = "203.0.113.9";
  private static final String OUTSIDE_TOO = "2001:db8::9";
  private static final String HOME_6 = "fd00::1";

  private final Carriers carriers = new Carriers(EquipmentDirectory.empty(), Networks.standard());
  private final Packet packet = new Packet();
  private final Frame frame = new Frame();

  /** IP directly in IP, pair after pair of addresses, the outermost first. */
  private int levels(String... addresses) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"));
    for (int i = 0; i < addresses.length; i += 2) {
      layers.add(Forge.ip(addresses[i], addresses[i + 1]));
    }
    layers.add(Forge.udp(5_000, 5_001));
    byte[] bytes = Forge.frame(layers.toArray(new Layer[0]));
    frame.wrap(
        MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 1, LinkType.ETHERNET, 0, 1);
    new PacketDecoder().decode(frame, packet);
    return carriers.levels(packet);
  }

  private String source(int level) {
    Packet carrier = carriers.of(frame, level);
    return new IpAddress(carrier.ipVersion(), carrier.sourceHigh(), carrier.sourceLow()).toString();
  }

  @Test
  void aPacketThatNothingCarriesHasNone() {
    assertThat(levels(HOME, OUTSIDE)).isZero();
    assertThat(Carriers.shardLevel(packet, 0)).isZero();
  }

  @Test
  void findsTheCarriersThatCrossTheBorderAtEachLevel() {
    int levels = levels(HOME, HOME_TOO, HOME, OUTSIDE, HOME_6, OUTSIDE_TOO, HOME, OUTSIDE);
    assertThat(Carriers.crossings(levels)).isEqualTo(0b110);
    assertThat(Carriers.outside(levels)).isZero();
    assertThat(Carriers.shardLevel(packet, levels)).isEqualTo(2);
    assertThat(source(1)).isEqualTo(HOME);
    assertThat(source(3)).isEqualTo(HOME_6);
  }

  @Test
  void tellsThoseBetweenTwoSidesOutsideApart() {
    int levels = levels("198.51.100.1", OUTSIDE, OUTSIDE_TOO, "2001:db8::1", HOME, HOME_TOO);
    assertThat(Carriers.crossings(levels)).isZero();
    assertThat(Carriers.outside(levels)).isEqualTo(0b11);
    assertThat(Carriers.shardLevel(packet, levels)).isZero();
  }

  /** A frame has at most 16 layers: Ethernet and 15 IP headers, 14 of which carry another. */
  @Test
  void endsAtTheLayerLimit() {
    String[] addresses = new String[2 * 40];
    for (int i = 0; i < addresses.length; i += 2) {
      addresses[i] = HOME;
      addresses[i + 1] = OUTSIDE;
    }
    int levels = levels(addresses);
    assertThat(Carriers.crossings(levels)).isEqualTo((1 << 14) - 1);
    assertThat(Carriers.outside(levels)).isZero();
  }

  @Test
  void bothDirectionsOfATunnelHaveTheSameEnds() {
    levels(HOME, HOME_TOO, HOME, OUTSIDE, HOME, HOME_TOO);
    long there = carriers.ends(packet, 2);
    levels(HOME_TOO, HOME, OUTSIDE, HOME, HOME_TOO, HOME);
    assertThat(carriers.ends(packet, 2)).isEqualTo(there).isNotEqualTo(carriers.ends(packet, 1));
    assertThat(carriers.ends(packet, 0)).isEqualTo(carriers.ends(packet, 1));
  }
}
