package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.packet.Frame;

/**
 * What the decoder found in one frame: reused for every frame, filled by {@link PacketDecoder},
 * valid until the next {@code decode}. All offsets are absolute in {@link #segment()}.
 *
 * <p>Address, port and flag fields describe the <em>innermost</em> IP packet that was decoded;
 * {@code outer...} fields describe the IP packet that carries the outermost tunnel, if there is
 * one. When a layer is broken, everything above it stays as it was decoded, the malformation's bit
 * is set and decoding stops there.
 */
public final class Packet {
  /** Most layers that are decoded of one frame; deeper ones are {@code LAYER_LIMIT}. */
  public static final int MAX_LAYERS = 16;

  /** Most VLAN ids remembered, outermost first. */
  public static final int MAX_VLANS = 3;

  // Package-private: written by the decoder in this package, read by everyone through accessors.
  MemorySegment segment = MemorySegment.NULL;
  long frameOffset;
  long frameEnd;
  int wireLength;
  long timestampNanos;
  long number;
  int linkType;
  int interfaceIndex;

  int layerCount;
  long layerSet;
  // Ordinals, not references: storing a byte needs no barrier of the garbage collector.
  final byte[] layers = new byte[MAX_LAYERS];
  final long[] layerOffset = new long[MAX_LAYERS];
  long malformations;

  boolean hasMac;
  long sourceMac;
  long destinationMac;
  int vlanCount;
  final int[] vlans = new int[MAX_VLANS];

  int ipVersion;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  int protocol = -1;
  int ttl;
  long networkOffset;
  long transportOffset;
  boolean fragment;
  boolean firstFragment;
  long fragmentId;
  int fragmentOffset;
  boolean moreFragments;
  boolean hasPorts;
  int sourcePort;
  int destinationPort;
  int tcpFlags;
  long tcpSequence;
  long tcpAcknowledgment;
  int tcpWindow;
  int icmpType;
  int icmpCode;
  long payloadOffset;
  int payloadLength;
  int wirePayloadLength;

  int tunnelDepth;
  boolean userPlane;
  int tunnel = Layer.PAYLOAD.ordinal();
  long tunnelId;
  int outerIpVersion;
  long outerSourceHigh;
  long outerSourceLow;
  long outerDestinationHigh;
  long outerDestinationLow;
  int outerProtocol = -1;
  int outerSourcePort;
  int outerDestinationPort;

  final Quote quote = new Quote();

  /** Points at {@code frame} and notes what the frame itself says; nothing else is touched. */
  void frame(Frame frame) {
    segment = frame.segment();
    frameOffset = frame.offset();
    frameEnd = frameOffset + frame.capturedLength();
    wireLength = frame.wireLength();
    timestampNanos = frame.timestampNanos();
    number = frame.number();
    linkType = frame.linkType();
    interfaceIndex = frame.interfaceIndex();
  }

  /** Forgets every layer of the last frame. */
  void clear() {
    layerCount = 0;
    layerSet = 0;
    malformations = 0;
    hasMac = false;
    sourceMac = 0;
    destinationMac = 0;
    vlanCount = 0;
    ipVersion = 0;
    sourceHigh = 0;
    sourceLow = 0;
    destinationHigh = 0;
    destinationLow = 0;
    ttl = 0;
    networkOffset = frameEnd;
    payloadOffset = frameEnd;
    payloadLength = 0;
    wirePayloadLength = 0;
    quote.clear();
    clearTunnel();
    clearTransport();
  }

  void clearTunnel() {
    tunnelDepth = 0;
    userPlane = false;
    tunnel = Layer.PAYLOAD.ordinal();
    tunnelId = 0;
    outerIpVersion = 0;
    outerSourceHigh = 0;
    outerSourceLow = 0;
    outerDestinationHigh = 0;
    outerDestinationLow = 0;
    outerProtocol = -1;
    outerSourcePort = 0;
    outerDestinationPort = 0;
  }

  /** Forgets what the last IP packet carried: another one was found inside it. */
  void clearTransport() {
    protocol = -1;
    transportOffset = frameEnd;
    fragment = false;
    firstFragment = false;
    fragmentId = 0;
    fragmentOffset = 0;
    moreFragments = false;
    hasPorts = false;
    sourcePort = 0;
    destinationPort = 0;
    tcpFlags = 0;
    tcpSequence = 0;
    tcpAcknowledgment = 0;
    tcpWindow = 0;
    icmpType = -1;
    icmpCode = -1;
  }

  public MemorySegment segment() {
    return segment;
  }

  public long frameOffset() {
    return frameOffset;
  }

  /** First offset after the captured bytes of the frame. */
  public long frameEnd() {
    return frameEnd;
  }

  public int capturedLength() {
    return (int) (frameEnd - frameOffset);
  }

  public int wireLength() {
    return wireLength;
  }

  /** Whether the capture holds less of the frame than was on the wire. */
  public boolean isCut() {
    return capturedLength() < wireLength;
  }

  public long timestampNanos() {
    return timestampNanos;
  }

  public long number() {
    return number;
  }

  public int linkType() {
    return linkType;
  }

  public int interfaceIndex() {
    return interfaceIndex;
  }

  public int layerCount() {
    return layerCount;
  }

  /** The layer at {@code index}, outermost first; see {@link Layer} for those in the set only. */
  public Layer layer(int index) {
    return Layer.at(layers[index]);
  }

  /** Where the header of the layer at {@code index} starts. */
  public long layerOffset(int index) {
    return layerOffset[index];
  }

  /** {@link Layer#bit()} of every layer found, at any depth. */
  public long layerSet() {
    return layerSet;
  }

  public boolean has(Layer layer) {
    return (layerSet & layer.bit()) != 0;
  }

  /** {@link Malformation#bit()} of everything that was wrong. */
  public long malformations() {
    return malformations;
  }

  public boolean has(Malformation malformation) {
    return (malformations & malformation.bit()) != 0;
  }

  /** Whether the outermost link layer has hardware addresses. */
  public boolean hasMac() {
    return hasMac;
  }

  /**
   * 48 bits, first octet on the wire highest: the sender on the segment, not the owner of the IP.
   */
  public long sourceMac() {
    return sourceMac;
  }

  public long destinationMac() {
    return destinationMac;
  }

  /** VLAN tags of the outermost Ethernet header; at most {@link #MAX_VLANS} are remembered. */
  public int vlanCount() {
    return vlanCount;
  }

  /** VLAN id (12 bits) of the tag at {@code index}, outermost first. */
  public int vlan(int index) {
    return vlans[index];
  }

  /** 4, 6, or 0 when the frame carries no (readable) IP header. */
  public int ipVersion() {
    return ipVersion;
  }

  public long sourceHigh() {
    return sourceHigh;
  }

  public long sourceLow() {
    return sourceLow;
  }

  public long destinationHigh() {
    return destinationHigh;
  }

  public long destinationLow() {
    return destinationLow;
  }

  /**
   * IP protocol number of what the innermost IP packet carries (after IPv6 extensions); -1 if none.
   */
  public int protocol() {
    return protocol;
  }

  /** TTL or hop limit of the innermost IP packet. */
  public int ttl() {
    return ttl;
  }

  /** Where the innermost IP header starts; {@link #frameEnd()} without one. */
  public long networkOffset() {
    return networkOffset;
  }

  /**
   * Where the header of TCP, UDP, UDP-Lite, SCTP, ICMP or ICMPv6 of the innermost IP packet starts;
   * {@link #frameEnd()} without one.
   */
  public long transportOffset() {
    return transportOffset;
  }

  /** Whether the innermost IP packet is a piece of a larger one. */
  public boolean isFragment() {
    return fragment;
  }

  public boolean isFirstFragment() {
    return firstFragment;
  }

  /** Identification of the datagram that the fragment belongs to; 0 unless a fragment. */
  public long fragmentId() {
    return fragmentId;
  }

  /** Place of the fragment's data in the datagram, in bytes. */
  public int fragmentOffset() {
    return fragmentOffset;
  }

  public boolean moreFragments() {
    return moreFragments;
  }

  /** Whether ports are known: TCP, UDP, UDP-Lite or SCTP whose first four bytes were captured. */
  public boolean hasPorts() {
    return hasPorts;
  }

  public int sourcePort() {
    return sourcePort;
  }

  public int destinationPort() {
    return destinationPort;
  }

  /** The TCP flag byte (CWR ECE URG ACK PSH RST SYN FIN); 0 unless TCP. */
  public int tcpFlags() {
    return tcpFlags;
  }

  public long tcpSequence() {
    return tcpSequence;
  }

  public long tcpAcknowledgment() {
    return tcpAcknowledgment;
  }

  public int tcpWindow() {
    return tcpWindow;
  }

  /** ICMP or ICMPv6 type; -1 unless one of them. */
  public int icmpType() {
    return icmpType;
  }

  public int icmpCode() {
    return icmpCode;
  }

  /** What the packet quoted by an ICMP error says of itself; absent unless there is one. */
  public Quote quote() {
    return quote;
  }

  /** Where the transport's payload starts; without a transport, what the last header left. */
  public long payloadOffset() {
    return payloadOffset;
  }

  /** Captured bytes of the transport's payload, link-layer padding excluded. */
  public int payloadLength() {
    return payloadLength;
  }

  /** Payload bytes that the headers claim were on the wire; at least {@link #payloadLength()}. */
  public int wirePayloadLength() {
    return wirePayloadLength;
  }

  /** How many tunnels the innermost IP packet was taken out of. */
  public int tunnelDepth() {
    return tunnelDepth;
  }

  /**
   * Whether the innermost packet is subscribers' traffic (GTP-U, CAPWAP data, PPPoE, L2TP): never
   * charged to the equipment that carries it.
   */
  public boolean isUserPlane() {
    return userPlane;
  }

  /**
   * The innermost tunnel's kind; {@link Layer#PAYLOAD} without one. An IP packet directly inside
   * another names the carrying header: {@link Layer#IPV4} for IP-in-IP and 6in4, {@link Layer#IPV6}
   * for 4in6.
   */
  public Layer tunnel() {
    return Layer.at(tunnel);
  }

  /** VNI, TEID, GRE key, PPPoE session: what tells equal inner addresses apart; 0 without one. */
  public long tunnelId() {
    return tunnelId;
  }

  /**
   * Whether both directions of a conversation bear the same {@link #tunnelId()}. Each side of
   * GTP-U, L2TP and PPTP chooses the id that it wants to receive, so theirs differ.
   */
  public boolean isTunnelIdShared() {
    return switch (tunnel()) {
      case GTP, L2TP -> false;
      case GRE -> !has(Layer.PPP);
      default -> true;
    };
  }

  /** IP version of the packet that carries the outermost tunnel; 0 without a tunnel over IP. */
  public int outerIpVersion() {
    return outerIpVersion;
  }

  public long outerSourceHigh() {
    return outerSourceHigh;
  }

  public long outerSourceLow() {
    return outerSourceLow;
  }

  public long outerDestinationHigh() {
    return outerDestinationHigh;
  }

  public long outerDestinationLow() {
    return outerDestinationLow;
  }

  public int outerProtocol() {
    return outerProtocol;
  }

  public int outerSourcePort() {
    return outerSourcePort;
  }

  public int outerDestinationPort() {
    return outerDestinationPort;
  }
}
