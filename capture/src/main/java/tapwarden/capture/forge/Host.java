package tapwarden.capture.forge;

import java.util.ArrayList;
import java.util.List;

/**
 * One end of a conversation as the tap sees it: the MAC address is that of the next hop on the
 * watched segment, so a far server has the gateway's.
 *
 * @param mac colon-separated MAC address
 * @param address IPv4 or IPv6 literal
 * @param vlans tags outside to inside that frames to and from this host carry
 * @param timeToLive TTL or hop limit of what this host sends, as seen at the tap
 */
public record Host(String mac, String address, List<Integer> vlans, int timeToLive) {
  public Host {
    vlans = List.copyOf(vlans);
  }

  public static Host of(String mac, String address) {
    return new Host(mac, address, List.of(), 64);
  }

  public Host onVlan(int identifier) {
    List<Integer> tags = new ArrayList<>(vlans);
    tags.add(identifier);
    return new Host(mac, address, tags, timeToLive);
  }

  public Host timeToLive(int hops) {
    return new Host(mac, address, vlans, hops);
  }

  /** The same place on the segment with another address: another host behind a gateway. */
  public Host withAddress(String other) {
    return new Host(mac, other, vlans, timeToLive);
  }

  /** Ethernet, tags and IP from this host to {@code peer}, then {@code inner}. */
  byte[] frameTo(Host peer, Layer... inner) {
    List<Layer> stack = new ArrayList<>();
    stack.add(Forge.ethernet(mac, peer.mac));
    List<Integer> tags = vlans.isEmpty() ? peer.vlans : vlans;
    for (int tag : tags) {
      stack.add(Forge.vlan(tag));
    }
    stack.add(
        Addresses.isIpv6(address)
            ? Forge.ipv6(address, peer.address).hopLimit(timeToLive)
            : Forge.ipv4(address, peer.address).timeToLive(timeToLive));
    stack.addAll(List.of(inner));
    return Forge.frame(stack.toArray(Layer[]::new));
  }
}
