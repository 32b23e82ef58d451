package tapwarden.capture.forge;

/**
 * A layer that is a plain prefix before its payload. It announces itself by the EtherType or IP
 * protocol given to {@link #etherType(int)} and {@link #ipProtocol(int)}; without either it is what
 * a UDP port announces.
 */
public final class Header extends Layer {
  /** Makes the prefix from what lies inside. */
  interface Prefix {
    byte[] before(byte[] payload, Place place);
  }

  private final Prefix prefix;
  private int etherType = NONE;
  private int ipProtocol = NONE;

  Header(Prefix prefix) {
    this.prefix = prefix;
  }

  /** The EtherType that announces this layer. */
  public Header etherType(int type) {
    etherType = type;
    return this;
  }

  /** The IP protocol number that announces this layer. */
  public Header ipProtocol(int number) {
    ipProtocol = number;
    return this;
  }

  @Override
  int etherType() {
    return etherType;
  }

  @Override
  int ipProtocol() {
    return ipProtocol;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    return new Octets().bytes(prefix.before(payload, place)).bytes(payload).toArray();
  }
}
