package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.stream.StreamMemory;

/** One flow of UDP datagrams as forged frames, given to a protocol as the pipeline does. */
public final class Datagrams {
  public static final String CLIENT_MAC = "02:00:00:00:00:01";
  public static final String SERVER_MAC = "02:00:00:00:00:02";

  public final RecordingReport report;
  public final StreamMemory memory;
  private final Protocol protocol;
  private final int clientPort;
  private final int serverPort;
  private final Map<String, Packet> packets = new HashMap<>();
  private final String clientIp;
  private final String serverIp;
  private @Nullable DatagramReader reader;

  public Datagrams(ProtocolProvider provider, int clientPort, int serverPort) {
    this(provider, clientPort, serverPort, "10.0.0.1", "198.51.100.7");
  }

  public Datagrams(
      ProtocolProvider provider, int clientPort, int serverPort, String clientIp, String serverIp) {
    this.memory = new StreamMemory(1 << 20);
    this.protocol = provider.create(new ProtocolContext(memory, new CounterBlock()));
    this.report = new RecordingReport(17, clientPort, serverPort);
    this.clientPort = clientPort;
    this.serverPort = serverPort;
    this.clientIp = clientIp;
    this.serverIp = serverIp;
  }

  /** Makes the reader of an expected flow. */
  public Datagrams expected(Object note) {
    reader = protocol.newDatagrams(note);
    return this;
  }

  /** Hexadecimal digits with any white space between them. */
  public static byte[] hex(String... digits) {
    return HexFormat.of().parseHex(String.join("", digits).replaceAll("\\s", ""));
  }

  /** One array after the other. */
  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  /** Characters of ISO 8859-1 as bytes. */
  public static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public Recognition recognise(byte[] payload) {
    return recognise(true, payload);
  }

  public Recognition recognise(boolean toServer, byte[] payload) {
    Opening opening = new Opening().flow(false, clientPort, serverPort);
    return protocol.recognise(opening.bytes(toServer, exactly(payload), 0, payload.length));
  }

  /** A datagram of the client; false if no more is wanted. */
  public boolean toServer(byte[] payload) {
    return datagram(true, payload, CLIENT_MAC);
  }

  public boolean toClient(byte[] payload) {
    return datagram(false, payload, SERVER_MAC);
  }

  public boolean datagram(boolean toServer, byte[] payload, String sourceMac) {
    report.packet = packet(toServer, sourceMac);
    boolean more = reader().datagram(report, toServer, exactly(payload), 0, payload.length);
    report.packet = null;
    return more;
  }

  public void close() {
    reader().close(report);
  }

  /** Goes on with another flow; the worker's protocol stays. */
  public void forget() {
    reader = null;
    report.events.clear();
    report.traits.clear();
    report.oddities.clear();
    report.violation = null;
  }

  /** The last event. */
  public String event() {
    return report.events.getLast();
  }

  public List<String> events() {
    return report.events;
  }

  private DatagramReader reader() {
    DatagramReader made = reader;
    if (made == null) {
      made = protocol.newDatagrams(null);
      if (made == null) {
        throw new AssertionError("no reader");
      }
      reader = made;
    }
    return made;
  }

  /** What readers ask of a packet is in its headers, which are the same for all of a side. */
  private Packet packet(boolean toServer, String sourceMac) {
    return packets.computeIfAbsent(sourceMac + toServer, key -> forge(toServer, sourceMac));
  }

  private Packet forge(boolean toServer, String sourceMac) {
    String from = toServer ? clientIp : serverIp;
    String to = toServer ? serverIp : clientIp;
    byte[] bytes =
        Forge.frame(
            Forge.ethernet(sourceMac, toServer ? SERVER_MAC : CLIENT_MAC),
            from.indexOf(':') < 0 ? Forge.ipv4(from, to) : Forge.ipv6(from, to),
            Forge.udp(toServer ? clientPort : serverPort, toServer ? serverPort : clientPort),
            Forge.payload("payload"));
    Frame frame = new Frame();
    frame.wrap(exactly(bytes), 0, bytes.length, bytes.length, 0, LinkType.ETHERNET, 0, 1);
    Packet packet = new Packet();
    new PacketDecoder().decode(frame, packet);
    return packet;
  }

  /** In a segment of just its length: a read beyond it fails. */
  private static MemorySegment exactly(byte[] bytes) {
    return MemorySegment.ofArray(bytes);
  }
}
