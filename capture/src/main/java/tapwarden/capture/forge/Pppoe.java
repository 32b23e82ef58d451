package tapwarden.capture.forge;

/** A PPPoE header (RFC 2516 §4); add {@link Forge#ppp()} before IP in the session stage. */
public final class Pppoe extends Layer {
  private static final int DISCOVERY = 0x8863;
  private static final int SESSION = 0x8864;

  private final int etherType;
  private final int code;
  private final int session;
  private int length = NONE;

  private Pppoe(int etherType, int code, int session) {
    this.etherType = etherType;
    this.code = code;
    this.session = session;
  }

  static Pppoe session(int session) {
    return new Pppoe(SESSION, 0, session);
  }

  static Pppoe discovery(int code, int session) {
    return new Pppoe(DISCOVERY, code, session);
  }

  public Pppoe length(int bytes) {
    length = bytes;
    return this;
  }

  @Override
  int etherType() {
    return etherType;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    return new Octets()
        .u8(0x11)
        .u8(code)
        .u16(session)
        .u16(either(length, payload.length))
        .bytes(payload)
        .toArray();
  }
}
