package tapwarden.appliance.ops;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.TcpConversation;
import tapwarden.capture.forge.Traffic;

/**
 * The site of the README: ten minutes on a mirror port behind which a base station, a camera and a
 * router phone home amid clean traffic. All addresses outside are documentation ranges.
 */
public final class SampleSite {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant START = Instant.parse("2026-11-02T08:00:00Z");
  private static final String GATEWAY_MAC = "00:1b:17:00:10:01";

  private static final Host GATEWAY = Host.of(GATEWAY_MAC, "10.0.0.1");
  private static final Host RESOLVER = GATEWAY.withAddress("10.20.0.53").timeToLive(62);
  private static final Host MME = GATEWAY.withAddress("10.20.0.10").timeToLive(61);
  private static final Host OAM = outside("192.0.2.40");
  private static final Host BASE_STATION = Host.of("00:25:9e:4b:17:02", "10.40.17.2").onVlan(410);
  private static final Host CAMERA = Host.of("44:19:b6:21:08:5c", "10.60.4.31");
  private static final Host OTHER_CAMERA = Host.of("c0:56:e3:77:1a:90", "10.60.4.32");
  private static final Host ROUTER = Host.of("00:1b:54:0e:22:11", "10.0.9.1").timeToLive(255);
  private static final Host DESK = Host.of("3c:52:82:5a:00:17", "10.80.2.17");

  private static final Host BASE_STATION_CONTROL = outside("203.0.113.9");
  private static final Host CAMERA_CONTROL = outside("203.0.113.77");
  private static final Host ROUTER_CONTROL = outside("198.51.100.23");

  private final Traffic traffic = new Traffic(START.getEpochSecond() * SECOND).gap(18_000_000L);

  private SampleSite() {}

  /** The frames of the sample, in order of time; the same bytes each time. */
  public static List<ForgedFrame> frames() {
    SampleSite site = new SampleSite();
    site.arrivals();
    for (int minute = 0; minute < 10; minute++) {
      site.cleanMinute(minute);
    }
    site.baseStationPhonesHome();
    site.cameraPhonesHome();
    site.routerPhonesHome();
    site.otherCameraCallsAnAddress();
    return site.traffic.frames();
  }

  private static Host outside(String address) {
    return GATEWAY.withAddress(address).timeToLive(51);
  }

  private void arrivals() {
    traffic
        .frame(
            Forge.ethernet(CAMERA.mac(), "ff:ff:ff:ff:ff:ff"),
            Forge.arpRequest(CAMERA.mac(), CAMERA.address(), "10.60.4.1"))
        .frame(
            Forge.ethernet(OTHER_CAMERA.mac(), "ff:ff:ff:ff:ff:ff"),
            Forge.arpRequest(OTHER_CAMERA.mac(), OTHER_CAMERA.address(), "10.60.4.1"))
        .frame(
            Forge.ethernet(DESK.mac(), "ff:ff:ff:ff:ff:ff"),
            Forge.arpRequest(DESK.mac(), DESK.address(), "10.80.2.1"));
  }

  /** What happens all the time and is nobody's business to alert on. */
  private void cleanMinute(int minute) {
    traffic.at(nanosAt(60L * minute + 2));
    if (minute % 3 == 0) {
      traffic.dnsLookup(BASE_STATION, RESOLVER, "enb.oam.example.jp", OAM.address());
    }
    traffic.tcpExchange(
        BASE_STATION,
        40_100 + minute,
        OAM,
        443,
        text("\u0016\u0003\u0001 status report"),
        text("ok"));
    traffic
        .frame(heartbeat(BASE_STATION, MME, 4))
        .frame(heartbeat(MME, BASE_STATION, 5))
        .udpExchange(ROUTER, 123, RESOLVER, 123, new byte[48], new byte[48])
        .dnsLookup(DESK, RESOLVER, "www.example.org", "192.0.2.80")
        .tcpExchange(
            DESK,
            51_000 + minute,
            outside("192.0.2.80"),
            80,
            text("GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n"),
            text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
  }

  /** A connection to an address that nobody looked up and the policy does not know. */
  private void baseStationPhonesHome() {
    traffic.at(nanosAt(191));
    beat(traffic.tcp(BASE_STATION, 52_114, BASE_STATION_CONTROL, 443).handshake(), 3);
  }

  /** A listed name, looked up through an alias, then the contact itself. */
  private void cameraPhonesHome() {
    traffic.at(nanosAt(312));
    DnsMessage query = DnsMessage.query(0x4c1d, "p2p.cctv-cloud.example", DnsMessage.A);
    DnsMessage answer =
        DnsMessage.response(0x4c1d, "p2p.cctv-cloud.example", DnsMessage.A)
            .cname("p2p.cctv-cloud.example", 60, "relay7.cctv-cloud.example")
            .a("relay7.cctv-cloud.example", 60, CAMERA_CONTROL.address());
    traffic
        .dnsExchange(CAMERA, RESOLVER, query, answer)
        .udpExchange(CAMERA, 32_100, CAMERA_CONTROL, 32_100, Octets8.HELLO, Octets8.HELLO_BACK)
        .udp(CAMERA, 32_100, CAMERA_CONTROL, 32_100, new byte[160]);
  }

  /** Three short connections, a minute apart, to a listed address and port. */
  private void routerPhonesHome() {
    for (int call = 0; call < 3; call++) {
      traffic.at(nanosAt(401 + 60L * call));
      beat(traffic.tcp(ROUTER, 61_001 + call, ROUTER_CONTROL, 8443).handshake(), 1).close();
    }
  }

  /** Equipment of an excluded vendor that nobody declared, and an address without a name. */
  private void otherCameraCallsAnAddress() {
    traffic.at(nanosAt(547));
    traffic.tcp(OTHER_CAMERA, 38_200, outside("198.51.100.140"), 8000).syn();
  }

  private static TcpConversation beat(TcpConversation connection, int times) {
    for (int i = 0; i < times; i++) {
      connection.clientSends(text("\u0017\u0003\u0003\u0000\u0010" + "beat-" + i + "-0123456"));
      connection.serverSends(text("\u0017\u0003\u0003\u0000\u0002ok"));
    }
    return connection;
  }

  private static byte[] heartbeat(Host from, Host to, int chunkType) {
    byte[] body = {0, 1, 0, 8, 0, 0, 0, 1};
    return Forge.frame(
        Forge.ethernet(from.mac(), to.mac()),
        Forge.vlan(410),
        Forge.ipv4(from.address(), to.address()).timeToLive(from.timeToLive()),
        Forge.sctp(36_412, 36_412).chunk(chunkType, 0, body));
  }

  private static long nanosAt(long second) {
    return (START.getEpochSecond() + second) * SECOND;
  }

  private static byte[] text(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** First bytes of a relay protocol, made up for the sample. */
  private static final class Octets8 {
    static final byte[] HELLO = {0x21, 0x00, 0x00, 0x14, 1, 2, 3, 4};
    static final byte[] HELLO_BACK = {0x21, 0x01, 0x00, 0x10, 4, 3, 2, 1};
  }
}
