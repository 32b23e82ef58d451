package tapwarden.capture.forge;

/** An IPv4 header (RFC 791). Defaults: TTL 64, identification 0, "don't fragment" set. */
public final class Ipv4 extends Layer.IpLayer {
  private final byte[] source;
  private final byte[] destination;
  private int version = 4;
  private int headerWords = NONE;
  private int typeOfService;
  private int totalLength = NONE;
  private int identification;
  private int flagsAndOffset = 0x4000;
  private int timeToLive = 64;
  private int protocol = NONE;
  private int checksum = NONE;
  private byte[] options = new byte[0];

  Ipv4(String source, String destination) {
    this.source = Addresses.ipv4(source);
    this.destination = Addresses.ipv4(destination);
  }

  public Ipv4 version(int version) {
    this.version = version;
    return this;
  }

  /** Header length in 32-bit words, whatever the options are. */
  public Ipv4 headerWords(int words) {
    headerWords = words;
    return this;
  }

  public Ipv4 typeOfService(int value) {
    typeOfService = value;
    return this;
  }

  /** The total length field; 0 is what segmentation offload leaves in captures of large packets. */
  public Ipv4 totalLength(int bytes) {
    totalLength = bytes;
    return this;
  }

  public Ipv4 identification(int value) {
    identification = value;
    return this;
  }

  /** Makes this a fragment; {@code offsetBytes} is a multiple of 8. */
  public Ipv4 fragment(int offsetBytes, boolean more) {
    flagsAndOffset = (more ? 0x2000 : 0) | offsetBytes / 8;
    return this;
  }

  /** The 16 bits of flags and fragment offset as they are on the wire. */
  public Ipv4 flagsAndOffset(int value) {
    flagsAndOffset = value;
    return this;
  }

  public Ipv4 timeToLive(int hops) {
    timeToLive = hops;
    return this;
  }

  public Ipv4 protocol(int number) {
    protocol = number;
    return this;
  }

  public Ipv4 checksum(int value) {
    checksum = value;
    return this;
  }

  /** Options, filled with zeros to a multiple of four bytes. */
  public Ipv4 options(byte[] options) {
    this.options = new Octets().bytes(options).alignTo(4).toArray();
    return this;
  }

  @Override
  int etherType() {
    return 0x0800;
  }

  @Override
  int ipProtocol() {
    return 4;
  }

  @Override
  byte[] pseudoHeader(int protocol, int length) {
    return new Octets().bytes(source).bytes(destination).u8(0).u8(protocol).u16(length).toArray();
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    int headerBytes = 20 + options.length;
    Octets header =
        new Octets()
            .u8(version << 4 | either(headerWords, headerBytes / 4))
            .u8(typeOfService)
            .u16(either(totalLength, headerBytes + payload.length))
            .u16(identification)
            .u16(flagsAndOffset)
            .u8(timeToLive)
            .u8(either(protocol, place.nextIpProtocol()))
            .u16(0)
            .bytes(source)
            .bytes(destination)
            .bytes(options);
    header.putU16(10, either(checksum, InternetChecksum.of(header.toArray())));
    return header.bytes(payload).toArray();
  }
}
