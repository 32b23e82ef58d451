package tapwarden.capture.forge;

/**
 * An Ethernet header: destination, source, and the EtherType of the next layer, or the length if
 * the next layer is LLC (IEEE 802.3).
 */
public final class Ethernet extends Layer {
  private static final int MINIMUM_BYTES = 60;

  private final byte[] source;
  private final byte[] destination;
  private int type = NONE;
  private boolean padded;

  Ethernet(String source, String destination) {
    this.source = Addresses.mac(source);
    this.destination = Addresses.mac(destination);
  }

  /** Writes {@code type} instead of what the next layer asks for. */
  public Ethernet type(int type) {
    this.type = type;
    return this;
  }

  /** Fills the frame with zeros to 60 bytes, as a sender must on a real wire. */
  public Ethernet padded() {
    padded = true;
    return this;
  }

  /** Transparent Ethernet bridging: how GRE and GENEVE announce a whole frame (RFC 1701). */
  @Override
  int etherType() {
    return 0x6558;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    int computed = place.next() instanceof Llc ? payload.length : place.nextEtherType();
    Octets out = new Octets().bytes(destination).bytes(source).u16(either(type, computed));
    out.bytes(payload);
    if (padded && out.length() < MINIMUM_BYTES) {
      out.zeros(MINIMUM_BYTES - out.length());
    }
    return out.toArray();
  }
}
