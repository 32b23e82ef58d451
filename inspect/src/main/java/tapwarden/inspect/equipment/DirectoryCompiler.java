package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/**
 * Fills the tables of an {@link EquipmentDirectory} from declarations, in their order, and notes
 * every contradiction. The first who claims something keeps it.
 */
final class DirectoryCompiler {
  private static final int VLAN_IDS = 4096;
  private static final int HIGHEST_VLAN = 4094;
  private static final long GROUP_BIT = 0x0100_0000_0000L;
  private static final String TELL_APART = "let each match something that the other does not";

  final Equipment[] equipment;
  final AddressTable exact;
  final PrefixTables networks4;
  final PrefixTables networks6;
  final MacTable macs;
  final int[] vlans = new int[VLAN_IDS];
  final Map<String, Integer> interfaces = new HashMap<>();
  final int[] vendorGroupOwners = new int[VendorGroups.MOST_GROUPS];
  final VendorGroups vendorGroups;
  final List<Problem> problems = new ArrayList<>();

  private final List<EquipmentDeclaration> declarations;
  private final Policies policies;
  private final Map<String, EquipmentDeclaration> byId = new HashMap<>();

  DirectoryCompiler(
      List<EquipmentDeclaration> declarations,
      Policies policies,
      VendorGroups vendorGroups,
      HashKey key) {
    this.declarations = declarations;
    this.policies = policies;
    this.vendorGroups = vendorGroups;
    equipment = new Equipment[declarations.size()];
    exact = new AddressTable(key, Integer.MAX_VALUE);
    networks4 = new PrefixTables(4, key);
    networks6 = new PrefixTables(6, key);
    macs = new MacTable(key, Integer.MAX_VALUE);
    Arrays.fill(vlans, EquipmentDirectory.NONE);
    Arrays.fill(vendorGroupOwners, EquipmentDirectory.NONE);
  }

  EquipmentDirectory compile() {
    for (int i = 0; i < equipment.length; i++) {
      EquipmentDeclaration declaration = declarations.get(i);
      equipment[i] = equipment(i, declaration);
      checkNames(declaration);
      int index = i;
      declaration.networks().forEach(network -> addNetwork(index, network));
      declaration.macs().forEach(mac -> addMac(index, mac));
      declaration.vendors().forEach(vendor -> addVendor(index, vendor));
      declaration.vlans().forEach(vlan -> addVlan(index, vlan));
      declaration.interfaces().forEach(name -> addInterface(index, name));
    }
    return new EquipmentDirectory(this);
  }

  private Equipment equipment(int index, EquipmentDeclaration declaration) {
    String group = vendorGroup(declaration);
    return new Equipment(
        index,
        declaration.id(),
        declaration.vendor() != null
            ? declaration.vendor()
            : group == null ? null : VendorGroups.displayName(group),
        group,
        declaration.role(),
        declaration.policy(),
        vendorGroups.isExcluded(group),
        true);
  }

  /** By the declared vendor's name, else by the first vendor match, else by the first MAC. */
  private @Nullable String vendorGroup(EquipmentDeclaration declaration) {
    String vendor = declaration.vendor();
    if (vendor != null) {
      return vendorGroups.indexOf(vendor) >= 0 ? vendor.toLowerCase(Locale.ROOT) : null;
    }
    for (String group : declaration.vendors()) {
      if (vendorGroups.indexOf(group) >= 0) {
        return group.toLowerCase(Locale.ROOT);
      }
    }
    for (long mac : declaration.macs()) {
      long groups = vendorGroups.groupsOf(mac);
      if (groups != 0) {
        return vendorGroups.bestGroup(groups);
      }
    }
    return null;
  }

  private void checkNames(EquipmentDeclaration declaration) {
    EquipmentDeclaration earlier = byId.putIfAbsent(declaration.id(), declaration);
    if (earlier != null) {
      problem(
          declaration,
          "equipment id " + declaration.id() + " is declared twice, first at " + earlier.where(),
          "give each its own id");
    }
    String policy = declaration.policy();
    if (policy != null && policies.policy(policy) == null) {
      problem(
          declaration,
          "equipment " + declaration.id() + " has the policy " + policy + ", which does not exist",
          "define it under policies: or correct the name");
    }
    if (declaration.networks().isEmpty()
        && declaration.macs().isEmpty()
        && declaration.vendors().isEmpty()
        && declaration.vlans().isEmpty()
        && declaration.interfaces().isEmpty()) {
      problem(
          declaration,
          "equipment " + declaration.id() + " matches nothing",
          "add ip, cidr, mac, vendor, vlan or interface under match:");
    }
  }

  private void addNetwork(int index, Cidr network) {
    IpAddress address = network.address();
    boolean single = network.prefix() == address.bits();
    AddressTable table =
        single ? exact : (address.version() == 4 ? networks4 : networks6).of(network.prefix());
    int owner = table.get(address.version(), address.high(), address.low());
    if (owner == AddressTable.ABSENT) {
      table.put(address.version(), address.high(), address.low(), index);
    } else {
      conflict(index, owner, single ? address.toString() : network.toString());
    }
  }

  private void addMac(int index, long mac) {
    if ((mac & GROUP_BIT) != 0 || mac == 0) {
      problem(
          declarations.get(index),
          "MAC " + macText(mac) + " is no device's address",
          "write the address of one interface");
      return;
    }
    int owner = macs.get(mac);
    if (owner == MacTable.ABSENT) {
      macs.put(mac, index);
    } else {
      conflict(index, owner, "MAC " + macText(mac));
    }
  }

  private void addVendor(int index, String vendor) {
    int group = vendorGroups.indexOf(vendor);
    if (group < 0) {
      problem(
          declarations.get(index),
          "there is no vendor group " + vendor,
          "use one of " + String.join(", ", vendorGroups.ids()) + " or define it");
    } else if (vendorGroupOwners[group] == EquipmentDirectory.NONE) {
      vendorGroupOwners[group] = index;
    } else {
      conflict(index, vendorGroupOwners[group], "vendor group " + vendor);
    }
  }

  private void addVlan(int index, int vlan) {
    if (vlan < 1 || vlan > HIGHEST_VLAN) {
      problem(
          declarations.get(index),
          "VLAN " + vlan + " is out of range",
          "VLAN ids are 1 to " + HIGHEST_VLAN);
    } else if (vlans[vlan] == EquipmentDirectory.NONE) {
      vlans[vlan] = index;
    } else {
      conflict(index, vlans[vlan], "VLAN " + vlan);
    }
  }

  private void addInterface(int index, String name) {
    Integer owner = interfaces.putIfAbsent(name, index);
    if (owner != null) {
      conflict(index, owner, "interface " + name);
    }
  }

  private void conflict(int index, int owner, String what) {
    // A declaration may name the same thing twice; that contradicts nobody.
    if (index != owner) {
      EquipmentDeclaration first = declarations.get(owner);
      problem(
          declarations.get(index),
          "equipment %s claims %s, which %s (%s) has already"
              .formatted(declarations.get(index).id(), what, first.id(), first.where()),
          TELL_APART);
    }
  }

  static String macText(long mac) {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(Character.forDigit((int) (mac >>> (shift + 4)) & 0xF, 16))
          .append(Character.forDigit((int) (mac >>> shift) & 0xF, 16));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }

  private void problem(EquipmentDeclaration declaration, String message, String remedy) {
    problems.add(new Problem(declaration.where(), message, remedy));
  }
}
