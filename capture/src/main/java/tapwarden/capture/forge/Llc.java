package tapwarden.capture.forge;

/**
 * An LLC header (IEEE 802.2), with SNAP (organisation and protocol) when the access points say so.
 */
public final class Llc extends Layer {
  private static final int SNAP_ACCESS_POINT = 0xAA;
  private static final int UNNUMBERED_INFORMATION = 0x03;

  private final int destination;
  private final int source;
  private final int control;
  private final int organisation;
  private final int protocol;

  private Llc(int destination, int source, int control, int organisation, int protocol) {
    this.destination = destination;
    this.source = source;
    this.control = control;
    this.organisation = organisation;
    this.protocol = protocol;
  }

  static Llc plain(int destination, int source, int control) {
    return new Llc(destination, source, control, NONE, NONE);
  }

  static Llc snap(int organisation, int protocol) {
    return new Llc(
        SNAP_ACCESS_POINT, SNAP_ACCESS_POINT, UNNUMBERED_INFORMATION, organisation, protocol);
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    Octets out = new Octets().u8(destination).u8(source).u8(control);
    if (organisation != NONE) {
      out.u24(organisation).u16(either(protocol, place.nextEtherType()));
    }
    return out.bytes(payload).toArray();
  }
}
