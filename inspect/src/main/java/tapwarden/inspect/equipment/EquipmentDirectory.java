package tapwarden.inspect.equipment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The declared equipment, compiled for look-ups; immutable. An address belongs to the declaration
 * with the longest matching network; where two claim the same, the first declared has it and a
 * {@link Problem} says so. Look-ups allocate nothing and give the equipment's index or {@link
 * #NONE}: one hash probe for an exact address, one more for each prefix length in use.
 */
public final class EquipmentDirectory {
  /** No equipment. */
  public static final int NONE = -1;

  private final Equipment[] equipment;
  private final AddressTable exact;
  private final PrefixTables networks4;
  private final PrefixTables networks6;
  private final MacTable macs;
  private final int[] vlans;
  private final Map<String, Integer> interfaces;
  private final int[] vendorGroupOwners;
  private final VendorGroups vendorGroups;
  private final List<Problem> problems;

  EquipmentDirectory(DirectoryCompiler compiled) {
    equipment = compiled.equipment;
    exact = compiled.exact;
    networks4 = compiled.networks4.compile();
    networks6 = compiled.networks6.compile();
    macs = compiled.macs;
    vlans = compiled.vlans;
    interfaces = Map.copyOf(compiled.interfaces);
    vendorGroupOwners = compiled.vendorGroupOwners;
    vendorGroups = compiled.vendorGroups;
    problems = List.copyOf(compiled.problems);
  }

  /** Compiles the declarations; what is wrong with them is in {@link #problems()}. */
  public static EquipmentDirectory of(
      List<EquipmentDeclaration> declarations, Policies policies, VendorGroups vendorGroups) {
    return new DirectoryCompiler(declarations, policies, vendorGroups, HashKey.random()).compile();
  }

  /** No declared equipment: only recognised equipment will be known. */
  public static EquipmentDirectory empty() {
    return of(List.of(), Policies.none(), VendorGroups.standard());
  }

  public List<Problem> problems() {
    return problems;
  }

  public VendorGroups vendorGroups() {
    return vendorGroups;
  }

  public int size() {
    return equipment.length;
  }

  /** The declared equipment of that index. */
  public Equipment equipment(int index) {
    return equipment[index];
  }

  /** Index of the equipment that the address belongs to by {@code ip} or {@code cidr}. */
  public int byAddress(int version, long high, long low) {
    int index = byExactAddress(version, high, low);
    return index != NONE ? index : byNetwork(version, high, low);
  }

  /** Index by {@code ip} (or a CIDR of one address) alone. */
  public int byExactAddress(int version, long high, long low) {
    return exact.get(version, high, low);
  }

  /** Index by the longest matching {@code cidr} alone. */
  public int byNetwork(int version, long high, long low) {
    return version == 4 ? networks4.longestMatch(high, low) : networks6.longestMatch(high, low);
  }

  /** Index by {@code mac}. */
  public int byMac(long mac) {
    return macs.get(mac);
  }

  /** Index by {@code vendor}, for the groups of a hardware address. */
  public int byVendorGroups(long groups) {
    int least = NONE;
    for (long rest = groups; rest != 0; rest &= rest - 1) {
      int owner = vendorGroupOwners[Long.numberOfTrailingZeros(rest)];
      if (owner != NONE && (least == NONE || owner < least)) {
        least = owner;
      }
    }
    return least;
  }

  /** Index by {@code vlan}; ids are 12 bits. */
  public int byVlan(int vlan) {
    return vlans[vlan & 0xFFF];
  }

  /** Index by {@code interface}, for the interface names of a source, in their order. */
  public int[] byInterface(List<String> names) {
    int[] indexes = new int[names.size()];
    for (int i = 0; i < indexes.length; i++) {
      Integer index = interfaces.get(names.get(i));
      indexes[i] = index == null ? NONE : index;
    }
    return indexes;
  }

  /** The declared equipment of that id, or null. */
  public @Nullable Equipment find(String id) {
    for (Equipment each : equipment) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }
}
