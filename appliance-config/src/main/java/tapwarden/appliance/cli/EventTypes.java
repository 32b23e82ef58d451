package tapwarden.appliance.cli;

import java.util.Iterator;
import tapwarden.inspect.pipeline.EventSelection;

/** What {@code --events} takes, for its help and for completion. */
final class EventTypes implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return EventSelection.NAMES.iterator();
  }
}
