package tapwarden.capture.forge;

/** A UDP header (RFC 768), or UDP-Lite (RFC 3828), whose length field is the checksum coverage. */
public final class Udp extends Layer {
  private static final int UDP = 17;
  private static final int UDP_LITE = 136;

  private final int protocol;
  private final int sourcePort;
  private final int destinationPort;
  private int length = NONE;
  private int checksum = NONE;

  private Udp(int protocol, int sourcePort, int destinationPort) {
    this.protocol = protocol;
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
  }

  static Udp full(int sourcePort, int destinationPort) {
    return new Udp(UDP, sourcePort, destinationPort);
  }

  static Udp lite(int sourcePort, int destinationPort) {
    return new Udp(UDP_LITE, sourcePort, destinationPort).length(0);
  }

  /** The length field as it is on the wire; for UDP-Lite only whole coverage is checksummed. */
  public Udp length(int bytes) {
    length = bytes;
    return this;
  }

  /** The checksum as it is on the wire; 0 means that the sender made none. */
  public Udp checksum(int value) {
    checksum = value;
    return this;
  }

  @Override
  int ipProtocol() {
    return protocol;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    int bytes = 8 + payload.length;
    Octets out =
        new Octets()
            .u16(sourcePort)
            .u16(destinationPort)
            .u16(either(length, bytes))
            .u16(0)
            .bytes(payload);
    int sum = InternetChecksum.of(place.pseudoHeader(protocol, bytes), out.toArray());
    return out.putU16(6, either(checksum, sum == 0 ? 0xFFFF : sum)).toArray();
  }
}
