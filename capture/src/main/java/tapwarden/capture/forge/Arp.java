package tapwarden.capture.forge;

/** An ARP packet for IPv4 over Ethernet (RFC 826). */
final class Arp {
  private Arp() {}

  static Layer packet(int operation, String mac, String ip, String targetMac, String targetIp) {
    byte[] bytes =
        new Octets()
            .u16(1)
            .u16(0x0800)
            .u8(6)
            .u8(4)
            .u16(operation)
            .bytes(Addresses.mac(mac))
            .bytes(Addresses.ipv4(ip))
            .bytes(Addresses.mac(targetMac))
            .bytes(Addresses.ipv4(targetIp))
            .toArray();
    return new Header((payload, place) -> bytes).etherType(0x0806);
  }
}
