package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.capture.forge.Forge.arpReply;
import static tapwarden.capture.forge.Forge.arpRequest;
import static tapwarden.capture.forge.Forge.cdp;
import static tapwarden.capture.forge.Forge.ethernet;
import static tapwarden.capture.forge.Forge.frame;
import static tapwarden.capture.forge.Forge.gtpU;
import static tapwarden.capture.forge.Forge.icmpV6;
import static tapwarden.capture.forge.Forge.ipv4;
import static tapwarden.capture.forge.Forge.ipv6;
import static tapwarden.capture.forge.Forge.lldp;
import static tapwarden.capture.forge.Forge.payload;
import static tapwarden.capture.forge.Forge.ppp;
import static tapwarden.capture.forge.Forge.pppoeSession;
import static tapwarden.capture.forge.Forge.snap;
import static tapwarden.capture.forge.Forge.tcp;
import static tapwarden.capture.forge.Forge.udp;
import static tapwarden.capture.forge.Forge.vlan;
import static tapwarden.capture.forge.Forge.vxlan;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.inspect.decode.Packet;

class IdentityTrackerTest {
  private static final String HUAWEI = "00:25:9e:0a:0b:0c";
  private static final String OTHER = "00:00:0c:00:00:01";
  private static final String HOST = "02:00:00:00:00:05";
  private static final String ALL = "ff:ff:ff:ff:ff:ff";
  private static final String ID = "huawei-00259e0a0b0c";

  @Test
  void bindsAnAddressThatItsHolderClaimsByArp() {
    Segment segment = new Segment().send(ethernet(HUAWEI, ALL), request(HUAWEI, "10.0.0.2"));
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo(ID);
    segment.send(ethernet(HUAWEI, HOST), ipv4("10.0.0.2", "203.0.113.9").timeToLive(63), udp(1, 2));
    assertThat(segment.source()).isEqualTo(ID + " [oui, arp]");
    assertThat(segment.destination()).isEqualTo("nobody");
  }

  @Test
  void believesNoArpThatSpeaksForAnotherMacNorAProbe() {
    Segment segment =
        new Segment()
            .send(ethernet(HOST, ALL), request(HUAWEI, "10.0.0.2"))
            .send(ethernet(HUAWEI, ALL), request(HUAWEI, "0.0.0.0"));
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo("nobody");
    assertThat(segment.ownerOf("0.0.0.0")).isEqualTo("nobody");
  }

  @Test
  void takesTheTargetOfAnArpReplyOnlyWhileNothingElseIsKnown() {
    Segment segment =
        new Segment().send(ethernet(HOST, HUAWEI), arpReply(HOST, "10.0.0.9", HUAWEI, "10.0.0.2"));
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo(ID);
    segment.send(ethernet(OTHER, ALL), request(OTHER, "10.0.0.3"));
    segment.send(ethernet(HOST, HUAWEI), arpReply(HOST, "10.0.0.9", HUAWEI, "10.0.0.3"));
    assertThat(segment.ownerOf("10.0.0.3")).isEqualTo("nobody");
  }

  @Test
  void movesAnAddressToItsNewHolderAndWithdrawsIt() {
    Segment segment =
        new Segment()
            .send(ethernet(HUAWEI, ALL), request(HUAWEI, "10.0.0.2"))
            .send(ethernet(HOST, ALL), request(HOST, "10.0.0.2"));
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo("nobody");
    assertThat(segment.facts.getLast()).isInstanceOf(IdentityFact.Withdrawn.class);
    assertThat(segment.count(Counter.ADDRESSES_MOVED)).isEqualTo(1);
  }

  @Test
  void bindsByAnUndecrementedTtlOnly() {
    Segment segment = new Segment();
    for (int ttl : new int[] {63, 1, 65, 127, 254, 60}) {
      segment.send(from(HUAWEI, "10.0.0.2", ttl));
    }
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo("nobody");
    for (int ttl : new int[] {64, 128, 255}) {
      Segment fresh = new Segment().send(from(HUAWEI, "10.0.0.2", ttl));
      assertThat(fresh.source()).isEqualTo(ID + " [oui, ttl]");
    }
  }

  @Test
  void bindsNoExternalAddressByTtl() {
    Segment segment = new Segment().send(from(HUAWEI, "203.0.113.9", 64));
    assertThat(segment.ownerOf("203.0.113.9")).isEqualTo("nobody");
  }

  @Test
  void ownsFourCarriedAddressesAndAsAForwarderNone() {
    Segment segment = new Segment();
    segment.send(ethernet(HUAWEI, ALL), request(HUAWEI, "10.0.0.1"));
    for (int i = 1; i <= 4; i++) {
      segment.send(from(HUAWEI, "10.0.0." + i, 64));
    }
    for (int i = 1; i <= 4; i++) {
      assertThat(segment.ownerOf("10.0.0." + i)).isEqualTo(ID);
    }
    segment.send(from(HUAWEI, "10.0.0.5", 64));
    assertThat(segment.source()).isEqualTo("nobody");
    // What ARP has proven stays; what only the TTL had bound is withdrawn.
    assertThat(segment.ownerOf("10.0.0.1")).isEqualTo(ID);
    for (int i = 2; i <= 5; i++) {
      assertThat(segment.ownerOf("10.0.0." + i)).isEqualTo("nobody");
    }
    segment.send(from(HUAWEI, "10.0.0.2", 64));
    assertThat(segment.source()).isEqualTo("nobody");
    assertThat(segment.count(Counter.FORWARDERS_FOUND)).isEqualTo(1);
    assertThat(segment.count(Counter.FRAMES_IN_TRANSIT)).isEqualTo(2);
  }

  @Test
  void neverTakesAnAddressAwayByTtl() {
    Segment segment =
        new Segment().send(from(HOST, "10.0.0.2", 64)).send(from(HUAWEI, "10.0.0.2", 64));
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo("nobody");
  }

  @Test
  void bindsByNeighbourDiscoveryWithHopLimit255() {
    byte[] mac = HexFormat.ofDelimiter(":").parseHex(HUAWEI);
    Segment segment = new Segment().send(advertisement("fd00::2", "fd00::2", 255, 2, mac));
    assertThat(segment.ownerOf("fd00::2")).isEqualTo(ID);
    // Crossed a router; the option names another device and the address is not the sender's.
    Segment far = new Segment().send(advertisement("fd00::2", "fd00::2", 250, 2, mac));
    assertThat(far.ownerOf("fd00::2")).isEqualTo("nobody");
    byte[] other = HexFormat.ofDelimiter(":").parseHex(HOST);
    Segment proxy = new Segment().send(advertisement("2001:db8::1", "fd00::7", 255, 2, other));
    assertThat(proxy.ownerOf("fd00::7")).isEqualTo("nobody");
  }

  @Test
  void bindsByDhcpAcknowledgementFromTheServer() {
    Segment segment =
        new Segment()
            .send(
                ethernet(OTHER, HUAWEI),
                ipv4("10.0.0.254", "10.0.0.44").timeToLive(30),
                udp(67, 68),
                payload(dhcp(2, 5, "10.0.0.44")));
    assertThat(segment.ownerOf("10.0.0.44")).isEqualTo(ID);
    Segment offer =
        new Segment()
            .send(
                ethernet(OTHER, HUAWEI),
                ipv4("10.0.0.254", "10.0.0.44").timeToLive(30),
                udp(67, 68),
                payload(dhcp(2, 2, "10.0.0.44")));
    assertThat(offer.ownerOf("10.0.0.44")).isEqualTo("nobody");
    Segment fromOutside =
        new Segment()
            .send(
                ethernet(OTHER, HUAWEI),
                ipv4("203.0.113.254", "10.0.0.44").timeToLive(30),
                udp(67, 68),
                payload(dhcp(2, 5, "10.0.0.44")));
    assertThat(fromOutside.ownerOf("10.0.0.44")).isEqualTo("nobody");
  }

  @Test
  void bindsManagementAddressesOfLldpAndCdp() {
    Segment segment =
        new Segment()
            .send(
                ethernet(HUAWEI, "01:80:c2:00:00:0e"),
                lldp(HUAWEI, "GE0/0/1", 120)
                    .systemName("core-1")
                    .managementAddress("10.9.9.1")
                    .managementAddress("fd00:9::1"));
    assertThat(segment.ownerOf("10.9.9.1")).isEqualTo(ID);
    assertThat(segment.ownerOf("fd00:9::1")).isEqualTo(ID);
    segment.send(
        ethernet("00:25:9e:00:00:02", "01:00:0c:cc:cc:cc"),
        snap(0x00000C, 0x2000),
        cdp("sw-2", "Gi0/1")
            .value(2, HexFormat.of().parseHex("00000001" + "0101cc" + "0004" + "0a090902")));
    assertThat(segment.ownerOf("10.9.9.2")).isEqualTo("huawei-00259e000002");
    assertThat(segment.tracker.inventory().get(0).names()).containsExactly("core-1");
    assertThat(segment.tracker.inventory().get(1).names()).containsExactly("sw-2");
  }

  @Test
  void learnsNothingFromInsideUserPlaneTunnelsAndChargesNobody() {
    byte[] inner = frame(ipv4("10.64.0.7", "203.0.113.9").timeToLive(64), udp(1000, 53));
    Segment segment =
        new Segment(Declared.of("enb").network("10.40.17.2").vlan(410))
            .send(
                ethernet(HUAWEI, HOST),
                vlan(410),
                ipv4("10.40.17.2", "10.40.18.1").timeToLive(64),
                udp(2152, 2152),
                gtpU(7),
                payload(inner));
    assertThat(segment.source()).isEqualTo("nobody");
    assertThat(segment.ownerOf("10.64.0.7")).isEqualTo("nobody");
    assertThat(segment.facts)
        .singleElement()
        .extracting(f -> ((IdentityFact.DeviceSeen) f).equipment().id())
        .isEqualTo("enb");
    segment.send(
        ethernet(HUAWEI, HOST),
        pppoeSession(1),
        ppp(),
        ipv4("10.64.0.8", "203.0.113.9").timeToLive(64),
        udp(1000, 53));
    assertThat(segment.source()).isEqualTo("nobody");
    assertThat(segment.ownerOf("10.64.0.8")).isEqualTo("nobody");
  }

  @Test
  void learnsTheInnerSegmentOfAVxlanMirror() {
    Segment segment =
        new Segment()
            .send(
                ethernet(OTHER, HOST),
                ipv4("10.1.1.1", "10.1.1.2"),
                udp(5000, 4789),
                vxlan(9),
                ethernet(HUAWEI, HOST),
                ipv4("10.0.0.2", "203.0.113.9").timeToLive(64),
                udp(1, 2));
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo(ID);
    assertThat(segment.source()).isEqualTo(ID + " [oui, ttl]");
  }

  @Test
  void prefersDeclaredOverRecognisedAndTellsEveryWay() {
    Segment segment =
        new Segment(
                Declared.of("cell").network("10.40.17.0/29"),
                Declared.of("cam").mac(0x0200_0000_0005L))
            .send(ethernet(HUAWEI, ALL), request(HUAWEI, "10.40.17.2"))
            .send(from(HUAWEI, "10.40.17.2", 64));
    assertThat(segment.source()).isEqualTo("cell [cidr]");
    segment.send(from(HOST, "10.7.7.7", 64));
    assertThat(segment.source()).isEqualTo("cam [mac, ttl]");
    segment.send(from(HOST, "10.7.7.8", 63));
    assertThat(segment.source()).isEqualTo("nobody");
  }

  @Test
  void givesVlanMatchesTheHomeSideOnly() {
    Segment segment =
        new Segment(Declared.of("cell").vlan(410))
            .send(
                ethernet(HOST, OTHER),
                vlan(410),
                ipv4("10.3.3.3", "203.0.113.9").timeToLive(63),
                udp(1, 2));
    assertThat(segment.source()).isEqualTo("cell [vlan]");
    assertThat(segment.destination()).isEqualTo("nobody");
  }

  @Test
  void reportsEachDeviceOnceWithHowItWasIdentified() {
    Segment segment =
        new Segment(Declared.of("cell").network("10.40.17.0/29"))
            .send(from(HUAWEI, "10.0.0.2", 64))
            .send(from(HUAWEI, "10.0.0.3", 64))
            .send(from(HOST, "10.40.17.1", 63))
            .send(from(HOST, "10.40.17.2", 63));
    assertThat(segment.facts.stream().filter(f -> f instanceof IdentityFact.DeviceSeen))
        .extracting(f -> (IdentityFact.DeviceSeen) f)
        .extracting(
            f -> f.equipment().id(),
            IdentityFact.DeviceSeen::identifiedByIds,
            f -> f.packetNumber())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(ID, java.util.List.of("oui"), 1L),
            org.assertj.core.groups.Tuple.tuple("cell", java.util.List.of("cidr"), 3L));
  }

  @Test
  void listsEveryDeviceInTheInventory() {
    Segment segment =
        new Segment(Declared.of("cell").network("10.40.17.0/29"))
            .send(from(OTHER, "203.0.113.1", 50))
            .send(from(OTHER, "10.40.17.1", 63))
            .send(ethernet(HUAWEI, OTHER), vlan(7), ipv4("10.0.0.2", "10.0.0.1"), udp(1, 2));
    assertThat(segment.tracker.inventory())
        .extracting(InventoryEntry::id)
        .containsExactly("cell", ID, OTHER);
    InventoryEntry cell = segment.tracker.inventory().get(0);
    assertThat(cell.addresses()).extracting(Object::toString).containsExactly("10.40.17.1");
    assertThat(cell.frames()).isEqualTo(1);
    InventoryEntry huawei = segment.tracker.inventory().get(1);
    assertThat(huawei.organisation()).isEqualTo("HUAWEI TECHNOLOGIES CO.,LTD");
    assertThat(huawei.vendorGroups()).containsExactly("huawei", "excluded-vendors");
    assertThat(huawei.vlans()).containsExactly(7);
    assertThat(huawei.identifiedBy()).containsExactly("oui", "ttl");
    InventoryEntry router = segment.tracker.inventory().get(2);
    assertThat(router.forwarder()).isTrue();
    assertThat(router.organisation()).isEqualTo("Cisco Systems, Inc");
    assertThat(router.frames()).isEqualTo(2);
    assertThat(router.transitFrames()).isEqualTo(2);
    assertThat(router.addresses()).isEmpty();
  }

  @Test
  void keepsRoomForEquipmentWhenAFloodOfOthersFillsTheTables() {
    Segment segment = new Segment(new IdentityOptions(8, 8));
    for (int i = 0; i < 20; i++) {
      segment.send(from("02:00:00:00:01:%02x".formatted(i), "10.0.1." + i, 64));
    }
    assertThat(segment.count(Counter.MACS_NOT_LEARNT)).isEqualTo(14);
    segment.send(from(HUAWEI, "10.0.0.2", 64));
    assertThat(segment.ownerOf("10.0.0.2")).isEqualTo(ID);
  }

  @Test
  void refusesMoreProofsThanOneDeviceCanHave() {
    Segment segment = new Segment();
    for (int i = 0; i < 70; i++) {
      segment.send(ethernet(HUAWEI, ALL), request(HUAWEI, "10.0.3." + i));
    }
    assertThat(segment.ownerOf("10.0.3.63")).isEqualTo(ID);
    assertThat(segment.ownerOf("10.0.3.64")).isEqualTo("nobody");
    assertThat(segment.count(Counter.ADDRESS_CLAIMS_REFUSED)).isEqualTo(6);
  }

  @Test
  void allocatesNothingForSendersThatTeachNothingNew() {
    Segment segment = new Segment(Declared.of("cell").network("10.40.17.0/29"));
    byte[] first = from(HUAWEI, "10.0.0.2", 64);
    byte[] arp = frame(ethernet(HUAWEI, ALL), request(HUAWEI, "10.0.0.2"));
    segment.send(first).send(arp);
    Packet packet = segment.decode(first, 1);
    long facts = 0;
    // The JVM itself allocates on a thread now and then; the code under test would every time.
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = allocatedBytes();
      for (int i = 0; i < 100_000; i++) {
        facts += segment.tracker.observe(packet);
        facts += segment.ownership.resolve(packet, true) == null ? 1 : 0;
      }
      allocated = Math.min(allocated, allocatedBytes() - before);
    }
    assertThat(facts).isZero();
    assertThat(allocated).isLessThan(1_000);
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static tapwarden.capture.forge.Layer request(String mac, String address) {
    return arpRequest(mac, address, "10.0.0.254");
  }

  private static byte[] from(String mac, String address, int ttl) {
    return frame(
        ethernet(mac, HOST), ipv4(address, "10.200.0.1").timeToLive(ttl), tcp(40_000, 443));
  }

  /** RFC 4861 section 4.4: flags, target, one link-layer address option. */
  private static byte[] advertisement(
      String source, String target, int hopLimit, int option, byte[] mac) {
    byte[] body = new byte[16 + 8];
    System.arraycopy(bytes(target), 0, body, 0, 16);
    body[16] = (byte) option;
    body[17] = 1;
    System.arraycopy(mac, 0, body, 18, 6);
    return frame(
        ethernet(HUAWEI, HOST),
        ipv6(source, "ff02::1").hopLimit(hopLimit),
        icmpV6(136, 0).rest(0x2000_0000L),
        payload(body));
  }

  /** RFC 2131 section 2, with the message type option alone. */
  private static byte[] dhcp(int operation, int messageType, String given) {
    byte[] message = new byte[244];
    message[0] = (byte) operation;
    message[1] = 1;
    message[2] = 6;
    System.arraycopy(bytes(given), 0, message, 16, 4);
    System.arraycopy(HexFormat.ofDelimiter(":").parseHex(HUAWEI), 0, message, 28, 6);
    System.arraycopy(new byte[] {0x63, (byte) 0x82, 0x53, 0x63}, 0, message, 236, 4);
    System.arraycopy(new byte[] {53, 1, (byte) messageType, (byte) 255}, 0, message, 240, 4);
    return message;
  }

  private static byte[] bytes(String address) {
    return InetAddress.ofLiteral(address).getAddress();
  }
}
