package tapwarden.capture.forge;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;

/**
 * Frames on a time line. A clock starts where the constructor says; every frame is stamped with it
 * and moves it on by the {@link #gap}; {@link #at} and {@link #pause} move it freely, so that
 * conversations can overlap. {@link #frames()} is in order of time.
 */
public final class Traffic {
  private static final long DEFAULT_GAP_NANOS = 1_000_000;

  private final List<ForgedFrame> frames = new ArrayList<>();
  private long clockNanos;
  private long gapNanos = DEFAULT_GAP_NANOS;
  private int nextDnsIdentifier = 1;

  /**
   * @param startNanos nanoseconds since 1970-01-01 UTC
   */
  public Traffic(long startNanos) {
    clockNanos = startNanos;
  }

  /** The time the next frame gets. */
  public long now() {
    return clockNanos;
  }

  /** Sets the clock. */
  public Traffic at(long nanos) {
    clockNanos = nanos;
    return this;
  }

  /** Moves the clock on. */
  public Traffic pause(long nanos) {
    clockNanos += nanos;
    return this;
  }

  /** The time between a frame and the next, from here on. */
  public Traffic gap(long nanos) {
    gapNanos = nanos;
    return this;
  }

  /** A whole frame. */
  public Traffic frame(byte[] bytes) {
    return frame(bytes, bytes.length);
  }

  /** A frame that was {@code wireLength} long on the wire. */
  public Traffic frame(byte[] bytes, int wireLength) {
    frames.add(new ForgedFrame(clockNanos, bytes, wireLength));
    clockNanos += gapNanos;
    return this;
  }

  public Traffic frame(Layer... layers) {
    return frame(Forge.frame(layers));
  }

  /** One UDP datagram. */
  public Traffic udp(Host from, int fromPort, Host to, int toPort, byte[] data) {
    return frame(from.frameTo(to, Forge.udp(fromPort, toPort), Forge.payload(data)));
  }

  /** A UDP request and its reply. */
  public Traffic udpExchange(
      Host client, int clientPort, Host server, int serverPort, byte[] request, byte[] reply) {
    return udp(client, clientPort, server, serverPort, request)
        .udp(server, serverPort, client, clientPort, reply);
  }

  /** A query for the addresses of {@code name} and the answer; IPv6 addresses ask for AAAA. */
  public Traffic dnsLookup(Host client, Host resolver, String name, String... addresses) {
    boolean v6 = addresses.length > 0 && Addresses.isIpv6(addresses[0]);
    int type = v6 ? DnsMessage.AAAA : DnsMessage.A;
    DnsMessage answer = DnsMessage.response(nextDnsIdentifier, name, type);
    for (String address : addresses) {
      if (v6) {
        answer.aaaa(name, 300, address);
      } else {
        answer.a(name, 300, address);
      }
    }
    return dnsExchange(client, resolver, DnsMessage.query(nextDnsIdentifier, name, type), answer);
  }

  /** A query and an answer over UDP, from a source port that no other look-up of this used. */
  public Traffic dnsExchange(Host client, Host resolver, DnsMessage query, DnsMessage answer) {
    int port = 20_000 + nextDnsIdentifier++ % 40_000;
    return udpExchange(client, port, resolver, 53, query.toBytes(), answer.toBytes());
  }

  /** A TCP connection from {@code client}; nothing is sent before its methods are called. */
  public TcpConversation tcp(Host client, int clientPort, Host server, int serverPort) {
    return new TcpConversation(this, client, clientPort, server, serverPort);
  }

  /** A whole TCP connection: handshake, request, reply, orderly end. */
  public Traffic tcpExchange(
      Host client, int clientPort, Host server, int serverPort, byte[] request, byte[] reply) {
    tcp(client, clientPort, server, serverPort)
        .handshake()
        .clientSends(request)
        .serverSends(reply)
        .close();
    return this;
  }

  /** Everything so far in order of time; frames of the same time keep the order of their making. */
  public List<ForgedFrame> frames() {
    return frames.stream().sorted(Comparator.comparingLong(ForgedFrame::timestampNanos)).toList();
  }

  /** Writes the frames as a pcap file with nanosecond stamps and Ethernet as link type. */
  public void writePcap(Path file) throws IOException {
    try (PcapWriter out = PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Precision.NANOS)) {
      for (ForgedFrame frame : frames()) {
        byte[] bytes = frame.bytes();
        out.write(
            frame.timestampNanos(),
            MemorySegment.ofArray(bytes),
            0,
            bytes.length,
            frame.wireLength());
      }
    }
  }
}
