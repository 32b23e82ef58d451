package tapwarden.capture.forge;

/** An IPv6 header (RFC 8200). Defaults: hop limit 64, no traffic class, no flow label. */
public final class Ipv6 extends Layer.IpLayer {
  private final byte[] source;
  private final byte[] destination;
  private int version = 6;
  private int trafficClass;
  private int flowLabel;
  private int payloadLength = NONE;
  private int nextHeader = NONE;
  private int hopLimit = 64;

  Ipv6(String source, String destination) {
    this.source = Addresses.ipv6(source);
    this.destination = Addresses.ipv6(destination);
  }

  public Ipv6 version(int version) {
    this.version = version;
    return this;
  }

  public Ipv6 trafficClass(int value) {
    trafficClass = value;
    return this;
  }

  public Ipv6 flowLabel(int value) {
    flowLabel = value;
    return this;
  }

  public Ipv6 payloadLength(int bytes) {
    payloadLength = bytes;
    return this;
  }

  public Ipv6 nextHeader(int number) {
    nextHeader = number;
    return this;
  }

  public Ipv6 hopLimit(int hops) {
    hopLimit = hops;
    return this;
  }

  @Override
  int etherType() {
    return 0x86DD;
  }

  @Override
  int ipProtocol() {
    return 41;
  }

  @Override
  byte[] pseudoHeader(int protocol, int length) {
    return new Octets().bytes(source).bytes(destination).u32(length).u24(0).u8(protocol).toArray();
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    return new Octets()
        .u32((long) version << 28 | trafficClass << 20 | (flowLabel & 0xFFFFF))
        .u16(either(payloadLength, payload.length))
        .u8(either(nextHeader, place.nextIpProtocol()))
        .u8(hopLimit)
        .bytes(source)
        .bytes(destination)
        .bytes(payload)
        .toArray();
  }
}
