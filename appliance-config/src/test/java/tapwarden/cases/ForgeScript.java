package tapwarden.cases;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tapwarden.capture.forge.ClientHello;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.forge.TcpConversation;
import tapwarden.capture.forge.Traffic;

/**
 * Traffic written down as text, one step a line:
 *
 * <pre>
 *   host NAME MAC ADDRESS [vlan N] [ttl N]     names a host
 *   at SECONDS                                 the next frame's time, from 2026-11-02T00:00:00Z
 *   stamped SECONDS STEP...                    a step whose frames bear another time stamp
 *   arp HOST ADDRESS                           asks who has ADDRESS
 *   query CLIENT RESOLVER NAME                 an A query that is not answered
 *   dns CLIENT RESOLVER NAME ADDRESS...        an A query and its answer
 *   dnstcp CLIENT RESOLVER NAME ADDRESS BYTES  the same over TCP, in segments of so many bytes
 *   alias CLIENT RESOLVER NAME TARGET ADDRESS  an answer through a CNAME
 *   answer CLIENT RESOLVER NAME RECORD...      an answer of records OWNER=ADDRESS and OWNER>TARGET
 *   refers CLIENT RESOLVER NAME ns|ptr|srv answer|authority|additional OWNER TARGET
 *                                              a query and an answer with one record
 *   udp A:PORT B:PORT HEX                      one datagram
 *   syn|synack|ack|data|reply|fin|rst A:PORT B:PORT   steps of the TCP connection from A to B
 *   says|tells A:PORT B:PORT TEXT              A, or B, sends text on it; \r \n \s \xNN mean what they say
 *   hello A:PORT B:PORT NAME BYTES             A sends a TLS ClientHello in segments of so many bytes
 *   tcp A:PORT B:PORT                          handshake, data both ways, end
 *   tunnel TEID OUTER-A OUTER-B A:PORT B:PORT  a UDP datagram inside GTP-U
 *   carry (gre|ip|vxlan OUTER-A OUTER-B)... A:PORT B:PORT   a UDP datagram inside such tunnels
 *   unasked FROM TO NAME ADDRESS               a DNS answer from port 53 that nobody asked for
 *   segment A:PORT B:PORT FLAGS TEXT           one TCP segment without a connection, flags in hex
 *   raw A:PORT B:PORT FLAGS SEQUENCE ACKNOWLEDGMENT [WORD=VALUE]...   see {@link RawSegments}
 *   unreachable A:PORT B:PORT                  A tells B by ICMP that B's datagram found no port
 *   fragments A:PORT B:PORT BYTES              a datagram of so many bytes in fragments of 1,480
 *   cut BYTES forward|backward STEP...         a step whose frames come in fragments of so many bytes
 *   pieces CLIENT RESOLVER ID NAME OTHER BYTES PIECE...
 *                                              fragments of a query for NAME by number; with ! those
 *                                              of one for OTHER, with $ as if they were the last
 * </pre>
 */
final class ForgeScript {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_793_577_600L;

  private final Map<String, Host> hosts = new HashMap<>();
  private final Map<String, TcpConversation> connections = new HashMap<>();

  /** By the frame's very array; a frame that lies is still where it was made. */
  private final Map<byte[], Long> stamps = new IdentityHashMap<>();

  private final FragmentSteps cuts = new FragmentSteps();
  private final Traffic traffic = new Traffic(START * SECOND);

  static List<ForgedFrame> frames(List<String> lines) {
    ForgeScript script = new ForgeScript();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        try {
          script.step(line.split("\\s+"));
        } catch (RuntimeException e) {
          throw new IllegalArgumentException("line " + (i + 1) + ": " + line, e);
        }
      }
    }
    return script.traffic.frames().stream()
        .flatMap(frame -> script.cuts.cut(frame).stream())
        .map(script::stamped)
        .toList();
  }

  private ForgedFrame stamped(ForgedFrame frame) {
    long nanos = stamps.getOrDefault(frame.bytes(), frame.timestampNanos());
    return new ForgedFrame(nanos, frame.bytes(), frame.wireLength());
  }

  private void step(String[] w) {
    switch (w[0]) {
      case "host" -> hosts.put(w[1], host(w));
      case "at" -> traffic.at(nanos(w[1]));
      case "stamped" -> made(w, 2).forEach(frame -> stamps.put(frame.bytes(), nanos(w[1])));
      case "cut" -> made(w, 3).forEach(frame -> cuts.mark(frame, w));
      case "pieces" -> cuts.pieces(w, of(w[1]), of(w[2])).forEach(traffic::frame);
      case "arp" ->
          traffic.frame(
              Forge.ethernet(of(w[1]).mac(), "ff:ff:ff:ff:ff:ff"),
              Forge.arpRequest(of(w[1]).mac(), of(w[1]).address(), w[2]));
      case "query" ->
          traffic.udp(
              of(w[1]), 30_053, of(w[2]), 53, DnsMessage.query(7, w[3], DnsMessage.A).toBytes());
      case "dns" -> traffic.dnsLookup(of(w[1]), of(w[2]), w[3], Arrays.copyOfRange(w, 4, w.length));
      case "dnstcp" -> dnsOverTcp(w);
      case "alias" ->
          traffic.dnsExchange(
              of(w[1]),
              of(w[2]),
              DnsMessage.query(9, w[3], DnsMessage.A),
              DnsMessage.response(9, w[3], DnsMessage.A).cname(w[3], 60, w[4]).a(w[4], 60, w[5]));
      case "answer" ->
          traffic.dnsExchange(
              of(w[1]), of(w[2]), DnsMessage.query(9, w[3], DnsMessage.A), answer(w));
      case "refers" ->
          traffic.dnsExchange(of(w[1]), of(w[2]), DnsMessage.query(9, w[3], type(w)), referral(w));
      case "udp" ->
          traffic.udp(
              side(w[1]), port(w[1]), side(w[2]), port(w[2]), HexFormat.of().parseHex(w[3]));
      case "tcp" ->
          traffic.tcpExchange(
              side(w[1]), port(w[1]), side(w[2]), port(w[2]), text("ask"), text("answer"));
      case "tunnel" -> tunnel(w);
      case "carry" -> carry(w);
      case "unasked" ->
          traffic.udp(
              of(w[1]),
              53,
              of(w[2]),
              30_053,
              DnsMessage.response(9, w[3], DnsMessage.A).a(w[3], 60, w[4]).toBytes());
      case "segment" ->
          traffic.frame(
              Forge.ethernet(side(w[1]).mac(), side(w[2]).mac()),
              Forge.ipv4(side(w[1]).address(), side(w[2]).address()),
              Forge.tcp(port(w[1]), port(w[2])).flags(Integer.parseInt(w[3], 16)),
              Forge.payload(w[4]));
      case "raw" ->
          new RawSegments(traffic, side(w[1]), side(w[2]), w).send(port(w[1]), port(w[2]));
      case "unreachable" ->
          traffic.frame(
              Forge.ethernet(side(w[1]).mac(), side(w[2]).mac()),
              Forge.ipv4(side(w[1]).address(), side(w[2]).address()),
              Forge.icmp(3, 3),
              Forge.payload(
                  Forge.frame(
                      Forge.ipv4(side(w[2]).address(), side(w[1]).address()),
                      Forge.udp(port(w[2]), port(w[1])))));
      case "fragments" -> fragments(w);
      default -> connectionStep(w);
    }
  }

  /** The frames of the step that begins with that word. */
  private List<ForgedFrame> made(String[] w, int from) {
    List<ForgedFrame> before = traffic.frames();
    step(Arrays.copyOfRange(w, from, w.length));
    return traffic.frames().stream()
        .filter(frame -> before.stream().noneMatch(b -> b.bytes() == frame.bytes()))
        .toList();
  }

  private void dnsOverTcp(String[] w) {
    DnsMessage answer = DnsMessage.response(7, w[3], DnsMessage.A).a(w[3], 60, w[4]);
    traffic
        .tcp(of(w[1]), 30_053, of(w[2]), 53)
        .segmentBytes(Integer.parseInt(w[5]))
        .handshake()
        .clientSends(afterLength(DnsMessage.query(7, w[3], DnsMessage.A).toBytes()))
        .serverSends(afterLength(answer.toBytes()))
        .close();
  }

  private static byte[] afterLength(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  private static int type(String[] w) {
    return switch (w[4]) {
      case "ns" -> DnsMessage.NS;
      case "ptr" -> DnsMessage.PTR;
      case "srv" -> DnsMessage.SRV;
      default -> throw new IllegalArgumentException("no record type '" + w[4] + "'");
    };
  }

  /** The answer to a question of a type: in that section a record of the owner with a target. */
  private static DnsMessage referral(String[] w) {
    DnsMessage answer = DnsMessage.response(9, w[3], type(w));
    switch (w[5]) {
      case "answer" -> {}
      case "authority" -> answer.authority();
      case "additional" -> answer.additional();
      default -> throw new IllegalArgumentException("no section '" + w[5] + "'");
    }
    return type(w) == DnsMessage.SRV
        ? answer.srv(w[6], 60, 443, w[7])
        : answer.nameRecord(w[6], type(w), 60, w[7]);
  }

  private void connectionStep(String[] w) {
    TcpConversation c =
        connections.computeIfAbsent(
            w[1] + " " + w[2], k -> traffic.tcp(side(w[1]), port(w[1]), side(w[2]), port(w[2])));
    switch (w[0]) {
      case "syn" -> c.syn();
      case "synack" -> c.synAck();
      case "ack" -> c.clientSegment(0x10);
      case "data" -> c.clientSends(text("ask"));
      case "reply" -> c.serverSends(text("answer"));
      case "says" -> c.clientSends(unescaped(w[3]));
      case "tells" -> c.serverSends(unescaped(w[3]));
      case "hello" ->
          c.segmentBytes(Integer.parseInt(w[4]))
              .clientSends(ClientHello.of(w[3]))
              .segmentBytes(1_460);
      case "fin" -> c.close();
      case "rst" -> c.serverResets();
      default -> throw new IllegalArgumentException("no step '" + w[0] + "'");
    }
  }

  private void tunnel(String[] w) {
    Host outerA = of(w[2]);
    Host outerB = of(w[3]);
    traffic.frame(
        Forge.ethernet(outerA.mac(), outerB.mac()),
        Forge.ipv4(outerA.address(), outerB.address()),
        Forge.udp(2152, 2152),
        Forge.gtpU(Long.parseLong(w[1])),
        Forge.ipv4(side(w[4]).address(), side(w[5]).address()),
        Forge.udp(port(w[4]), port(w[5])),
        Forge.payload("subscriber"));
  }

  private void carry(String[] w) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Forge.ethernet(of(w[2]).mac(), of(w[3]).mac()));
    int at = 1;
    while (w.length - at > 2) {
      layers.add(Forge.ipv4(of(w[at + 1]).address(), of(w[at + 2]).address()));
      switch (w[at]) {
        case "gre" -> layers.add(Forge.gre());
        case "vxlan" -> {
          layers.add(Forge.udp(50_000, 4789));
          layers.add(Forge.vxlan(7));
          layers.add(Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"));
        }
        case "ip" -> {}
        default -> throw new IllegalArgumentException("no tunnel '" + w[at] + "'");
      }
      at += 3;
    }
    layers.add(Forge.ipv4(side(w[at]).address(), side(w[at + 1]).address()));
    layers.add(Forge.udp(port(w[at]), port(w[at + 1])));
    layers.add(Forge.payload("inside"));
    traffic.frame(layers.toArray(new Layer[0]));
  }

  private void fragments(String[] w) {
    List<byte[]> fragments =
        Forge.ipv4Fragments(
            1480,
            Forge.ethernet(side(w[1]).mac(), side(w[2]).mac()),
            Forge.ipv4(side(w[1]).address(), side(w[2]).address()),
            Forge.udp(port(w[1]), port(w[2])),
            Forge.payload(new byte[Integer.parseInt(w[3])]));
    fragments.forEach(traffic::frame);
  }

  private static DnsMessage answer(String[] w) {
    DnsMessage message = DnsMessage.response(9, w[3], DnsMessage.A);
    for (int i = 4; i < w.length; i++) {
      String[] parts = w[i].split("[=>]");
      if (w[i].indexOf('=') > 0) {
        message.a(parts[0], 60, parts[1]);
      } else {
        message.cname(parts[0], 60, parts[1]);
      }
    }
    return message;
  }

  private static Host host(String[] w) {
    Host host = Host.of(w[2], w[3]);
    for (int i = 4; i + 1 < w.length; i += 2) {
      int number = Integer.parseInt(w[i + 1]);
      host = w[i].equals("vlan") ? host.onVlan(number) : host.timeToLive(number);
    }
    return host;
  }

  private Host of(String name) {
    Host host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("no host '" + name + "'");
    }
    return host;
  }

  private Host side(String end) {
    return of(end.substring(0, end.lastIndexOf(':')));
  }

  private static long nanos(String seconds) {
    return START * SECOND + Math.round(Double.parseDouble(seconds) * 1e9);
  }

  private static int port(String end) {
    return Integer.parseInt(end.substring(end.lastIndexOf(':') + 1));
  }

  static byte[] unescaped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.write(c);
        continue;
      }
      switch (text.charAt(++at)) {
        case 'r' -> out.write('\r');
        case 'n' -> out.write('\n');
        case 's' -> out.write(' ');
        case 'x' -> {
          out.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
          at += 2;
        }
        default -> throw new IllegalArgumentException("no such escape in " + text);
      }
    }
    return out.toByteArray();
  }

  private static byte[] text(String characters) {
    return characters.getBytes(StandardCharsets.US_ASCII);
  }
}
