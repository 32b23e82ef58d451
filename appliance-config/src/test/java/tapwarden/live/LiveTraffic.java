package tapwarden.live;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.TcpConversation;
import tapwarden.capture.forge.Traffic;

/**
 * The traffic of a busy site, many conversations woven into each other: each round a desk looks up
 * a name that bears the round's number and talks to a web server; every few rounds equipment talks
 * to what its policy does not know, to what it may, and to listed endpoints.
 */
final class LiveTraffic {
  static final String CONFIGURATION =
      """
      config-version: 1
      equipment:
        - { id: enb-tokyo, match: { cidr: 10.40.17.0/24 }, vendor: Huawei, policy: ran }
        - { id: cam-gate, match: { cidr: 10.60.4.0/28 }, vendor: Hikvision, policy: closed }
        - { id: router, match: { ip: 10.0.9.1 }, role: router, policy: closed }
        - { id: router-v6, match: { ip: "fd00:9::1" }, role: router, policy: closed }
      policies:
        ran:
          allow:
            - { name: "*.oam.example.jp", port: 443 }
            - { cidr: 198.51.100.0/28, proto: udp, port: 123 }
        closed:
          allow: []
      indicators:
        - { file: watchlist.txt, format: plain }
      """;

  static final String WATCHLIST =
      """
      203.0.113.200:8443
      198.51.100.77
      2001:db8:bad::/48
      cctv-cloud.example
      """;

  /** Names looked up are {@code n<round>.seq.example}. */
  static final String NUMBERED_SUFFIX = ".seq.example";

  private static final long ROUND_NANOS = 200_000;
  private static final long GAP_NANOS = 3_000_000;

  private static final Host GATEWAY = Host.of("00:1b:17:00:10:01", "10.0.0.1");
  private static final Host RESOLVER = GATEWAY.withAddress("10.20.0.53").timeToLive(62);
  private static final Host ROUTER = Host.of("00:1b:54:0e:22:11", "10.0.9.1").timeToLive(255);

  private final Traffic traffic = new Traffic(0).gap(GAP_NANOS);

  private LiveTraffic() {}

  /** At least {@code 11 * rounds} frames. */
  static List<ForgedFrame> frames(int rounds) {
    LiveTraffic site = new LiveTraffic();
    for (int round = 0; round < rounds; round++) {
      site.traffic.at(round * ROUND_NANOS);
      site.desk(round);
      site.traffic.at(round * ROUND_NANOS);
      site.equipment(round);
    }
    return site.traffic.frames();
  }

  /** A base station begins to talk to each address, whose name its policy must wait for. */
  static List<ForgedFrame> contactsWithoutAName(String... addresses) {
    LiveTraffic site = new LiveTraffic();
    for (String address : addresses) {
      site.traffic
          .tcp(station(0), Math.floorMod(address.hashCode(), 60_000) + 1_024, outside(address), 443)
          .syn();
    }
    return site.traffic.frames();
  }

  /** Its address is new to the tap for the first 62,500 rounds. */
  private void desk(int round) {
    Host desk =
        Host.of(
            "3c:52:82:%02x:%02x:%02x".formatted(round >> 16, round >> 8 & 0xFF, round & 0xFF),
            "10.%d.%d.%d".formatted(80 + round / 62_500, round / 250 % 250, round % 250 + 1));
    String server = "192.0.2.%d".formatted(round % 200 + 1);
    traffic.dnsLookup(desk, RESOLVER, "n" + round + NUMBERED_SUFFIX, server);
    traffic.tcpExchange(
        desk,
        49_152 + round % 16_000,
        outside(server),
        80,
        text("GET /" + round + " HTTP/1.1\r\nHost: n" + round + NUMBERED_SUFFIX + "\r\n\r\n"),
        text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
  }

  private void equipment(int round) {
    int port = 20_000 + round % 40_000;
    switch (round % 50) {
      case 0 -> converse(station(round), port, outside("203.0.113." + round / 50 % 20), 443, 6);
      case 5 -> traffic.tcp(station(round), port, outside("203.0.113.150"), 443).syn();
      case 10 -> allowedByName(round, port);
      case 15 ->
          traffic.udpExchange(
              station(round), port, outside("198.51.100.5"), 123, new byte[48], new byte[48]);
      case 20 -> camera(round, port);
      case 25 -> converse(ROUTER, port, outside("203.0.113.200"), 8443, 1);
      case 30 -> traffic.udp(ROUTER, port, outside("198.51.100.77"), 9_999, text("beacon"));
      case 35 ->
          traffic.tcpExchange(
              ROUTER.withAddress("fd00:9::1"),
              port,
              GATEWAY.withAddress("2001:db8:bad::7"),
              443,
              text("ask"),
              text("answer"));
      case 40 ->
          traffic.tcp(outside("198.51.100.77"), port, camera(round), 80).syn().serverResets();
      default -> {}
    }
  }

  private void allowedByName(int round, int port) {
    Host station = station(round);
    String name = "s" + round + ".oam.example.jp";
    String address = "192.0.2.%d".formatted(210 + round / 50 % 40);
    traffic.dnsLookup(station, RESOLVER, name, address);
    converse(station, port, outside(address), 443, 2);
  }

  private void camera(int round, int port) {
    String address = "203.0.113.%d".formatted(210 + round / 50 % 8);
    traffic.dnsLookup(camera(round), RESOLVER, "p2p.cctv-cloud.example", address);
    traffic.udpExchange(
        camera(round), port, outside(address), 32_100, text("hello"), text("hello back"));
  }

  private void converse(Host client, int port, Host server, int serverPort, int messages) {
    TcpConversation connection = traffic.tcp(client, port, server, serverPort).handshake();
    for (int i = 0; i < messages; i++) {
      connection.clientSends(text("report " + i)).serverSends(text("taken"));
    }
  }

  private static Host station(int round) {
    int number = round / 50 % 16 + 1;
    return Host.of("00:25:9e:4b:17:%02x".formatted(number), "10.40.17." + number).onVlan(410);
  }

  private static Host camera(int round) {
    int number = round / 50 % 4 + 1;
    return Host.of("44:19:b6:21:08:%02x".formatted(number), "10.60.4." + number);
  }

  private static Host outside(String address) {
    return GATEWAY.withAddress(address).timeToLive(51);
  }

  private static byte[] text(String characters) {
    return characters.getBytes(StandardCharsets.US_ASCII);
  }

  /** The addresses, ports and protocol of a frame, the same for both directions. */
  static String conversation(byte[] frame) {
    int at = 12;
    while (u16(frame, at) == 0x8100) {
      at += 4;
    }
    boolean v6 = u16(frame, at) == 0x86DD;
    int ip = at + 2;
    int protocol = frame[v6 ? ip + 6 : ip + 9] & 0xFF;
    int addresses = v6 ? ip + 8 : ip + 12;
    int length = v6 ? 16 : 4;
    int ports = v6 ? ip + 40 : ip + 20;
    return conversation(
        address(frame, addresses, length),
        u16(frame, ports),
        address(frame, addresses + length, length),
        u16(frame, ports + 2),
        protocol == 6 ? "TCP" : "UDP");
  }

  static String conversation(
      String source, int sourcePort, String destination, int destinationPort, String protocol) {
    String a = source + " " + sourcePort;
    String b = destination + " " + destinationPort;
    return protocol + " " + (a.compareTo(b) < 0 ? a + " " + b : b + " " + a);
  }

  private static String address(byte[] frame, int at, int length) {
    byte[] bytes = java.util.Arrays.copyOfRange(frame, at, at + length);
    try {
      return java.net.InetAddress.getByAddress(bytes).getHostAddress();
    } catch (java.net.UnknownHostException wrongLength) {
      throw new IllegalStateException(wrongLength);
    }
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
