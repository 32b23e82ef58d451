package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.equipment.InventoryEntry;

/**
 * How a session ended.
 *
 * @param inventory every device that was seen, in the order of ids
 * @param losses what failed, one sentence each: what could not be written, an interface that was
 *     removed; empty if nothing did
 */
public record SessionResult(
    Coverage coverage, List<InventoryEntry> inventory, List<String> losses) {
  public SessionResult {
    inventory = List.copyOf(inventory);
    losses = List.copyOf(losses);
  }

  /** Of a session that lost nothing. */
  public SessionResult(Coverage coverage, List<InventoryEntry> inventory) {
    this(coverage, inventory, List.of());
  }

  /** The same with more that failed. */
  public SessionResult withLosses(List<String> more) {
    List<String> all = new ArrayList<>(losses);
    all.addAll(more);
    return new SessionResult(coverage, inventory, all);
  }
}
