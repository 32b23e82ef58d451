package tapwarden.capture.forge;

/** A GTP-U version 1 header (3GPP TS 29.281 §5.1). Default: G-PDU, no optional fields. */
public final class GtpU extends Layer {
  private static final int G_PDU = 255;
  private static final int EXTENSION = 4;
  private static final int SEQUENCE = 2;

  private final long tunnel;
  private int messageType = G_PDU;
  private int flags = 0x30; // version 1, protocol type GTP
  private int sequence;
  private int firstExtension;
  private byte[] extensions = new byte[0];
  private int length = NONE;

  GtpU(long tunnel) {
    this.tunnel = tunnel;
  }

  public GtpU messageType(int type) {
    messageType = type;
    return this;
  }

  public GtpU sequence(int number) {
    flags |= SEQUENCE;
    sequence = number;
    return this;
  }

  /**
   * Adds extension headers.
   *
   * @param firstType type of the first
   * @param headers all of them as on the wire: length in units of four, content, next type
   */
  public GtpU extensions(int firstType, byte[] headers) {
    flags |= EXTENSION;
    firstExtension = firstType;
    extensions = headers;
    return this;
  }

  public GtpU length(int bytes) {
    length = bytes;
    return this;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    Octets optional = new Octets();
    if ((flags & 7) != 0) {
      optional.u16(sequence).u8(0).u8(firstExtension).bytes(extensions);
    }
    return new Octets()
        .u8(flags)
        .u8(messageType)
        .u16(either(length, optional.length() + payload.length))
        .u32(tunnel)
        .bytes(optional.toArray())
        .bytes(payload)
        .toArray();
  }
}
