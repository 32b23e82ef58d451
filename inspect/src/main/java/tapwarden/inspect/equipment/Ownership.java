package tapwarden.inspect.equipment;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;

/**
 * Answers whose traffic a packet is, for one worker; not thread-safe, allocates nothing.
 *
 * <p>The owner of a side's address is, in this order: equipment declared by {@code ip}, by the
 * longest matching {@code cidr}, by a hardware address that is proven to own the address ({@code
 * mac}, {@code vendor} or recognised by its OUI), then, for a home address, by {@code vlan} or
 * {@code interface}. The hardware address of the frame itself decides nothing: it names the sender
 * on the segment. In user-plane tunnels only {@code ip} and {@code cidr} count, since subscribers'
 * addresses are not on the segment that carries the tunnel.
 */
public final class Ownership {
  private final EquipmentDirectory directory;
  private final Networks networks;
  private final IdentityView view;
  private int[] interfaceOwners = {};
  private int identifiedBy;

  public Ownership(EquipmentDirectory directory, Networks networks, IdentityView view) {
    this.directory = directory;
    this.networks = networks;
    this.view = view;
  }

  public IdentityView view() {
    return view;
  }

  /** The names of the source's interfaces, by index; to be called again when there are more. */
  public void interfaces(List<String> names) {
    interfaceOwners = directory.byInterface(names);
    if (Arrays.stream(interfaceOwners).allMatch(owner -> owner == EquipmentDirectory.NONE)) {
      interfaceOwners = new int[0];
    }
  }

  /** The equipment that the packet's source (or else destination) address belongs to, or null. */
  public @Nullable Equipment resolve(Packet packet, boolean source) {
    identifiedBy = 0;
    int version = packet.ipVersion();
    if (version == 0) {
      return null;
    }
    long high = source ? packet.sourceHigh() : packet.destinationHigh();
    long low = source ? packet.sourceLow() : packet.destinationLow();
    Equipment owner = resolve(version, high, low, packet.isUserPlane());
    return !packet.isUserPlane() && networks.isHome(version, high, low)
        ? bySegment(packet, owner)
        : owner;
  }

  /**
   * The equipment that the address belongs to where there is no packet at hand, so that neither
   * VLAN nor interface can say it; or null.
   *
   * @param userPlane whether the address was seen inside a user-plane tunnel
   */
  public @Nullable Equipment resolve(int version, long high, long low, boolean userPlane) {
    identifiedBy = 0;
    int index = directory.byExactAddress(version, high, low);
    if (index != EquipmentDirectory.NONE) {
      identifiedBy = IdentifiedBy.IP.bit();
    } else {
      index = directory.byNetwork(version, high, low);
      identifiedBy = index == EquipmentDirectory.NONE ? 0 : IdentifiedBy.CIDR.bit();
    }
    Equipment owner = index == EquipmentDirectory.NONE ? null : directory.equipment(index);
    if (userPlane) {
      return owner;
    }
    IdentityFact.Bound binding = view.find(version, high, low);
    if (binding != null && (owner == null || owner.index() == binding.equipment().index())) {
      owner = binding.equipment();
      identifiedBy |= binding.identifiedBy();
    }
    return owner;
  }

  private @Nullable Equipment bySegment(Packet packet, @Nullable Equipment known) {
    Equipment owner = known;
    for (int i = 0; i < packet.vlanCount(); i++) {
      owner = claim(owner, directory.byVlan(packet.vlan(i)), IdentifiedBy.VLAN);
    }
    int interfaceIndex = packet.interfaceIndex();
    if (interfaceIndex >= 0 && interfaceIndex < interfaceOwners.length) {
      owner = claim(owner, interfaceOwners[interfaceIndex], IdentifiedBy.INTERFACE);
    }
    return owner;
  }

  private @Nullable Equipment claim(@Nullable Equipment owner, int index, IdentifiedBy by) {
    if (index == EquipmentDirectory.NONE) {
      return owner;
    }
    Equipment claimant = directory.equipment(index);
    // Declared wins over recognised.
    if (owner == null || !owner.declared()) {
      identifiedBy = by.bit();
      return claimant;
    }
    if (owner.index() == index) {
      identifiedBy |= by.bit();
    }
    return owner;
  }

  /** How the last resolved owner was identified: a mask of {@link IdentifiedBy}, 0 if nobody. */
  public int identifiedBy() {
    return identifiedBy;
  }
}
