package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/** All hardware addresses that have sent something or were spoken for, in the order of sight. */
final class Devices {
  private static final long GROUP_BIT = 0x0100_0000_0000L;

  private final EquipmentDirectory directory;
  private final VendorGroups vendorGroups;
  private final int limit;
  private final CounterBlock counters;
  private final List<IdentityFact> facts;
  private final MacTable byMac;
  private final List<Device> devices = new ArrayList<>();
  private int nextIndex;

  /** Mostly the one that is looked for next. */
  private @Nullable Device lastFound;

  /**
   * @param facts where it is said that a device is equipment's
   */
  Devices(
      EquipmentDirectory directory,
      int limit,
      HashKey key,
      CounterBlock counters,
      List<IdentityFact> facts) {
    this.directory = directory;
    this.limit = limit;
    this.counters = counters;
    this.facts = facts;
    vendorGroups = directory.vendorGroups();
    byMac = new MacTable(key, limit);
    nextIndex = directory.size();
  }

  List<Device> all() {
    return devices;
  }

  Device at(int index) {
    return devices.get(index);
  }

  /** Null when the address is no device's or the table is full. */
  @Nullable Device findOrAdd(long mac) {
    Device last = lastFound;
    if (last != null && last.mac == mac) {
      return last;
    }
    int known = byMac.get(mac);
    if (known != MacTable.ABSENT) {
      lastFound = devices.get(known);
      return lastFound;
    }
    if (mac <= 0 || (mac & GROUP_BIT) != 0) {
      return null;
    }
    long groups = vendorGroups.groupsOf(mac);
    int index = directory.byMac(mac);
    boolean byOui = index == EquipmentDirectory.NONE;
    if (byOui) {
      index = directory.byVendorGroups(groups);
    }
    boolean equipment = index != EquipmentDirectory.NONE || groups != 0;
    if (byMac.size() >= (equipment ? limit : IdentityOptions.share(limit))) {
      counters.increment(Counter.MACS_NOT_LEARNT);
      return null;
    }
    int how = !equipment ? 0 : byOui ? IdentifiedBy.OUI.bit() : IdentifiedBy.MAC.bit();
    Device device =
        new Device(
            devices.size(),
            mac,
            groups,
            index != EquipmentDirectory.NONE
                ? directory.equipment(index)
                : equipment ? recognised(mac, groups) : null,
            how);
    byMac.put(mac, devices.size());
    devices.add(device);
    Equipment owner = device.equipment;
    if (owner != null) {
      facts.add(new IdentityFact.Owned(mac, owner, how));
    }
    return device;
  }

  private Equipment recognised(long mac, long groups) {
    String group = vendorGroups.bestGroup(groups);
    return new Equipment(
        nextIndex++,
        String.format(Locale.ROOT, "%s-%012x", group, mac),
        group == null ? null : VendorGroups.displayName(group),
        group,
        null,
        null,
        vendorGroups.isExcluded(groups),
        false);
  }
}
