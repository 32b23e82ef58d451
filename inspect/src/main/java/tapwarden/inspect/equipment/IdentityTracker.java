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
 * <p>Packets of a sender that taught nothing new cost one probe of a cache and allocate nothing;
 * whoever knows of packets in advance lets {@link #fetch} bring what they need into the processor's
 * caches.
 */
public final class IdentityTracker {
  /** Most packets that may be expected at a time. */
  public static final int MAX_EXPECTED = 64;

  private static final int NO_VLAN = 0;
  private static final int VERSION_SHIFT = 12;
  private static final int FRESH = 1 << 15;
  private static final int USER_PLANE = 1 << 16;
  private static final int INTERFACE_SHIFT = 17;

  private final EquipmentDirectory directory;
  private final VendorGroups vendorGroups;
  private final Networks networks;
  private final CounterBlock counters;
  private final HashKey key = HashKey.random();
  private final Bindings bindings;
  private final Devices devices;
  private final ProofReader proofs;
  private final SenderCache recent = new SenderCache(key);
  private final int[] places = new int[MAX_EXPECTED];
  private final int[] tags = new int[MAX_EXPECTED];
  private final long[] macs = new long[MAX_EXPECTED];
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
    devices = new Devices(directory, options.macLimit(), key, counters, facts);
    bindings = new Bindings(directory, devices, options.addressLimit(), key, counters, facts);
    proofs = new ProofReader(bindings, networks);
    declaredSightings = new DeclaredSighting[directory.size()];
  }

  /** The names of the source's interfaces, by index; to be called again when there are more. */
  public void interfaces(List<String> names) {
    interfaceOwners = directory.byInterface(names);
  }

  /**
   * Takes note of a packet that {@link #observe(int, Packet)} will get at the same place; learns
   * nothing.
   *
   * @param at from 0, below {@link #MAX_EXPECTED}
   */
  public void expect(int at, Packet packet) {
    int tag = tag(packet);
    long mac = SegmentSender.source(packet);
    tags[at] = tag;
    macs[at] = mac;
    places[at] = recent.place(mac, version(tag), high(packet, tag), low(packet, tag), tag);
  }

  /** Brings what the first {@code count} expected packets need into the processor's caches. */
  public void fetch(int count) {
    recent.fetch(places, count);
  }

  /**
   * What, beside its addresses, a packet may teach something by: the outer VLAN (12 bits), the IP
   * version of the header whose sender is on the segment (3 bits, 0 without one), whether its TTL
   * is fresh, whether it carries a user plane, and the interface.
   */
  private static int tag(Packet packet) {
    boolean userPlane = packet.isUserPlane();
    int version = userPlane ? packet.outerIpVersion() : packet.ipVersion();
    return (packet.vlanCount() == 0 ? NO_VLAN : packet.vlan(0))
        | (version << VERSION_SHIFT)
        | (!userPlane && isUndecremented(packet.ttl()) ? FRESH : 0)
        | (userPlane ? USER_PLANE : 0)
        | ((packet.interfaceIndex() & 0x3FFF) << INTERFACE_SHIFT);
  }

  private static int version(int tag) {
    return (tag >>> VERSION_SHIFT) & 7;
  }

  private static long high(Packet packet, int tag) {
    return (tag & USER_PLANE) != 0 ? packet.outerSourceHigh() : packet.sourceHigh();
  }

  private static long low(Packet packet, int tag) {
    return (tag & USER_PLANE) != 0 ? packet.outerSourceLow() : packet.sourceLow();
  }

  /** The same as {@link #observe(int, Packet)} for a packet that was not expected. */
  public int observe(Packet packet) {
    expect(0, packet);
    return observe(0, packet);
  }

  /**
   * Learns from the packet; gives the number of facts, to be read by {@link #fact}.
   *
   * @param at where {@link #expect} was told of this very packet
   */
  public int observe(int at, Packet packet) {
    facts.clear();
    long mac = macs[at];
    int tag = tags[at];
    int version = version(tag);
    long high = high(packet, tag);
    long low = low(packet, tag);
    if (ProofReader.concerns(packet) && mac != SegmentSender.NO_MAC && (tag & USER_PLANE) == 0) {
      proofs.read(packet, mac, SegmentSender.destination(packet));
    }
    int place = places[at];
    if (!recent.holds(place, mac, high, low, tag, bindings.epoch())) {
      long verdict = meet(packet, mac, version, high, low);
      recent.put(place, mac, high, low, tag, bindings.epoch(), verdict);
    }
    count(recent.verdict(place), packet);
    return facts.size();
  }

  /** What the last packet taught, in the order in which it must be applied. */
  public IdentityFact fact(int index) {
    return facts.get(index);
  }

  private void count(long verdict, Packet packet) {
    int deviceIndex = SenderCache.device(verdict);
    if (deviceIndex != SenderCache.NOBODY) {
      Device device = devices.at(deviceIndex);
      if (SenderCache.isTransit(verdict)) {
        device.transitFrames++;
        device.transitBytes += packet.wireLength();
        counters.increment(Counter.FRAMES_IN_TRANSIT);
      }
      device.sent.add(packet.wireLength(), packet.timestampNanos());
    }
    int declared = SenderCache.declared(verdict);
    if (declared != SenderCache.NOBODY) {
      sighting(declared).sent.add(packet.wireLength(), packet.timestampNanos());
    }
  }

  /** The slow path: a sender, address and kind of packet that was not seen lately. */
  private long meet(Packet packet, long mac, int version, long high, long low) {
    Device device = mac == SegmentSender.NO_MAC ? null : devices.findOrAdd(mac);
    boolean transit = false;
    boolean home = version != 0 && networks.isHome(version, high, low);
    if (device != null) {
      if (packet.vlanCount() != 0 && packet.vlan(0) != NO_VLAN) {
        device.addVlan(packet.vlan(0));
      }
      if (version != 0) {
        boolean external = !home && networks.isExternal(version, high, low);
        device.gateway |= external;
        if (home && !packet.isUserPlane() && isUndecremented(packet.ttl())) {
          bindings.carries(device, version, high, low);
        }
        transit =
            packet.isUserPlane()
                || ((home || external) && !bindings.isOwn(device, version, high, low));
      }
    }
    int declared = reportSender(packet, device, transit, version, high, low, home);
    return SenderCache.verdict(
        device == null ? SenderCache.NOBODY : device.index, declared, transit);
  }

  /** Index of the declared equipment that the packet counts for, or none. */
  private int reportSender(
      Packet packet,
      @Nullable Device device,
      boolean transit,
      int version,
      long high,
      long low,
      boolean home) {
    int index = version == 0 ? EquipmentDirectory.NONE : byAddress(version, high, low);
    if (index == EquipmentDirectory.NONE && home) {
      index = bySegment(packet);
    }
    boolean byAddress = index != EquipmentDirectory.NONE;
    Equipment ofDevice = device == null ? null : device.equipment;
    if (!byAddress && device != null && ofDevice != null) {
      if (ofDevice.declared() && !transit) {
        index = ofDevice.index();
        how = device.how;
      } else if (device.declaredByAddress == EquipmentDirectory.NONE) {
        report(ofDevice, device.how, packet, device, null);
      }
    }
    if (index == EquipmentDirectory.NONE) {
      return SenderCache.NOBODY;
    }
    DeclaredSighting sighting = sighting(index);
    sighting.identifiedBy |= how;
    if (byAddress) {
      sighting.add(version, high, low);
    }
    if (!reported.get(index)) {
      IpAddress address = byAddress ? new IpAddress(version, high, low) : null;
      report(directory.equipment(index), how, packet, device, address);
    }
    return index;
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
    return inventory(new TraitBook(TraitLimits.DEFAULT, counters));
  }

  /** The same with what devices said of themselves. */
  public List<InventoryEntry> inventory(TraitBook book) {
    return new Inventory(directory, vendorGroups, devices, bindings, declaredSightings, book)
        .entries();
  }
}
