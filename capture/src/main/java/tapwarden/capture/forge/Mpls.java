package tapwarden.capture.forge;

/**
 * An MPLS label stack entry (RFC 3032 §2.1). The bottom bit is set unless another entry follows.
 */
public final class Mpls extends Layer {
  private static final int UNICAST = 0x8847;

  private final int label;
  private int trafficClass;
  private int timeToLive = 64;
  private int bottom = NONE;

  Mpls(int label) {
    this.label = label;
  }

  public Mpls trafficClass(int value) {
    trafficClass = value;
    return this;
  }

  public Mpls timeToLive(int hops) {
    timeToLive = hops;
    return this;
  }

  /** Sets the bottom-of-stack bit whatever follows. */
  public Mpls bottom(boolean set) {
    bottom = set ? 1 : 0;
    return this;
  }

  @Override
  int etherType() {
    return UNICAST;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    int last = either(bottom, place.next() instanceof Mpls ? 0 : 1);
    long entry = (long) label << 12 | trafficClass << 9 | last << 8 | timeToLive;
    return new Octets().u32(entry).bytes(payload).toArray();
  }
}
