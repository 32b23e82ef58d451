package tapwarden.capture.forge;

/**
 * A GRE header: version 0 with optional checksum, key and sequence number (RFC 2784, RFC 2890), or
 * version 1, the enhanced GRE of PPTP (RFC 2637 §4.1), whose key holds length and call.
 */
public final class Gre extends Layer {
  private static final int PROTOCOL = 47;
  private static final int PPP = 0x880B;
  private static final int CHECKSUM_PRESENT = 0x8000;
  private static final int KEY_PRESENT = 0x2000;
  private static final int SEQUENCE_PRESENT = 0x1000;
  private static final int ACKNOWLEDGEMENT_PRESENT = 0x0080;

  private int flags;
  private int type = NONE;
  private long key;
  private int call = NONE;
  private long sequence;
  private long acknowledgement;

  Gre() {}

  /** Writes {@code type} instead of what the next layer asks for. */
  public Gre type(int type) {
    this.type = type;
    return this;
  }

  public Gre checksummed() {
    flags |= CHECKSUM_PRESENT;
    return this;
  }

  public Gre key(long key) {
    flags |= KEY_PRESENT;
    this.key = key;
    return this;
  }

  public Gre sequence(long sequence) {
    flags |= SEQUENCE_PRESENT;
    this.sequence = sequence;
    return this;
  }

  /** Makes this the enhanced header of PPTP; the payload is then PPP. */
  public Gre pptp(int call) {
    flags |= KEY_PRESENT | 1;
    type = PPP;
    this.call = call;
    return this;
  }

  /** The acknowledgement number, which the enhanced header alone has. */
  public Gre acknowledgement(long number) {
    flags |= ACKNOWLEDGEMENT_PRESENT;
    acknowledgement = number;
    return this;
  }

  /** More bits in the first 16 of the header: routing, recursion, version. */
  public Gre flags(int bits) {
    flags |= bits;
    return this;
  }

  @Override
  int ipProtocol() {
    return PROTOCOL;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    Octets out = new Octets().u16(flags).u16(either(type, place.nextEtherType()));
    if ((flags & CHECKSUM_PRESENT) != 0) {
      out.u32(0);
    }
    if ((flags & KEY_PRESENT) != 0) {
      out.u32(call == NONE ? key : (long) payload.length << 16 | call);
    }
    if ((flags & SEQUENCE_PRESENT) != 0) {
      out.u32(sequence);
    }
    if ((flags & ACKNOWLEDGEMENT_PRESENT) != 0) {
      out.u32(acknowledgement);
    }
    out.bytes(payload);
    if ((flags & CHECKSUM_PRESENT) != 0) {
      out.putU16(4, InternetChecksum.of(out.toArray()));
    }
    return out.toArray();
  }
}
