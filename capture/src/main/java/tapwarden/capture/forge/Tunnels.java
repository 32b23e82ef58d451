package tapwarden.capture.forge;

import tapwarden.capture.forge.Layer.Place;

/** The encapsulations whose header is a short prefix. {@link Forge} is how they are reached. */
final class Tunnels {
  private static final int ERSPAN_II = 0x88BE;
  private static final int ERSPAN_III = 0x22EB;
  private static final int ETHER_TYPE_NSH = 0x894F;

  private Tunnels() {}

  /** RFC 7348 §5. */
  static Header vxlan(int network) {
    return fixed(new Octets().u8(8).u24(0).u24(network).u8(0));
  }

  /** VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe §3): flags I and P, and the next protocol. */
  static Header vxlanGpe(int network) {
    return new Header((payload, place) ->
        new Octets().u8(0x0C).u16(0).u8(nextProtocol(place)).u24(network).u8(0).toArray());
  }

  /** RFC 8926 §3.4; {@code options} is a multiple of four bytes. */
  static Header geneve(int network, byte[] options) {
    return new Header((payload, place) ->
        new Octets()
            .u8(options.length / 4)
            .u8(0)
            .u16(place.nextEtherType())
            .u24(network)
            .u8(0)
            .bytes(options)
            .toArray());
  }

  /** ERSPAN type II (draft-foschiano-erspan §4.2): version 1, VLAN, session, port index. */
  static Header erspan2(int vlan, int session, int index) {
    return fixed(new Octets().u16(1 << 12 | vlan).u16(session).u32(index)).etherType(ERSPAN_II);
  }

  /** ERSPAN type III (draft-foschiano-erspan §4.3): version 2, Ethernet frame, no sub-header. */
  static Header erspan3(int vlan, int session, long timestamp) {
    Octets header = new Octets().u16(2 << 12 | vlan).u16(session).u32(timestamp).u16(0).u16(0);
    return fixed(header).etherType(ERSPAN_III);
  }

  /** L2TP version 2 data message (RFC 2661 §3.1) with length present. */
  static Header l2tp(int tunnel, int session) {
    return new Header((payload, place) ->
        new Octets().u16(0x4002).u16(8 + payload.length).u16(tunnel).u16(session).toArray());
  }

  /**
   * CAPWAP data header (RFC 5415 §4.3): two words, native payload unless {@code wireless}, which
   * sets the T bit and the wireless binding of IEEE 802.11.
   */
  static Header capwapData(boolean wireless) {
    long first = 2L << 19 | 1L << 9 | (wireless ? 1L << 8 : 0);
    return fixed(new Octets().u32(first).u32(0));
  }

  /** TZSP (TaZmen Sniffer Protocol), version 1, received packet, Ethernet, end tag only. */
  static Header tzsp() {
    return fixed(new Octets().u8(1).u8(0).u16(1).u8(1));
  }

  /** NSH (RFC 8300 §2.2) with metadata type 2 of zero length. */
  static Header nsh(int servicePath, int serviceIndex) {
    return new Header((payload, place) ->
        new Octets()
            .u16(63 << 6 | 2)
            .u8(2)
            .u8(nextProtocol(place))
            .u24(servicePath)
            .u8(serviceIndex)
            .toArray())
        .etherType(ETHER_TYPE_NSH);
  }

  /** RFC 4302 §2: authentication header with a 12-byte integrity value. */
  static Header authentication(long parameters, long sequence) {
    return new Header((payload, place) ->
        new Octets()
            .u8(place.nextIpProtocol())
            .u8(4)
            .u16(0)
            .u32(parameters)
            .u32(sequence)
            .zeros(12)
            .toArray())
        .ipProtocol(51);
  }

  /** RFC 4303 §2: what can be seen of ESP; the payload stands for the encrypted rest. */
  static Header encapsulatingSecurity(long parameters, long sequence) {
    return fixed(new Octets().u32(parameters).u32(sequence)).ipProtocol(50);
  }

  /** IEEE 802.1ah I-TAG: flags, service identifier; a customer's Ethernet frame follows. */
  static Header serviceInstance(int service) {
    return fixed(new Octets().u32(service & 0xFFFFFFL)).etherType(0x88E7);
  }

  /** VN-Tag (IEEE 802.1BR's predecessor): direction, interfaces, and the next EtherType. */
  static Header vnTag(int destinationInterface, int sourceInterface) {
    return new Header((payload, place) ->
        new Octets()
            .u32((long) (destinationInterface & 0x3FFF) << 16 | (sourceInterface & 0xFFF))
            .u16(place.nextEtherType())
            .toArray())
        .etherType(0x8926);
  }

  /** RFC 1661 §2: the two-byte protocol number alone, as in PPPoE and PPTP. */
  static Header ppp() {
    return new Header((payload, place) -> new Octets().u16(pppProtocol(place)).toArray());
  }

  /** RFC 1662 §3.1: address and control before the protocol number. */
  static Header pppHdlc() {
    return new Header(
        (payload, place) -> new Octets().u16(0xFF03).u16(pppProtocol(place)).toArray());
  }

  /** LINKTYPE_LINUX_SLL: packet type, device type Ethernet, sender, protocol. */
  static Header linuxCooked(int packetType, String senderMac) {
    byte[] sender = Addresses.mac(senderMac);
    return new Header((payload, place) ->
        new Octets()
            .u16(packetType)
            .u16(1)
            .u16(6)
            .bytes(sender)
            .u16(0)
            .u16(place.nextEtherType())
            .toArray());
  }

  /** LINKTYPE_LINUX_SLL2: protocol, interface, device type Ethernet, packet type, sender. */
  static Header linuxCooked2(int interfaceNumber, int packetType, String senderMac) {
    byte[] sender = Addresses.mac(senderMac);
    return new Header((payload, place) ->
        new Octets()
            .u16(place.nextEtherType())
            .u16(0)
            .u32(interfaceNumber)
            .u16(1)
            .u8(packetType)
            .u8(6)
            .bytes(sender)
            .u16(0)
            .toArray());
  }

  static Header fixed(Octets octets) {
    byte[] bytes = octets.toArray();
    return new Header((payload, place) -> bytes);
  }

  /** Next-protocol numbers that NSH (RFC 8300 §2.2) and VXLAN-GPE share. */
  private static int nextProtocol(Place place) {
    return switch (place.nextEtherType()) {
      case 0x0800 -> 1;
      case 0x86DD -> 2;
      case 0x6558 -> 3;
      case ETHER_TYPE_NSH -> 4;
      case 0x8847 -> 5;
      default -> 0xFE; // experiment 1
    };
  }

  /** PPP data link layer protocol numbers (IANA). */
  private static int pppProtocol(Place place) {
    return switch (place.nextEtherType()) {
      case 0x0800 -> 0x0021;
      case 0x86DD -> 0x0057;
      case 0x8847 -> 0x0281;
      default -> 0xC021; // link control protocol
    };
  }
}
