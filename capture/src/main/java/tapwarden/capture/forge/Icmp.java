package tapwarden.capture.forge;

/** An ICMP (RFC 792) or ICMPv6 (RFC 4443) message: type, code, checksum, four bytes, the rest. */
public final class Icmp extends Layer {
  private static final int ICMP = 1;
  private static final int ICMP_V6 = 58;

  private final int protocol;
  private final int type;
  private final int code;
  private long rest;
  private int checksum = NONE;

  private Icmp(int protocol, int type, int code) {
    this.protocol = protocol;
    this.type = type;
    this.code = code;
  }

  static Icmp v4(int type, int code) {
    return new Icmp(ICMP, type, code);
  }

  static Icmp v6(int type, int code) {
    return new Icmp(ICMP_V6, type, code);
  }

  /** The four bytes after the checksum: echo identifier and sequence, MTU, pointer, zero. */
  public Icmp rest(long value) {
    rest = value;
    return this;
  }

  public Icmp checksum(int value) {
    checksum = value;
    return this;
  }

  @Override
  int ipProtocol() {
    return protocol;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    Octets out = new Octets().u8(type).u8(code).u16(0).u32(rest).bytes(payload);
    byte[] pseudo = protocol == ICMP_V6 ? place.pseudoHeader(protocol, out.length()) : new byte[0];
    return out.putU16(2, either(checksum, InternetChecksum.of(pseudo, out.toArray()))).toArray();
  }
}
