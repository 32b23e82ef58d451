package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;

/**
 * The state of one walk through the layers of one frame: where the next header starts, where the
 * bytes end that may be read, and the packet that is being filled. Reused for every frame.
 *
 * <p>Bounds only ever shrink: {@link #end} starts at the last captured byte and each header that
 * names a length can cut it further, never extend it.
 */
final class Walk {
  /** Replaced by {@link #start} before anything is read. */
  Packet packet = new Packet();

  MemorySegment segment = MemorySegment.NULL;

  /** Where the next header starts. */
  long offset;

  /** First offset that must not be read: the captured bytes, less what outer lengths exclude. */
  long end;

  /** Where the headers so far say that the data ends; at or beyond {@link #end}. */
  long claimedEnd;

  /** Inside the first fragment of a datagram: inner lengths rightly point beyond it. */
  boolean insideFragment;

  /** IPv6 extension headers of the current IPv6 packet so far. */
  int extensions;

  /** Before this offset stand headers whose lengths are not those of what they carry. */
  private long wholeFrom;

  /** IP headers that may still be entered; the walk ends before the next one. */
  private int ipHeadersLeft;

  /** Whether an Ethernet header was seen: only the outermost gives MAC addresses and VLANs. */
  boolean sawLink;

  // Tunnel headers passed since the last IP header. They count once an inner IP header is good.
  private int pendingTunnels;
  private Layer pendingTunnel = Layer.PAYLOAD;
  private long pendingTunnelId;
  private boolean pendingUserPlane;

  void start(Packet packet, int mostIpHeaders, long wholeFrom) {
    this.packet = packet;
    this.wholeFrom = wholeFrom;
    ipHeadersLeft = mostIpHeaders;
    segment = packet.segment;
    offset = packet.frameOffset;
    end = packet.frameEnd;
    claimedEnd = offset + Math.max(packet.wireLength, packet.capturedLength());
    insideFragment = false;
    extensions = 0;
    sawLink = false;
    forgetTunnels();
  }

  /** Bytes that may be read from here. */
  long available() {
    return end - offset;
  }

  /**
   * Notes that {@code layer}'s header starts here; false when the frame has too many layers, or
   * more IP headers than are asked for.
   */
  boolean enter(Layer layer) {
    Packet p = packet;
    if ((layer == Layer.IPV4 || layer == Layer.IPV6) && --ipHeadersLeft < 0) {
      return false;
    }
    if (p.layerCount == Packet.MAX_LAYERS) {
      flag(Malformation.LAYER_LIMIT);
      return false;
    }
    p.layers[p.layerCount] = (byte) layer.ordinal();
    p.layerOffset[p.layerCount++] = offset;
    p.layerSet |= layer.bit();
    return true;
  }

  void flag(Malformation malformation) {
    packet.malformations |= malformation.bit();
  }

  /** Flags what is wrong and ends the walk. */
  Step stop(Malformation malformation) {
    flag(malformation);
    return Step.DONE;
  }

  /**
   * Cuts the data to {@code length} bytes from {@code start}, as a header said.
   *
   * @return false when the header claims more than the layer around it holds; the bounds then stay
   */
  boolean limit(long start, long length) {
    long wanted = start + length;
    if (start < wholeFrom) {
      return true;
    }
    if (wanted > claimedEnd) {
      return insideFragment;
    }
    claimedEnd = wanted;
    end = Math.min(end, wanted);
    return true;
  }

  /** What stands here is what the current header carries. */
  void payloadStartsHere() {
    Packet p = packet;
    long from = Math.min(offset, end);
    p.payloadOffset = from;
    p.payloadLength = (int) (end - from);
    p.wirePayloadLength = (int) Math.max(claimedEnd - from, end - from);
  }

  /** Until a header proves good, nothing behind it is payload. */
  void noPayload() {
    Packet p = packet;
    p.payloadOffset = p.frameEnd;
    p.payloadLength = 0;
    p.wirePayloadLength = 0;
  }

  /** A tunnel header was passed; it takes effect with the next good IP header. */
  void passTunnel(Layer kind, long id, boolean userPlane) {
    pendingTunnels++;
    pendingTunnel = kind;
    pendingTunnelId = id;
    pendingUserPlane |= userPlane;
  }

  /** The tunnel passed last is more exactly this one. */
  void refineTunnel(Layer kind, long id) {
    pendingTunnel = kind;
    pendingTunnelId = id;
  }

  /** A good IP header starts here: what was the packet so far becomes what carries it. */
  void beginIp(int version) {
    Packet p = packet;
    if (p.ipVersion != 0) {
      if (pendingTunnels == 0) {
        passTunnel(p.ipVersion == 4 ? Layer.IPV4 : Layer.IPV6, 0, false);
      }
      if (p.outerIpVersion == 0) {
        keepOuter(p);
      }
      p.clearTransport();
    }
    if (pendingTunnels > 0) {
      p.tunnelDepth += pendingTunnels;
      p.tunnel = pendingTunnel.ordinal();
      p.tunnelId = pendingTunnelId;
      p.userPlane |= pendingUserPlane;
      forgetTunnels();
    }
    p.ipVersion = version;
    p.networkOffset = offset;
    noPayload();
    extensions = 0;
  }

  private static void keepOuter(Packet p) {
    p.outerIpVersion = p.ipVersion;
    p.outerSourceHigh = p.sourceHigh;
    p.outerSourceLow = p.sourceLow;
    p.outerDestinationHigh = p.destinationHigh;
    p.outerDestinationLow = p.destinationLow;
    p.outerProtocol = p.protocol;
    p.outerSourcePort = p.sourcePort;
    p.outerDestinationPort = p.destinationPort;
  }

  private void forgetTunnels() {
    pendingTunnels = 0;
    pendingTunnel = Layer.PAYLOAD;
    pendingTunnelId = 0;
    pendingUserPlane = false;
  }
}
