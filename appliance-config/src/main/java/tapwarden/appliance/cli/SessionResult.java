package tapwarden.appliance.cli;

import java.util.List;
import tapwarden.inspect.equipment.InventoryEntry;

/**
 * How a session ended.
 *
 * @param inventory every device that was seen, in the order of ids
 * @param losses what could not be written, one sentence each; empty if everything was
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
}
