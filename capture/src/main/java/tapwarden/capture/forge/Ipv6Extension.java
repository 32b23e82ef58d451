package tapwarden.capture.forge;

/**
 * An IPv6 extension header (RFC 8200 §4): next header, a length in units of eight bytes beyond the
 * first eight, and a body that is filled with zeros to a multiple of eight bytes. The fragment
 * header, which has no length, uses the same class.
 */
public final class Ipv6Extension extends Layer {
  static final int HOP_BY_HOP = 0;
  static final int ROUTING = 43;
  static final int FRAGMENT = 44;
  static final int DESTINATION_OPTIONS = 60;

  private final int number;
  private final byte[] body;
  private int nextHeader = NONE;
  private int lengthUnits = NONE;

  Ipv6Extension(int number, byte[] body) {
    this.number = number;
    this.body = body;
  }

  static Ipv6Extension fragment(int offsetBytes, boolean more, int identification) {
    byte[] body =
        new Octets().u16((offsetBytes & ~7) | (more ? 1 : 0)).u32(identification).toArray();
    return new Ipv6Extension(FRAGMENT, body).lengthUnits(0);
  }

  public Ipv6Extension nextHeader(int number) {
    nextHeader = number;
    return this;
  }

  /** The length field as it is on the wire. */
  public Ipv6Extension lengthUnits(int units) {
    lengthUnits = units;
    return this;
  }

  @Override
  int ipProtocol() {
    return number;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    byte[] padded = new Octets().u16(0).bytes(body).alignTo(8).toArray();
    padded[0] = (byte) either(nextHeader, place.nextIpProtocol());
    padded[1] = (byte) either(lengthUnits, padded.length / 8 - 1);
    return new Octets().bytes(padded).bytes(payload).toArray();
  }
}
