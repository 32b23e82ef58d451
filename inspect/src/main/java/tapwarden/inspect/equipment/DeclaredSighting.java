package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.wire.IpAddress;

/** How much declared equipment sent, from which addresses, and how it was identified. */
final class DeclaredSighting {
  final Sighting sent = new Sighting();
  final List<IpAddress> addresses = new ArrayList<>();
  int identifiedBy;
  private final AddressTable known;

  DeclaredSighting(HashKey key) {
    known = new AddressTable(key, InventoryEntry.MOST_ADDRESSES);
  }

  void add(int version, long high, long low) {
    if (known.get(version, high, low) == AddressTable.ABSENT
        && known.put(version, high, low, addresses.size())) {
      addresses.add(new IpAddress(version, high, low));
    }
  }
}
