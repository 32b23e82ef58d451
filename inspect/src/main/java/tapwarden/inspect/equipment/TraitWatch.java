package tapwarden.inspect.equipment;

import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.IpAddress;

/**
 * One worker's ear for what devices say of themselves: finds out whose words they are, and makes
 * the message for the inventory, unless the same was said lately. Of external addresses, of
 * subscribers in user-plane tunnels, and of whoever is behind a forwarder's hardware address,
 * nothing is taken.
 */
public final class TraitWatch {
  /** In the place of an IP version: what follows is the index of equipment. */
  private static final int BY_EQUIPMENT = 100;

  /** In the place of an IP version: what follows is a hardware address. */
  private static final int BY_MAC = 101;

  private final Ownership ownership;
  private final Networks networks;
  private final TraitMemory memory;

  public TraitWatch(Ownership ownership, Networks networks, HashKey key, CounterBlock counters) {
    this.ownership = ownership;
    this.networks = networks;
    memory = new TraitMemory(TraitMemory.DEFAULT_CAPACITY, key, counters);
  }

  /** The clock has ticked; every worker must hear of it at the same place of the stream. */
  public void tick(long nanos) {
    memory.tick(nanos);
  }

  /**
   * Who has the address says something: the client or the server of a flow.
   *
   * @param packet the packet at hand, one of that flow's in either direction; null at the end of a
   *     flow that no packet ended
   * @param userPlane whether the flow is inside a user-plane tunnel
   * @param packetNumber of the packet, or of the flow's last
   * @return the message to be sent, or null if there is none
   */
  public @Nullable TraitSeen ofAddress(
      String trait,
      byte[] text,
      int start,
      int length,
      int version,
      long high,
      long low,
      @Nullable Packet packet,
      boolean userPlane,
      long packetNumber,
      long packetNanos) {
    Equipment owner = ownerOf(version, high, low, packet, userPlane);
    if (owner == null && (userPlane || !networks.isHome(version, high, low))) {
      return null;
    }
    boolean repeat =
        owner != null
            ? memory.isRepeat(trait, BY_EQUIPMENT, 0, owner.index(), text, start, length)
            : memory.isRepeat(trait, version, high, low, text, start, length);
    if (repeat) {
      return null;
    }
    IpAddress address = new IpAddress(version, high, low);
    String said = TraitText.of(text, start, length);
    return said.isEmpty()
        ? null
        : new TraitSeen(
            trait,
            owner,
            owner == null ? 0 : ownership.identifiedBy(),
            -1,
            address,
            said,
            memory.period(),
            packetNumber,
            packetNanos);
  }

  private @Nullable Equipment ownerOf(
      int version, long high, long low, @Nullable Packet packet, boolean userPlane) {
    if (packet != null && packet.ipVersion() == version) {
      if (packet.sourceHigh() == high && packet.sourceLow() == low) {
        return ownership.resolve(packet, true);
      }
      if (packet.destinationHigh() == high && packet.destinationLow() == low) {
        return ownership.resolve(packet, false);
      }
    }
    return ownership.resolve(version, high, low, userPlane);
  }

  /**
   * The device that sent the packet on its segment says something, as in LLDP, CDP or DHCP.
   *
   * @return the message to be sent, or null if there is none
   */
  public @Nullable TraitSeen ofSender(
      String trait, byte[] text, int start, int length, Packet packet) {
    long mac = SegmentSender.source(packet);
    if (mac == SegmentSender.NO_MAC || packet.isUserPlane()) {
      return null;
    }
    // A forwarder speaks for itself only where nothing is forwarded.
    if (packet.ipVersion() != 0 && ownership.view().isForwarder(mac)) {
      return null;
    }
    IdentityFact.Owned owned = ownership.view().ownerOf(mac);
    Equipment owner = owned == null ? null : owned.equipment();
    boolean repeat =
        owner != null
            ? memory.isRepeat(trait, BY_EQUIPMENT, 0, owner.index(), text, start, length)
            : memory.isRepeat(trait, BY_MAC, 0, mac, text, start, length);
    if (repeat) {
      return null;
    }
    String said = TraitText.of(text, start, length);
    return said.isEmpty()
        ? null
        : new TraitSeen(
            trait,
            owner,
            owned == null ? 0 : owned.identifiedBy(),
            mac,
            null,
            said,
            memory.period(),
            packet.number(),
            packet.timestampNanos());
  }
}
