package tapwarden.capture.forge;

/** A VLAN tag (IEEE 802.1Q §9.6): priority, identifier, and the EtherType of what follows. */
public final class Vlan extends Layer {
  private final int tagProtocol;
  private final int identifier;
  private int priority;
  private boolean dropEligible;
  private int type = NONE;

  Vlan(int tagProtocol, int identifier) {
    this.tagProtocol = tagProtocol;
    this.identifier = identifier;
  }

  public Vlan priority(int priority) {
    this.priority = priority;
    return this;
  }

  public Vlan dropEligible() {
    dropEligible = true;
    return this;
  }

  /** Writes {@code type} instead of what the next layer asks for. */
  public Vlan type(int type) {
    this.type = type;
    return this;
  }

  @Override
  int etherType() {
    return tagProtocol;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    int control = priority << 13 | (dropEligible ? 1 << 12 : 0) | (identifier & 0xFFF);
    int computed = place.next() instanceof Llc ? payload.length : place.nextEtherType();
    return new Octets().u16(control).u16(either(type, computed)).bytes(payload).toArray();
  }
}
