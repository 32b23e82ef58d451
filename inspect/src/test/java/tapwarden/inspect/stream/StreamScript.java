package tapwarden.inspect.stream;

import static tapwarden.capture.forge.Tcp.ACK;
import static tapwarden.capture.forge.Tcp.PSH;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Tcp;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Segments of one connection and what a listener hears of them: text, {@code [n]} for a gap of n
 * bytes, {@code {position:text}} where it can be read otherwise; and the other readings.
 */
final class StreamScript implements StreamListener {
  private static final String CLIENT = "10.0.0.2";
  private static final String SERVER = "203.0.113.9";

  final Counters all = new Counters();
  final TcpStreams streams;
  final TcpStream stream;
  private final StringBuilder toServer = new StringBuilder();
  private final StringBuilder toClient = new StringBuilder();
  private final List<String> others = new ArrayList<>();
  private final List<String> othersBack = new ArrayList<>();
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final Frame frame = new Frame();
  private long nanos;
  private long number;
  private long answer = 5001;
  private int wanted = Integer.MAX_VALUE;

  StreamScript(StreamOptions options) {
    streams = new TcpStreams(options, 1, all.newBlock(), this);
    TcpStream opened = streams.open();
    if (opened == null) {
      throw new IllegalStateException("no stream");
    }
    stream = opened;
  }

  static StreamScript standard() {
    return new StreamScript(StreamOptions.DEFAULT);
  }

  static StreamScript with(OverlapPolicy policy) {
    StreamOptions d = StreamOptions.DEFAULT;
    return new StreamScript(
        new StreamOptions(
            d.streams(),
            d.memoryBytes(),
            d.heldBytesADirection(),
            d.heldSegmentsADirection(),
            d.depthBytes(),
            OverlapPolicies.everywhere(policy),
            d.checksums()));
  }

  /** The listener wants only so many bytes of each direction. */
  StreamScript wanting(int bytes) {
    wanted = bytes;
    return this;
  }

  /** Handshake; the client's first byte is number 1001, the server's 5001. */
  StreamScript handshake() {
    return client(Tcp.SYN, 1000, 0, "")
        .server(Tcp.SYN | ACK, 5000, 1001, "")
        .client(ACK, 1001, 5001, "");
  }

  StreamScript client(long sequence, String text) {
    return client(PSH | ACK, sequence, 5001, text);
  }

  StreamScript client(int flags, long sequence, long acknowledgement, String text) {
    return client(
        Forge.tcp(40_000, 443).flags(flags).sequence(sequence).acknowledgement(acknowledgement),
        text);
  }

  StreamScript client(Tcp tcp, String text) {
    return send(CLIENT, SERVER, tcp, text, true, 0);
  }

  /** A client's segment with an urgent pointer. */
  StreamScript urgent(long sequence, int pointer, String text) {
    Tcp tcp = Forge.tcp(40_000, 443).flags(PSH | ACK | Tcp.URG).sequence(sequence);
    return client(tcp.acknowledgement(5001).urgentPointer(pointer), text);
  }

  /** The server says something, having received all up to that number. */
  StreamScript answered(long number, String text) {
    answer += text.length();
    return server(PSH | ACK, answer - text.length(), number, text);
  }

  StreamScript server(int flags, long sequence, long acknowledgement, String text) {
    Tcp tcp = Forge.tcp(443, 40_000).flags(flags);
    return send(
        SERVER, CLIENT, tcp.sequence(sequence).acknowledgement(acknowledgement), text, false, 0);
  }

  /** The server acknowledges all up to that number. */
  StreamScript acknowledged(long number) {
    return server(ACK, 5001, number, "");
  }

  /** A client's segment of which the capture lacks the last bytes. */
  StreamScript cut(long sequence, String text, int lackingBytes) {
    Tcp tcp = Forge.tcp(40_000, 443).flags(PSH | ACK).sequence(sequence).acknowledgement(5001);
    return send(CLIENT, SERVER, tcp, text, true, lackingBytes);
  }

  private StreamScript send(
      String from, String to, Tcp tcp, String text, boolean sentByClient, int lacking) {
    byte[] bytes =
        Forge.frame(
            Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
            Forge.ipv4(from, to),
            tcp,
            Forge.payload(text));
    frame.wrap(
        MemorySegment.ofArray(bytes),
        0,
        bytes.length - lacking,
        bytes.length,
        nanos += 1_000,
        LinkType.ETHERNET,
        0,
        ++number);
    decoder.decode(frame, packet);
    streams.segment(stream, packet, sentByClient);
    return this;
  }

  StreamScript after(long passedNanos) {
    nanos += passedNanos;
    return this;
  }

  StreamScript closed() {
    streams.close(stream);
    return this;
  }

  /** What was heard of the client. */
  String heard() {
    return toServer.toString();
  }

  /** What was heard of the server. */
  String heardBack() {
    return toClient.toString();
  }

  /** Other readings of what the client said, each as far as it was told last. */
  List<String> others() {
    return others;
  }

  /** The same of the server. */
  List<String> othersBack() {
    return othersBack;
  }

  /** Bytes that wait for missing ones. */
  int waiting() {
    return stream.client.held.capacity() + stream.server.held.capacity();
  }

  long count(Counter counter) {
    return all.sum(counter);
  }

  @Override
  public boolean data(
      TcpStream of, boolean sentByClient, MemorySegment segment, long offset, int length) {
    side(sentByClient).append(text(segment, offset, length));
    return side(sentByClient).length() < wanted;
  }

  @Override
  public boolean gap(TcpStream of, boolean sentByClient, long bytes) {
    side(sentByClient).append('[').append(bytes).append(']');
    return true;
  }

  @Override
  public void alternative(
      TcpStream of,
      boolean sentByClient,
      long position,
      MemorySegment segment,
      long offset,
      int length) {
    String from = position == 0 ? "" : position + ":";
    String reading = from + text(segment, offset, length);
    List<String> told = sentByClient ? others : othersBack;
    told.removeIf(reading::startsWith);
    told.add(reading);
  }

  @Override
  public void ambiguous(
      TcpStream of,
      boolean sentByClient,
      Ambiguity kind,
      long position,
      MemorySegment segment,
      long offset,
      int length) {
    side(sentByClient)
        .append('{')
        .append(position)
        .append(':')
        .append(text(segment, offset, length))
        .append('}');
  }

  private StringBuilder side(boolean sentByClient) {
    return sentByClient ? toServer : toClient;
  }

  private static String text(MemorySegment segment, long offset, int length) {
    byte[] bytes = segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
