package tapwarden.capture.forge;

/** A TCP header (RFC 9293 §3.1). Default: flags ACK, window 65,535, no options. */
public final class Tcp extends Layer {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  public static final int URG = 0x20;

  private static final int PROTOCOL = 6;

  private final int sourcePort;
  private final int destinationPort;
  private long sequence;
  private long acknowledgement;
  private int flags = ACK;
  private int window = 0xFFFF;
  private int checksum = NONE;
  private int urgentPointer;
  private int dataOffsetWords = NONE;
  private byte[] options = new byte[0];

  Tcp(int sourcePort, int destinationPort) {
    this.sourcePort = sourcePort;
    this.destinationPort = destinationPort;
  }

  public Tcp sequence(long value) {
    sequence = value;
    return this;
  }

  public Tcp acknowledgement(long value) {
    acknowledgement = value;
    return this;
  }

  /** All flag bits at once: {@code SYN | ACK}. */
  public Tcp flags(int bits) {
    flags = bits;
    return this;
  }

  public Tcp window(int bytes) {
    window = bytes;
    return this;
  }

  public Tcp checksum(int value) {
    checksum = value;
    return this;
  }

  public Tcp urgentPointer(int value) {
    urgentPointer = value;
    return this;
  }

  /** Header length in 32-bit words, whatever the options are. */
  public Tcp dataOffsetWords(int words) {
    dataOffsetWords = words;
    return this;
  }

  /** Options, filled with zeros (end of options) to a multiple of four bytes. */
  public Tcp options(byte[] options) {
    this.options = new Octets().bytes(options).alignTo(4).toArray();
    return this;
  }

  /** The maximum segment size option alone. */
  public Tcp maximumSegmentSize(int bytes) {
    return options(new Octets().u8(2).u8(4).u16(bytes).toArray());
  }

  @Override
  int ipProtocol() {
    return PROTOCOL;
  }

  @Override
  byte[] build(byte[] payload, Place place) {
    int headerBytes = 20 + options.length;
    Octets out =
        new Octets()
            .u16(sourcePort)
            .u16(destinationPort)
            .u32(sequence)
            .u32(acknowledgement)
            .u16(either(dataOffsetWords, headerBytes / 4) << 12 | (flags & 0xFFF))
            .u16(window)
            .u16(0)
            .u16(urgentPointer)
            .bytes(options)
            .bytes(payload);
    byte[] pseudo = place.pseudoHeader(PROTOCOL, out.length());
    return out.putU16(16, either(checksum, InternetChecksum.of(pseudo, out.toArray()))).toArray();
  }
}
