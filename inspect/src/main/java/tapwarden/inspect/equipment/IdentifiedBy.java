package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How an address was found to be equipment's: what names the equipment (declared {@link #IP} to
 * {@link #INTERFACE}, or {@link #OUI}) and what proves that the address is its own ({@link #ARP} to
 * {@link #TTL}). Sets are int masks on the hot path.
 */
public enum IdentifiedBy {
  IP,
  CIDR,
  MAC,
  OUI,
  VLAN,
  INTERFACE,
  ARP,
  ND,
  DHCP,
  LLDP,
  CDP,
  /** The hardware address carries at most four local addresses with an undecremented TTL. */
  TTL;

  /** Everything that proves a binding of address and MAC by what a protocol says. */
  static final int PROTOCOL_PROOFS = ARP.bit() | ND.bit() | DHCP.bit() | LLDP.bit() | CDP.bit();

  /** What names equipment by its address, as the configuration alone can. */
  public static final int DECLARED_ADDRESSES = IP.bit() | CIDR.bit();

  private static final IdentifiedBy[] VALUES = values();

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As events show it: {@code cidr}, {@code oui}, ... */
  public String id() {
    return id;
  }

  public int bit() {
    return 1 << ordinal();
  }

  /** The ids of a mask, in the order of this enum. */
  public static List<String> ids(int mask) {
    List<String> ids = new ArrayList<>(Integer.bitCount(mask));
    for (IdentifiedBy value : VALUES) {
      if ((mask & value.bit()) != 0) {
        ids.add(value.id);
      }
    }
    return List.copyOf(ids);
  }
}
