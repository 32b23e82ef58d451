package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * Puts together what the tracker knows: every piece of equipment with its hardware addresses, then
 * every other device. A device belongs to the equipment that its hardware address was declared or
 * recognised as; if one of its proven addresses is declared, to that equipment. Home addresses that
 * are nobody's come last, if anything was said from there.
 */
final class Inventory {
  private final EquipmentDirectory directory;
  private final VendorGroups vendorGroups;
  private final Devices devices;
  private final Bindings bindings;
  private final @Nullable DeclaredSighting[] declaredSightings;
  private final TraitBook book;
  private final Set<IpAddress> joined = new HashSet<>();
  private final Map<Device, List<Binding>> owned = new HashMap<>();
  private final Map<Integer, Draft> equipment = new LinkedHashMap<>();
  private final List<Draft> others = new ArrayList<>();

  Inventory(
      EquipmentDirectory directory,
      VendorGroups vendorGroups,
      Devices devices,
      Bindings bindings,
      @Nullable DeclaredSighting[] declaredSightings,
      TraitBook book) {
    this.directory = directory;
    this.vendorGroups = vendorGroups;
    this.devices = devices;
    this.bindings = bindings;
    this.declaredSightings = declaredSightings;
    this.book = book;
  }

  List<InventoryEntry> entries() {
    for (Binding binding : bindings.all()) {
      if (binding.device != null) {
        owned.computeIfAbsent(binding.device, d -> new ArrayList<>()).add(binding);
      }
    }
    for (int i = 0; i < declaredSightings.length; i++) {
      if (declaredSightings[i] != null || !book.ofEquipment(i).isEmpty()) {
        equipment.put(i, new Draft(directory.equipment(i)));
      }
    }
    devices.all().forEach(this::add);
    List<InventoryEntry> entries = new ArrayList<>();
    equipment.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(draft -> entries.add(draft.getValue().entry(sightingOf(draft.getKey()))));
    others.forEach(draft -> entries.add(draft.entry(null)));
    for (IpAddress address : book.addresses()) {
      if (!joined.contains(address)) {
        entries.add(speakerOnly(address));
      }
    }
    return entries;
  }

  private @Nullable DeclaredSighting sightingOf(int index) {
    return index < declaredSightings.length ? declaredSightings[index] : null;
  }

  /** Somebody of whom nothing is known but an address and words. */
  private InventoryEntry speakerOnly(IpAddress address) {
    List<Trait> traits = book.ofAddress(address);
    return new InventoryEntry(
        address.toString(),
        null,
        List.of(),
        null,
        List.of(),
        List.of(address),
        List.of(),
        List.of(),
        traits.stream().mapToLong(trait -> trait.first().nanos()).min().orElse(0),
        traits.stream().mapToLong(trait -> trait.last().nanos()).max().orElse(0),
        0,
        0,
        0,
        false,
        List.of(),
        traits,
        book.claims(null, traits));
  }

  private void add(Device device) {
    List<Binding> addresses = owned.getOrDefault(device, List.of());
    Equipment owner = device.equipment;
    if (owner == null || !owner.declared()) {
      for (Binding binding : addresses) {
        IpAddress address = binding.address;
        int index = directory.byAddress(address.version(), address.high(), address.low());
        if (index != EquipmentDirectory.NONE) {
          owner = directory.equipment(index);
          break;
        }
      }
    }
    Draft draft;
    if (owner == null) {
      draft = new Draft(null);
      others.add(draft);
    } else {
      Equipment known = owner;
      draft = equipment.computeIfAbsent(owner.index(), i -> new Draft(known));
    }
    draft.add(device, addresses);
  }

  private final class Draft {
    private final @Nullable Equipment subject;
    private final List<Device> members = new ArrayList<>();
    private final TreeSet<IpAddress> addresses = new TreeSet<>();
    private int identifiedBy;

    Draft(@Nullable Equipment subject) {
      this.subject = subject;
    }

    void add(Device device, List<Binding> bound) {
      members.add(device);
      if (device.equipment != null && device.equipment.equals(subject)) {
        identifiedBy |= device.how;
      }
      for (Binding binding : bound) {
        addresses.add(binding.address);
        identifiedBy |= binding.proofs | declared(binding.address);
      }
    }

    private int declared(IpAddress a) {
      if (subject == null || !subject.declared()) {
        return 0;
      }
      if (directory.byExactAddress(a.version(), a.high(), a.low()) == subject.index()) {
        return IdentifiedBy.IP.bit();
      }
      return directory.byNetwork(a.version(), a.high(), a.low()) == subject.index()
          ? IdentifiedBy.CIDR.bit()
          : 0;
    }

    InventoryEntry entry(@Nullable DeclaredSighting declared) {
      Sighting total = new Sighting();
      long transit = 0;
      boolean forwarder = false;
      long groups = 0;
      TreeSet<String> names = new TreeSet<>();
      TreeSet<Integer> vlans = new TreeSet<>();
      for (Device device : members) {
        sum(total, device.sent);
        transit += device.transitFrames;
        forwarder |= device.forwarder || device.gateway;
        groups |= device.groups;
        names.addAll(List.of(device.names()));
        for (char vlan : device.vlans()) {
          vlans.add((int) vlan);
        }
      }
      if (declared != null) {
        addresses.addAll(declared.addresses);
        identifiedBy |= declared.identifiedBy;
        // Behind a router its hardware address is never seen, only its IP addresses.
        if (declared.sent.frames > total.frames) {
          total = declared.sent;
        }
      }
      List<Long> macs = members.stream().map(d -> d.mac).toList();
      List<Trait> traits = traits();
      String organisation =
          macs.isEmpty() ? null : vendorGroups.ouis().organisation(macs.getFirst());
      return new InventoryEntry(
          subject != null ? subject.id() : DirectoryCompiler.macText(macs.getFirst()),
          subject,
          macs,
          organisation,
          vendorGroups.idsOf(groups),
          bounded(addresses),
          List.copyOf(names),
          List.copyOf(vlans),
          total.firstNanos,
          total.lastNanos,
          total.frames,
          total.bytes,
          transit,
          forwarder,
          IdentifiedBy.ids(identifiedBy),
          traits,
          book.claims(subject, traits));
    }

    /** What was said before it was known whose words they are belongs to it too. */
    private List<Trait> traits() {
      List<Trait> all = new ArrayList<>();
      if (subject != null) {
        all.addAll(book.ofEquipment(subject.index()));
      }
      members.forEach(device -> all.addAll(book.ofMac(device.mac)));
      for (IpAddress address : addresses) {
        joined.add(address);
        all.addAll(book.ofAddress(address));
      }
      return Trait.merged(all);
    }

    private static List<IpAddress> bounded(Collection<IpAddress> all) {
      return all.stream().limit(InventoryEntry.MOST_ADDRESSES).toList();
    }

    private static void sum(Sighting total, Sighting more) {
      if (more.frames == 0) {
        return;
      }
      total.firstNanos =
          total.frames == 0 ? more.firstNanos : Math.min(total.firstNanos, more.firstNanos);
      total.lastNanos = Math.max(total.lastNanos, more.lastNanos);
      total.frames += more.frames;
      total.bytes += more.bytes;
    }
  }
}
