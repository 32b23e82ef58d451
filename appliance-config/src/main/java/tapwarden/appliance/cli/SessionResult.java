package tapwarden.appliance.cli;

import java.util.List;
import tapwarden.inspect.equipment.InventoryEntry;

/**
 * How a session ended.
 *
 * @param inventory every device that was seen, in the order of ids
 */
public record SessionResult(Coverage coverage, List<InventoryEntry> inventory) {
  public SessionResult {
    inventory = List.copyOf(inventory);
  }
}
