package tapwarden.capture.forge;

/**
 * A Cisco Discovery Protocol packet, version 2, to be carried by SNAP (organisation 00-00-0C,
 * protocol 0x2000): version, hold time, checksum, and TLVs whose length includes their header.
 */
public final class Cdp extends Layer {
  private static final int DEVICE = 1;
  private static final int ADDRESSES = 2;
  private static final int PORT = 3;
  private static final int PLATFORM = 6;

  private final Octets values = new Octets();

  Cdp(String device, String port) {
    value(DEVICE, new Octets().text(device).toArray());
    value(PORT, new Octets().text(port).toArray());
  }

  public Cdp value(int type, byte[] value) {
    values.u16(type).u16(4 + value.length).bytes(value);
    return this;
  }

  public Cdp platform(String platform) {
    return value(PLATFORM, new Octets().text(platform).toArray());
  }

  /** One IPv4 address, spelt with the NLPID 0xCC. */
  public Cdp address(String ipv4) {
    Octets value = new Octets().u32(1).u8(1).u8(1).u8(0xCC).u16(4);
    return value(ADDRESSES, value.bytes(Addresses.ipv4(ipv4)).toArray());
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    Octets out = new Octets().u8(2).u8(180).u16(0).bytes(values.toArray());
    // An odd length is summed in Cisco's own way; a filler value keeps it even.
    if (out.length() % 2 != 0) {
      out.u16(0x0FFF).u16(5).u8(0);
    }
    return out.putU16(2, InternetChecksum.of(out.toArray())).bytes(payload).toArray();
  }
}
