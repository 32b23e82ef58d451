package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * One worker's knowledge of which addresses are whose by proven hardware address, and of
 * forwarders. Facts go in, in stream order; look-ups allocate nothing. Bounded by the tracker,
 * which never has more addresses bound at a time than {@link IdentityOptions#addressLimit()}.
 */
public final class IdentityView {
  private final AddressTable slots;
  private final MacTable forwarders;
  private final MacTable owners;
  private final List<IdentityFact.Owned> owned = new ArrayList<>();
  private final List<IdentityFact.Bound> bound = new ArrayList<>();
  private final List<Integer> free = new ArrayList<>();

  public IdentityView(IdentityOptions options) {
    slots = new AddressTable(HashKey.random(), options.addressLimit());
    forwarders = new MacTable(HashKey.random(), options.macLimit());
    owners = new MacTable(HashKey.random(), options.macLimit());
  }

  /** Lets the fact take effect; those that say nothing about an address change nothing. */
  public void apply(IdentityFact fact) {
    switch (fact) {
      case IdentityFact.Bound binding -> bind(binding);
      case IdentityFact.Withdrawn(IpAddress address) -> withdraw(address);
      case IdentityFact.Forwards(long mac) -> forwarders.put(mac, 0);
      case IdentityFact.Owned owned -> own(owned);
      case IdentityFact.DeviceSeen _ -> {}
    }
  }

  private void bind(IdentityFact.Bound binding) {
    IpAddress address = binding.address();
    int slot = slots.get(address.version(), address.high(), address.low());
    if (slot != AddressTable.ABSENT) {
      bound.set(slot, binding);
      return;
    }
    slot = free.isEmpty() ? bound.size() : free.getLast();
    if (!slots.put(address.version(), address.high(), address.low(), slot)) {
      return;
    }
    if (free.isEmpty()) {
      bound.add(binding);
    } else {
      free.removeLast();
      bound.set(slot, binding);
    }
  }

  private void own(IdentityFact.Owned fact) {
    int place = owners.get(fact.mac());
    if (place != MacTable.ABSENT) {
      owned.set(place, fact);
    } else if (owners.put(fact.mac(), owned.size())) {
      owned.add(fact);
    }
  }

  private void withdraw(IpAddress address) {
    int slot = slots.get(address.version(), address.high(), address.low());
    if (slot != AddressTable.ABSENT) {
      slots.remove(address.version(), address.high(), address.low());
      free.add(slot);
    }
  }

  /** The equipment that owns the address by proven hardware address, or null. */
  public @Nullable Equipment ownerOf(int version, long high, long low) {
    IdentityFact.Bound binding = find(version, high, low);
    return binding == null ? null : binding.equipment();
  }

  /** Whether the hardware address passes on what others send. */
  public boolean isForwarder(long mac) {
    return forwarders.get(mac) != MacTable.ABSENT;
  }

  /** Whose device has that hardware address, or null. */
  IdentityFact.@Nullable Owned ownerOf(long mac) {
    int place = owners.get(mac);
    return place == MacTable.ABSENT ? null : owned.get(place);
  }

  IdentityFact.@Nullable Bound find(int version, long high, long low) {
    int slot = slots.get(version, high, low);
    return slot == AddressTable.ABSENT ? null : bound.get(slot);
  }

  /** Addresses bound now. */
  public int size() {
    return slots.size();
  }
}
