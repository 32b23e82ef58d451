package tapwarden.capture.forge;

/** An LLDP data unit (IEEE 802.1AB §8): TLVs of seven bits type and nine bits length. */
public final class Lldp extends Layer {
  private static final int ETHER_TYPE = 0x88CC;

  private final Octets values = new Octets();
  private boolean unfinished;

  /** Chassis by MAC address, port by local name, and time to live: the three mandatory TLVs. */
  Lldp(String chassisMac, String port, int lifetimeSeconds) {
    value(1, new Octets().u8(4).bytes(Addresses.mac(chassisMac)).toArray());
    value(2, new Octets().u8(7).text(port).toArray());
    value(3, new Octets().u16(lifetimeSeconds).toArray());
  }

  public Lldp value(int type, byte[] value) {
    values.u16(type << 9 | (value.length & 0x1FF)).bytes(value);
    return this;
  }

  public Lldp systemName(String name) {
    return value(5, new Octets().text(name).toArray());
  }

  public Lldp systemDescription(String description) {
    return value(6, new Octets().text(description).toArray());
  }

  /** Management address, IPv4 or IPv6, without interface number or object identifier. */
  public Lldp managementAddress(String address) {
    boolean v6 = Addresses.isIpv6(address);
    byte[] bytes = v6 ? Addresses.ipv6(address) : Addresses.ipv4(address);
    Octets value = new Octets().u8(1 + bytes.length).u8(v6 ? 2 : 1).bytes(bytes);
    return value(8, value.u8(1).u32(0).u8(0).toArray());
  }

  /** Leaves out the TLV that ends the data unit. */
  public Lldp unfinished() {
    unfinished = true;
    return this;
  }

  @Override
  int etherType() {
    return ETHER_TYPE;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    Octets out = new Octets().bytes(values.toArray());
    return (unfinished ? out : out.u16(0)).bytes(payload).toArray();
  }
}
