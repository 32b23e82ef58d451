package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.IpAddress;

/**
 * Learns from the stream of packets which devices there are and which addresses are proven to be
 * theirs. One thread, in stream order, before packets are shared out; what it learns goes to the
 * workers as {@link IdentityFact}s that take effect before the packet that taught them.
 *
 * <p>A hardware address names the sender on the segment, not the owner of the IP address. An
 * address is a device's if a protocol proves it ({@link ProofReader}) or if the device carries at
 * most {@link IdentityOptions#MOST_CARRIED_ADDRESSES} home addresses with a TTL that no router has
 * decremented (64, 128, 255). A device that carries more is a forwarder: what only the TTL bound to
 * it is withdrawn, and its transit is counted but never attributed. A later proof by protocol moves
 * an address to its new owner; the TTL never takes an address from anybody. Nothing is learnt from
 * the inside of user-plane tunnels.
 *
 * <p>Packets of a sender that taught nothing new cost one probe of a small cache and allocate
 * nothing.
 */
public final class IdentityTracker {
  private static final int RECENT = 4096;
  private static final int NO_VLAN = 0;

  private final EquipmentDirectory directory;
  private final VendorGroups vendorGroups;
  private final Networks networks;
  private final CounterBlock counters;
  private final HashKey key = HashKey.random();
  private final Bindings bindings;
  private final Devices devices;
  private final ProofReader proofs;
  private final RecentSender[] recent = new RecentSender[RECENT];
  private final @Nullable DeclaredSighting[] declaredSightings;
  private final BitSet reported = new BitSet();
  private final List<IdentityFact> facts = new ArrayList<>();
  private int[] interfaceOwners = {};
  private int how;

  public IdentityTracker(
      EquipmentDirectory directory,
      Networks networks,
      IdentityOptions options,
      CounterBlock counters) {
    this.directory = directory;
    this.networks = networks;
    this.counters = counters;
    vendorGroups = directory.vendorGroups();
    devices = new Devices(directory, options.macLimit(), key, counters);
    bindings = new Bindings(directory, devices, options.addressLimit(), key, counters, facts);
    proofs = new ProofReader(bindings);
    declaredSightings = new DeclaredSighting[directory.size()];
    for (int i = 0; i < RECENT; i++) {
      recent[i] = new RecentSender();
    }
  }

  /** The names of the source's interfaces, by index; to be called again when there are more. */
  public void interfaces(List<String> names) {
    interfaceOwners = directory.byInterface(names);
  }

  /** Learns from the packet; gives the number of facts, to be read by {@link #fact}. */
  public int observe(Packet packet) {
    facts.clear();
    long mac = SegmentSender.source(packet);
    boolean userPlane = packet.isUserPlane();
    int version = userPlane ? packet.outerIpVersion() : packet.ipVersion();
    long high = userPlane ? packet.outerSourceHigh() : packet.sourceHigh();
    long low = userPlane ? packet.outerSourceLow() : packet.sourceLow();
    if (version != 4 && version != 6) {
      version = 0;
      high = 0;
      low = 0;
    }
    int vlan = packet.vlanCount() == 0 ? NO_VLAN : packet.vlan(0);
    boolean fresh = !userPlane && isUndecremented(packet.ttl());
    int tag =
        vlan
            | (version << 12)
            | (fresh ? 1 << 15 : 0)
            | (userPlane ? 1 << 16 : 0)
            | ((packet.interfaceIndex() & 0x3FFF) << 17);
    if (ProofReader.concerns(packet) && mac != SegmentSender.NO_MAC && !userPlane) {
      proofs.read(packet, mac, SegmentSender.destination(packet));
    }
    RecentSender sender = recent[key.address(version, high ^ mac, low ^ tag) & (RECENT - 1)];
    if (!sender.is(mac, high, low, tag, bindings.epoch())) {
      meet(sender, packet, mac, version, high, low, vlan, fresh);
      sender.set(mac, high, low, tag, bindings.epoch());
    }
    count(sender, packet);
    return facts.size();
  }

  /** What the last packet taught, in the order in which it must be applied. */
  public IdentityFact fact(int index) {
    return facts.get(index);
  }

  private void count(RecentSender sender, Packet packet) {
    Device device = sender.device;
    if (device != null) {
      if (sender.transit) {
        device.transitFrames++;
        device.transitBytes += packet.wireLength();
        counters.increment(Counter.FRAMES_IN_TRANSIT);
      }
      device.sent.add(packet.wireLength(), packet.timestampNanos());
    }
    Sighting declared = sender.declared;
    if (declared != null) {
      declared.add(packet.wireLength(), packet.timestampNanos());
    }
  }

  /** The slow path: a sender, address and kind of packet that was not seen lately. */
  private void meet(
      RecentSender sender,
      Packet packet,
      long mac,
      int version,
      long high,
      long low,
      int vlan,
      boolean fresh) {
    Device device = mac == SegmentSender.NO_MAC ? null : devices.findOrAdd(mac);
    sender.device = device;
    sender.transit = false;
    boolean home = version != 0 && networks.isHome(version, high, low);
    if (device != null) {
      if (vlan != NO_VLAN) {
        device.addVlan(vlan);
      }
      if (version != 0) {
        device.gateway |= networks.isExternal(version, high, low);
        if (home && fresh) {
          bindings.carries(device, version, high, low);
        }
        boolean own = bindings.isOwn(device, version, high, low);
        boolean addressed = home || networks.isExternal(version, high, low);
        sender.transit = packet.isUserPlane() || (addressed && !own);
      }
    }
    reportSender(sender, packet, version, high, low, home);
  }

  private void reportSender(
      RecentSender sender, Packet packet, int version, long high, long low, boolean home) {
    Device device = sender.device;
    int index = version == 0 ? EquipmentDirectory.NONE : byAddress(version, high, low);
    if (index == EquipmentDirectory.NONE && home) {
      index = bySegment(packet);
    }
    boolean byAddress = index != EquipmentDirectory.NONE;
    Equipment ofDevice = device == null ? null : device.equipment;
    if (!byAddress && device != null && ofDevice != null) {
      if (ofDevice.declared() && !sender.transit) {
        index = ofDevice.index();
        how = device.how;
      } else if (device.declaredByAddress == EquipmentDirectory.NONE) {
        report(ofDevice, device.how, packet, device, null);
      }
    }
    sender.declared = null;
    if (index != EquipmentDirectory.NONE) {
      DeclaredSighting sighting = sighting(index);
      sender.declared = sighting.sent;
      sighting.identifiedBy |= how;
      if (byAddress) {
        sighting.add(version, high, low);
      }
      if (!reported.get(index)) {
        IpAddress address = byAddress ? new IpAddress(version, high, low) : null;
        report(directory.equipment(index), how, packet, device, address);
      }
    }
  }

  /** Index of the equipment that declares the address; {@link #how} says by what. */
  private int byAddress(int version, long high, long low) {
    how = IdentifiedBy.IP.bit();
    int index = directory.byExactAddress(version, high, low);
    if (index == EquipmentDirectory.NONE) {
      how = IdentifiedBy.CIDR.bit();
      index = directory.byNetwork(version, high, low);
    }
    return index;
  }

  private int bySegment(Packet packet) {
    how = IdentifiedBy.VLAN.bit();
    for (int i = 0; i < packet.vlanCount(); i++) {
      int index = directory.byVlan(packet.vlan(i));
      if (index != EquipmentDirectory.NONE) {
        return index;
      }
    }
    how = IdentifiedBy.INTERFACE.bit();
    int at = packet.interfaceIndex();
    return at >= 0 && at < interfaceOwners.length ? interfaceOwners[at] : EquipmentDirectory.NONE;
  }

  private void report(
      Equipment equipment,
      int how,
      Packet packet,
      @Nullable Device device,
      @Nullable IpAddress address) {
    if (reported.get(equipment.index())) {
      return;
    }
    reported.set(equipment.index());
    facts.add(
        new IdentityFact.DeviceSeen(
            equipment,
            how,
            device == null ? -1 : device.mac,
            address,
            device == null ? null : vendorGroups.ouis().organisation(device.mac),
            packet.vlanCount() == 0 ? -1 : packet.vlan(0),
            packet.number(),
            packet.timestampNanos()));
  }

  private DeclaredSighting sighting(int index) {
    DeclaredSighting sighting = declaredSightings[index];
    if (sighting == null) {
      sighting = new DeclaredSighting(key);
      declaredSightings[index] = sighting;
    }
    return sighting;
  }

  /** Whether a host sent it and no router passed it on: hosts start at 64, 128 or 255. */
  private static boolean isUndecremented(int ttl) {
    return ttl == 64 || ttl == 128 || ttl == 255;
  }

  /** Everything that was seen, in a fixed order: declared, recognised, then all other devices. */
  public List<InventoryEntry> inventory() {
    return new Inventory(directory, vendorGroups, devices, bindings, declaredSightings).entries();
  }
}
