package tapwarden.inspect.equipment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of one hardware address; one object a hardware address, made when it is new. */
final class Device {
  /** Most VLANs and names remembered of one device. */
  static final int MOST_VLANS = 8;

  static final int MOST_NAMES = 4;

  /** Its place among the {@link Devices}. */
  final int index;

  final long mac;
  final long groups;

  /** Declared by MAC or vendor group, or recognised by vendor group; null if neither. */
  final @Nullable Equipment equipment;

  /** {@link IdentifiedBy} bit that says why {@link #equipment} is what it is; 0 without any. */
  final int how;

  final Sighting sent = new Sighting();
  long transitFrames;
  long transitBytes;

  /** The addresses that it carries with an undecremented TTL; those beyond make it a forwarder. */
  final @Nullable Binding[] carried = new Binding[IdentityOptions.MOST_CARRIED_ADDRESSES];

  int carriedCount;
  boolean forwarder;

  /** Whether it carries packets from external addresses. */
  boolean gateway;

  /** Addresses that it owns by what a protocol said. */
  int provenCount;

  /** Index of declared equipment that one of its proven addresses belongs to, or none. */
  int declaredByAddress = EquipmentDirectory.NONE;

  private char[] vlans = {};
  private String[] names = {};
  private long[] nameHashes = {};

  Device(int index, long mac, long groups, @Nullable Equipment equipment, int how) {
    this.index = index;
    this.mac = mac;
    this.groups = groups;
    this.equipment = equipment;
    this.how = how;
  }

  void addVlan(int vlan) {
    for (char known : vlans) {
      if (known == vlan) {
        return;
      }
    }
    if (vlans.length < MOST_VLANS) {
      vlans = Arrays.copyOf(vlans, vlans.length + 1);
      vlans[vlans.length - 1] = (char) vlan;
      Arrays.sort(vlans);
    }
  }

  char[] vlans() {
    return vlans;
  }

  /** Whether a name with that hash would be new and there is room for it. */
  boolean wantsName(long hash) {
    for (long known : nameHashes) {
      if (known == hash) {
        return false;
      }
    }
    return names.length < MOST_NAMES;
  }

  void addName(long hash, String name) {
    nameHashes = Arrays.copyOf(nameHashes, nameHashes.length + 1);
    nameHashes[nameHashes.length - 1] = hash;
    names = Arrays.copyOf(names, names.length + 1);
    names[names.length - 1] = name;
  }

  String[] names() {
    return names;
  }
}
