package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The latest revision of each alert, in bounded memory. */
final class AlertBook implements Consumer<LoggedAlert> {
  private final Map<String, ShownAlert> latest = new LinkedHashMap<>();
  private final int most;
  private long forgotten;

  /**
   * @param most alerts held; when there are more, the first in the log are forgotten and counted
   */
  AlertBook(int most) {
    this.most = most;
  }

  @Override
  public void accept(LoggedAlert logged) {
    ShownAlert alert = logged.alert();
    ShownAlert before = latest.get(alert.id());
    if (before == null || alert.revision() >= before.revision()) {
      latest.put(alert.id(), alert);
    }
    if (latest.size() > most) {
      latest.remove(latest.keySet().iterator().next());
      forgotten++;
    }
  }

  long forgotten() {
    return forgotten;
  }

  /** Those that pass, by time, then by id. */
  List<ShownAlert> list(AlertFilter filter) {
    List<ShownAlert> list = new ArrayList<>(latest.values());
    list.removeIf(alert -> !filter.passes(alert));
    list.sort(Comparator.comparingLong(ShownAlert::timeNanos).thenComparing(ShownAlert::id));
    return list;
  }
}
