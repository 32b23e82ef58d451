package tapwarden.capture.forge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layers a frame can be stacked from, outermost first:
 *
 * <pre>{@code
 * byte[] bytes = frame(
 *     ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"), vlan(410),
 *     ipv4("10.40.17.2", "203.0.113.9").timeToLive(3),
 *     udp(4000, 53), payload("..."));
 * }</pre>
 *
 * A tunnel is a longer stack; a frame built before can be put in as {@link #payload(byte[])}.
 */
public final class Forge {
  private Forge() {}

  /** The bytes of a frame. */
  public static byte[] frame(Layer... layers) {
    return Layer.Place.buildFrom(List.of(layers), 0);
  }

  /**
   * The frame cut into IPv4 fragments of at most {@code fragmentBytes} (a multiple of 8) of IP
   * payload each, at the outermost IPv4 layer; identification and the rest are that layer's.
   */
  public static List<byte[]> ipv4Fragments(int fragmentBytes, Layer... layers) {
    List<Layer> stack = List.of(layers);
    int ip = indexOf(stack, Ipv4.class);
    Ipv4 header = (Ipv4) stack.get(ip);
    header.protocol(new Layer.Place(stack, ip).nextIpProtocol());
    byte[] whole = Layer.Place.buildFrom(stack, ip + 1);
    List<byte[]> fragments = new ArrayList<>();
    for (int at = 0; at < whole.length; at += fragmentBytes) {
      int end = Math.min(whole.length, at + fragmentBytes);
      header.fragment(at, end < whole.length);
      List<Layer> part = new ArrayList<>(stack.subList(0, ip + 1));
      part.add(payload(Arrays.copyOfRange(whole, at, end)));
      fragments.add(Layer.Place.buildFrom(part, 0));
    }
    return fragments;
  }

  /** As {@link #ipv4Fragments} with IPv6 fragment headers right after the outermost IPv6 header. */
  public static List<byte[]> ipv6Fragments(int fragmentBytes, int identification, Layer... layers) {
    List<Layer> stack = List.of(layers);
    int ip = indexOf(stack, Ipv6.class);
    int inner = new Layer.Place(stack, ip).nextIpProtocol();
    byte[] whole = Layer.Place.buildFrom(stack, ip + 1);
    List<byte[]> fragments = new ArrayList<>();
    for (int at = 0; at < whole.length; at += fragmentBytes) {
      int end = Math.min(whole.length, at + fragmentBytes);
      List<Layer> part = new ArrayList<>(stack.subList(0, ip + 1));
      part.add(ipv6Fragment(at, end < whole.length, identification).nextHeader(inner));
      part.add(payload(Arrays.copyOfRange(whole, at, end)));
      fragments.add(Layer.Place.buildFrom(part, 0));
    }
    return fragments;
  }

  private static int indexOf(List<Layer> stack, Class<?> type) {
    for (int i = 0; i < stack.size(); i++) {
      if (type.isInstance(stack.get(i))) {
        return i;
      }
    }
    throw new IllegalArgumentException("no " + type.getSimpleName() + " layer to fragment");
  }

  public static Ethernet ethernet(String sourceMac, String destinationMac) {
    return new Ethernet(sourceMac, destinationMac);
  }

  /** A customer tag, EtherType 0x8100. */
  public static Vlan vlan(int identifier) {
    return new Vlan(0x8100, identifier);
  }

  /** A service tag (802.1ad), EtherType 0x88A8. */
  public static Vlan serviceVlan(int identifier) {
    return new Vlan(0x88A8, identifier);
  }

  /** A tag of any EtherType (0x9100, ...). */
  public static Vlan vlan(int tagProtocol, int identifier) {
    return new Vlan(tagProtocol, identifier);
  }

  /** 802.1ah I-TAG; an {@link #ethernet} layer follows. */
  public static Header serviceInstance(int service) {
    return Tunnels.serviceInstance(service);
  }

  public static Header vnTag(int destinationInterface, int sourceInterface) {
    return Tunnels.vnTag(destinationInterface, sourceInterface);
  }

  public static Mpls mpls(int label) {
    return new Mpls(label);
  }

  public static Pppoe pppoeSession(int session) {
    return Pppoe.session(session);
  }

  /** Discovery stage; the tags are the payload. */
  public static Pppoe pppoeDiscovery(int code, int session) {
    return Pppoe.discovery(code, session);
  }

  public static Header ppp() {
    return Tunnels.ppp();
  }

  public static Header pppHdlc() {
    return Tunnels.pppHdlc();
  }

  public static Llc llc(int destination, int source, int control) {
    return Llc.plain(destination, source, control);
  }

  /** SNAP with organisation zero and the EtherType of the next layer (RFC 1042). */
  public static Llc snap() {
    return Llc.snap(0, Layer.NONE);
  }

  public static Llc snap(int organisation, int protocol) {
    return Llc.snap(organisation, protocol);
  }

  public static Header linuxCooked(int packetType, String senderMac) {
    return Tunnels.linuxCooked(packetType, senderMac);
  }

  public static Header linuxCooked2(int interfaceNumber, int packetType, String senderMac) {
    return Tunnels.linuxCooked2(interfaceNumber, packetType, senderMac);
  }

  public static Layer arpRequest(String senderMac, String senderIp, String targetIp) {
    return Arp.packet(1, senderMac, senderIp, "00:00:00:00:00:00", targetIp);
  }

  public static Layer arpReply(
      String senderMac, String senderIp, String targetMac, String targetIp) {
    return Arp.packet(2, senderMac, senderIp, targetMac, targetIp);
  }

  public static Lldp lldp(String chassisMac, String port, int lifetimeSeconds) {
    return new Lldp(chassisMac, port, lifetimeSeconds);
  }

  /** Goes after {@code snap(0x00000C, 0x2000)}. */
  public static Cdp cdp(String device, String port) {
    return new Cdp(device, port);
  }

  public static Ipv4 ipv4(String source, String destination) {
    return new Ipv4(source, destination);
  }

  public static Ipv6 ipv6(String source, String destination) {
    return new Ipv6(source, destination);
  }

  /** IPv4 or IPv6 with defaults, as the addresses are spelt. */
  public static Layer ip(String source, String destination) {
    return Addresses.isIpv6(source) ? ipv6(source, destination) : ipv4(source, destination);
  }

  public static Ipv6Extension hopByHop(byte[] options) {
    return new Ipv6Extension(Ipv6Extension.HOP_BY_HOP, options);
  }

  /** {@code body} is what follows the length: type, segments left, data. */
  public static Ipv6Extension routing(byte[] body) {
    return new Ipv6Extension(Ipv6Extension.ROUTING, body);
  }

  public static Ipv6Extension destinationOptions(byte[] options) {
    return new Ipv6Extension(Ipv6Extension.DESTINATION_OPTIONS, options);
  }

  public static Ipv6Extension ipv6Fragment(int offsetBytes, boolean more, int identification) {
    return Ipv6Extension.fragment(offsetBytes, more, identification);
  }

  /** Any other header of the common form (mobility 135, HIP 139, shim6 140, ...). */
  public static Ipv6Extension ipv6Extension(int number, byte[] body) {
    return new Ipv6Extension(number, body);
  }

  public static Header authentication(long parameters, long sequence) {
    return Tunnels.authentication(parameters, sequence);
  }

  public static Header encapsulatingSecurity(long parameters, long sequence) {
    return Tunnels.encapsulatingSecurity(parameters, sequence);
  }

  public static Tcp tcp(int sourcePort, int destinationPort) {
    return new Tcp(sourcePort, destinationPort);
  }

  public static Udp udp(int sourcePort, int destinationPort) {
    return Udp.full(sourcePort, destinationPort);
  }

  public static Udp udpLite(int sourcePort, int destinationPort) {
    return Udp.lite(sourcePort, destinationPort);
  }

  public static Icmp icmp(int type, int code) {
    return Icmp.v4(type, code);
  }

  public static Icmp icmpV6(int type, int code) {
    return Icmp.v6(type, code);
  }

  public static Sctp sctp(int sourcePort, int destinationPort) {
    return new Sctp(sourcePort, destinationPort);
  }

  /** NVGRE is {@code gre().key(subnet << 8 | flow)} before an Ethernet layer (RFC 7637). */
  public static Gre gre() {
    return new Gre();
  }

  /** ERSPAN type I is {@code gre().type(0x88BE)} with nothing between. */
  public static Header erspan2(int vlan, int session, int index) {
    return Tunnels.erspan2(vlan, session, index);
  }

  public static Header erspan3(int vlan, int session, long timestamp) {
    return Tunnels.erspan3(vlan, session, timestamp);
  }

  /** Goes after {@code udp(..., 4789)}. */
  public static Header vxlan(int network) {
    return Tunnels.vxlan(network);
  }

  /** Goes after {@code udp(..., 4790)}. */
  public static Header vxlanGpe(int network) {
    return Tunnels.vxlanGpe(network);
  }

  /** Goes after {@code udp(..., 6081)}. */
  public static Header geneve(int network, byte... options) {
    return Tunnels.geneve(network, options);
  }

  /** Goes after {@code udp(..., 2152)}. */
  public static GtpU gtpU(long tunnel) {
    return new GtpU(tunnel);
  }

  /** Goes after {@code udp(..., 1701)} and before {@link #pppHdlc()}. */
  public static Header l2tp(int tunnel, int session) {
    return Tunnels.l2tp(tunnel, session);
  }

  /** Goes after {@code udp(..., 5247)}; an 802.11 frame follows if {@code wireless}. */
  public static Header capwapData(boolean wireless) {
    return Tunnels.capwapData(wireless);
  }

  /** Goes after {@code udp(..., 37008)}. */
  public static Header tzsp() {
    return Tunnels.tzsp();
  }

  public static Header nsh(int servicePath, int serviceIndex) {
    return Tunnels.nsh(servicePath, serviceIndex);
  }

  /** Any other header, as bytes. */
  public static Header header(byte[] bytes) {
    return Tunnels.fixed(new Octets().bytes(bytes));
  }

  public static Header payload(byte[] bytes) {
    return header(bytes);
  }

  /** The UTF-8 bytes of {@code text}. */
  public static Header payload(String text) {
    return header(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first {@code length} bytes, as a capture with a short snap length has them. */
  public static byte[] truncate(byte[] frame, int length) {
    return Arrays.copyOf(frame, Math.min(length, frame.length));
  }

  /** A copy with {@code values} written over the bytes from {@code offset} on. */
  public static byte[] patch(byte[] frame, int offset, int... values) {
    byte[] copy = frame.clone();
    for (int i = 0; i < values.length; i++) {
      copy[offset + i] = (byte) values[i];
    }
    return copy;
  }
}
