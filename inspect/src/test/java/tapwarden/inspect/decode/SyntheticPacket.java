package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.wire.IpAddress;

/**
 * A {@link Packet} as the decoder would fill it, for tests above the decoder that need many packets
 * and no bytes but those of the headers: IP at offset 0, the transport's header at 40.
 */
public final class SyntheticPacket {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int TRANSPORT = 40;
  private static final int PAYLOAD = 60;

  private final MemorySegment bytes = MemorySegment.ofArray(new byte[2048]);
  private final Packet packet = new Packet();
  private final Frame frame = new Frame();
  private long number;

  public Packet packet() {
    return packet;
  }

  /** Starts the next packet; the number rises by itself. */
  public SyntheticPacket next(long timestampNanos) {
    packet.frame(frame.wrap(bytes, 0, PAYLOAD, PAYLOAD, timestampNanos, LinkType.RAW, 0, ++number));
    packet.clear();
    bytes.fill((byte) 0);
    return this;
  }

  public SyntheticPacket number(long value) {
    number = value;
    packet.number = value;
    return this;
  }

  public SyntheticPacket ip(String source, String destination) {
    IpAddress s = java.util.Objects.requireNonNull(IpAddress.parse(source));
    IpAddress d = java.util.Objects.requireNonNull(IpAddress.parse(destination));
    return ip(s.version(), s.high(), s.low(), d.high(), d.low());
  }

  public SyntheticPacket ip(int version, long sHigh, long sLow, long dHigh, long dLow) {
    packet.ipVersion = version;
    packet.sourceHigh = sHigh;
    packet.sourceLow = sLow;
    packet.destinationHigh = dHigh;
    packet.destinationLow = dLow;
    layer(version == 4 ? Layer.IPV4 : Layer.IPV6, 0);
    return this;
  }

  /** Hardware addresses, though the bytes have no Ethernet header. */
  public SyntheticPacket mac(long source, long destination) {
    packet.hasMac = true;
    packet.sourceMac = source;
    packet.destinationMac = destination;
    return this;
  }

  public SyntheticPacket identification(int ipv4Identification) {
    bytes.set(U16, 4, (short) ipv4Identification);
    return this;
  }

  public SyntheticPacket ttl(int value) {
    packet.ttl = value;
    return this;
  }

  public SyntheticPacket vlans(int... ids) {
    packet.vlanCount = ids.length;
    System.arraycopy(ids, 0, packet.vlans, 0, ids.length);
    return this;
  }

  public SyntheticPacket tunnel(Layer kind, long id) {
    packet.tunnelDepth = 1;
    packet.tunnel = kind.ordinal();
    packet.tunnelId = id;
    packet.userPlane = kind == Layer.GTP;
    return this;
  }

  /** The addresses that carry the tunnel, as IPv4 numbers. */
  public SyntheticPacket outer(long source, long destination) {
    packet.outerIpVersion = 4;
    packet.outerSourceLow = source;
    packet.outerDestinationLow = destination;
    return this;
  }

  public SyntheticPacket tcp(int sourcePort, int destinationPort, int flags) {
    ports(6, Layer.TCP, sourcePort, destinationPort);
    packet.tcpFlags = flags;
    packet.tcpSequence = 0;
    packet.tcpAcknowledgment = 0;
    return this;
  }

  public SyntheticPacket sequence(long sequence, long acknowledgment) {
    packet.tcpSequence = sequence;
    packet.tcpAcknowledgment = acknowledgment;
    return this;
  }

  public SyntheticPacket udp(int sourcePort, int destinationPort) {
    return ports(17, Layer.UDP, sourcePort, destinationPort);
  }

  public SyntheticPacket sctp(int sourcePort, int destinationPort) {
    return ports(132, Layer.SCTP, sourcePort, destinationPort);
  }

  private SyntheticPacket ports(int protocol, Layer layer, int source, int destination) {
    packet.protocol = protocol;
    packet.hasPorts = true;
    packet.sourcePort = source;
    packet.destinationPort = destination;
    layer(layer, TRANSPORT);
    return this;
  }

  public SyntheticPacket icmp(int type, int code, int identifier) {
    packet.protocol = packet.ipVersion == 4 ? 1 : 58;
    packet.icmpType = type;
    packet.icmpCode = code;
    layer(packet.ipVersion == 4 ? Layer.ICMP : Layer.ICMPV6, TRANSPORT);
    bytes.set(U16, TRANSPORT + 4, (short) identifier);
    return this;
  }

  public SyntheticPacket protocol(int number) {
    packet.protocol = number;
    return this;
  }

  /** A later fragment: protocol known, ports not. */
  public SyntheticPacket fragment(int protocol) {
    packet.protocol = protocol;
    packet.fragment = true;
    return this;
  }

  public SyntheticPacket checksum(int value) {
    int at =
        switch (packet.protocol) {
          case 6 -> 16;
          case 17 -> 6;
          default -> 2;
        };
    bytes.set(U16, TRANSPORT + at, (short) value);
    return this;
  }

  public SyntheticPacket payload(int length) {
    packet.payloadOffset = PAYLOAD;
    packet.payloadLength = 0;
    packet.wirePayloadLength = length;
    packet.wireLength = PAYLOAD + length;
    return this;
  }

  /** The captured bytes of the transport's payload; {@code next} comes before it. */
  public SyntheticPacket payload(byte[] data) {
    payload(data.length);
    packet.payloadLength = data.length;
    packet.frameEnd = PAYLOAD + data.length;
    MemorySegment.copy(data, 0, bytes, ValueLayout.JAVA_BYTE, PAYLOAD, data.length);
    return this;
  }

  private void layer(Layer layer, long offset) {
    packet.layers[packet.layerCount] = (byte) layer.ordinal();
    packet.layerOffset[packet.layerCount++] = offset;
    packet.layerSet |= layer.bit();
    if (offset == TRANSPORT) {
      packet.transportOffset = offset;
    } else {
      packet.networkOffset = offset;
    }
  }
}
