package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The latest revision of each alert, in bounded memory. An alert is found by every name that its
 * endpoint had in any revision: who looks for a name wants the alert in which it once stood.
 */
final class AlertBook implements Consumer<LoggedAlert> {
  private final Map<String, ShownAlert> latest = new LinkedHashMap<>();
  private final Set<String> named = new HashSet<>();
  private final AlertFilter filter;
  private final int most;
  private long forgotten;

  /**
   * @param filter which alerts are wanted in the end
   * @param most alerts held; when there are more, the first in the log are forgotten and counted
   */
  AlertBook(AlertFilter filter, int most) {
    this.filter = filter;
    this.most = most;
  }

  @Override
  public void accept(LoggedAlert logged) {
    ShownAlert alert = logged.alert();
    ShownAlert before = latest.get(alert.id());
    if (before == null || alert.revision() >= before.revision()) {
      latest.put(alert.id(), alert);
    }
    if (filter.isNamed(alert)) {
      named.add(alert.id());
    }
    if (latest.size() > most) {
      String first = latest.keySet().iterator().next();
      latest.remove(first);
      named.remove(first);
      forgotten++;
    }
  }

  long forgotten() {
    return forgotten;
  }

  /** Those that pass, by time, then by id. */
  List<ShownAlert> list() {
    List<ShownAlert> list = new ArrayList<>(latest.values());
    list.removeIf(alert -> !named.contains(alert.id()) || !filter.passesButForItsName(alert));
    list.sort(Comparator.comparingLong(ShownAlert::timeNanos).thenComparing(ShownAlert::id));
    return list;
  }
}
