package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The short fixed headers of the link layer and UDP, ICMP and IPv6. */
class LinkHeaderViewsTest {
  @Test
  void readsEthernet() {
    EthernetView view = new EthernetView();
    HeaderBytes.assertNeeds(
        14, view::wrap, () -> "" + view.type(), "02000000000b 02000000000a 86dd ff");
    assertThat(view.destination()).isEqualTo(0x02000000000bL);
    assertThat(view.source()).isEqualTo(0x02000000000aL);
    assertThat(view.type()).isEqualTo(EtherType.IPV6);
  }

  @Test
  void readsAVlanTag() {
    VlanView view = new VlanView();
    HeaderBytes.assertNeeds(4, view::wrap, () -> "" + view.id(), "b19a 0800 ff");
    assertThat(view.priority()).isEqualTo(5);
    assertThat(view.dropEligible()).isTrue();
    assertThat(view.id()).isEqualTo(0x19a);
    assertThat(view.type()).isEqualTo(EtherType.IPV4);
  }

  @Test
  void readsAnMplsLabel() {
    MplsView view = new MplsView();
    HeaderBytes.assertNeeds(4, view::wrap, () -> "" + view.label(), "fffffb40 ff");
    assertThat(view.label()).isEqualTo(0xfffff);
    assertThat(view.trafficClass()).isEqualTo(5);
    assertThat(view.isBottom()).isTrue();
    assertThat(view.ttl()).isEqualTo(64);
  }

  @Test
  void readsLlcOfThreeAndFourBytes() {
    LlcView view = new LlcView();
    HeaderBytes.assertNeeds(3, view::wrap, () -> "" + view.control(), "aaaa03 00");
    assertThat(view.isSnap()).isTrue();
    HeaderBytes.assertNeeds(4, view::wrap, () -> "" + view.sourceSap(), "f0f0 0001 00");
    assertThat(view.isUnnumbered()).isFalse();
    assertThat(view.destinationSap()).isEqualTo(LlcView.NETBIOS);
  }

  @Test
  void readsSnap() {
    SnapView view = new SnapView();
    HeaderBytes.assertNeeds(5, view::wrap, () -> "" + view.protocolId(), "00000c 2000 ff");
    assertThat(view.organisation()).isEqualTo(SnapView.CISCO);
    assertThat(view.protocolId()).isEqualTo(EtherType.CDP);
  }

  @Test
  void readsArpWithAddressesOfTheLengthsItNames() {
    ArpView view = new ArpView();
    HeaderBytes.assertNeeds(
        28,
        view::wrap,
        () -> "" + view.targetIpv4(),
        "0001 0800 06 04 0002 02000000000a 0a000001 02000000000b 0a000002 ff");
    assertThat(view.isEthernetIpv4()).isTrue();
    assertThat(view.operation()).isEqualTo(ArpView.REPLY);
    assertThat(view.senderMac()).isEqualTo(0x02000000000aL);
    assertThat(view.senderIpv4()).isEqualTo(0x0a000001L);
    assertThat(view.targetMac()).isEqualTo(0x02000000000bL);
    assertThat(view.targetIpv4()).isEqualTo(0x0a000002L);
    assertThat(HeaderBytes.wrap(view::wrap, "0001 0800 ff ff 0002" + "00".repeat(1019))).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "0001 0800 ff ff 0002" + "00".repeat(1020))).isTrue();
    assertThat(view.isEthernetIpv4()).isFalse();
  }

  @Test
  void readsUdpAndIcmp() {
    UdpView udp = new UdpView();
    HeaderBytes.assertNeeds(8, udp::wrap, () -> "" + udp.length(), "c000 0035 000c 1234 ff");
    assertThat(udp.destinationPort()).isEqualTo(53);
    assertThat(udp.length()).isEqualTo(12);
    assertThat(udp.checksum()).isEqualTo(0x1234);
    IcmpView icmp = new IcmpView();
    HeaderBytes.assertNeeds(8, icmp::wrap, () -> "" + icmp.rest(), "0304 1234 000005dc ff");
    assertThat(icmp.type()).isEqualTo(IcmpView.DESTINATION_UNREACHABLE);
    assertThat(icmp.code()).isEqualTo(4);
    assertThat(icmp.rest()).isEqualTo(1500);
    assertThat(IcmpView.quotes(icmp.type())).isTrue();
    assertThat(IcmpView.quotes(IcmpView.ECHO_REPLY)).isFalse();
  }

  @Test
  void readsIpv6() {
    Ipv6View view = new Ipv6View();
    HeaderBytes.assertNeeds(
        40,
        view::wrap,
        () -> "" + view.destinationLow(),
        "6abc def0 0014 06 3f 20010db8000000000000000000000001"
            + "20010db8000000000000000000000002 ff");
    assertThat(view.trafficClass()).isEqualTo(0xab);
    assertThat(view.flowLabel()).isEqualTo(0xcdef0);
    assertThat(view.payloadLength()).isEqualTo(20);
    assertThat(view.nextHeader()).isEqualTo(6);
    assertThat(view.hopLimit()).isEqualTo(63);
    assertThat(view.sourceHigh()).isEqualTo(0x20010db800000000L);
    assertThat(view.sourceLow()).isEqualTo(1);
    assertThat(view.destinationLow()).isEqualTo(2);
  }

  @Test
  void sortsUdpPorts() {
    for (int port = 0; port < 65_536; port++) {
      assertThat(UdpPorts.mayCarryTunnel(port, 9)).isEqualTo(UdpPorts.isTunnel(port));
      assertThat(UdpPorts.mayCarryTunnel(9, port)).isEqualTo(UdpPorts.isTunnel(port));
    }
    assertThat(UdpPorts.isTunnel(4789)).isTrue();
    assertThat(UdpPorts.isTunnel(53)).isFalse();
  }
}
