package tapwarden.appliance.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session ended.
 *
 * @param inventory equipment seen, in the order of ids
 */
public record SessionResult(Coverage coverage, List<InventoryEntry> inventory) {
  public SessionResult {
    inventory = List.copyOf(inventory);
  }

  /**
   * A piece of equipment that the packets showed.
   *
   * @param identifiedBy how it was recognised: {@code cidr}, {@code mac}, {@code oui}, ...
   * @param addresses its IP addresses, in order, bounded
   * @param macs its hardware addresses, in order, bounded
   * @param firstSeenNanos packet time of its first frame
   * @param externalEndpoints how many external endpoints it was in contact with
   */
  public record InventoryEntry(
      String id,
      @Nullable String vendor,
      @Nullable String role,
      @Nullable String policy,
      List<String> identifiedBy,
      List<String> addresses,
      List<String> macs,
      List<Integer> vlans,
      long firstSeenNanos,
      long lastSeenNanos,
      long packets,
      long bytes,
      long externalEndpoints) {
    public InventoryEntry {
      identifiedBy = List.copyOf(identifiedBy);
      addresses = List.copyOf(addresses);
      macs = List.copyOf(macs);
      vlans = List.copyOf(vlans);
    }
  }
}
