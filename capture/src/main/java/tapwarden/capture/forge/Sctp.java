package tapwarden.capture.forge;

import java.util.zip.CRC32C;

/** An SCTP packet (RFC 9260 §3): the common header with its CRC32c, and chunks. */
public final class Sctp extends Layer {
  private static final int PROTOCOL = 132;

  private final int sourcePort;
  private final int destinationPort;
  private final Octets chunks = new Octets();
  private long verificationTag;
  private long checksum = NONE;

  Sctp(int sourcePort, int destinationPort) {
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
  }

  public Sctp verificationTag(long tag) {
    verificationTag = tag;
    return this;
  }

  public Sctp checksum(long value) {
    checksum = value;
    return this;
  }

  /** Adds a chunk of any type, padded to four bytes. */
  public Sctp chunk(int type, int flags, byte[] value) {
    return chunk(type, flags, value, 4 + value.length);
  }

  /** Adds a chunk whose length field says {@code length} whatever its value is. */
  public Sctp chunk(int type, int flags, byte[] value, int length) {
    chunks.u8(type).u8(flags).u16(length).bytes(value).alignTo(4);
    return this;
  }

  /** Adds a DATA chunk that carries one whole message (RFC 9260 §3.3.1). */
  public Sctp data(long tsn, int stream, int streamSequence, long payloadProtocol, byte[] data) {
    Octets value = new Octets().u32(tsn).u16(stream).u16(streamSequence).u32(payloadProtocol);
    return chunk(0, 3, value.bytes(data).toArray());
  }

  @Override
  int ipProtocol() {
    return PROTOCOL;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    byte[] unsigned = assemble(0, payload);
    CRC32C crc = new CRC32C();
    crc.update(unsigned);
    // RFC 9260 appendix A: the CRC goes out with its least significant byte first.
    long computed = Integer.toUnsignedLong(Integer.reverseBytes((int) crc.getValue()));
    return assemble(checksum == NONE ? computed : checksum, payload);
  }

  private byte[] assemble(long sum, byte[] payload) {
    return new Octets()
        .u16(sourcePort)
        .u16(destinationPort)
        .u32(verificationTag)
        .u32(sum)
        .bytes(chunks.toArray())
        .bytes(payload)
        .toArray();
  }
}
