package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.alert.Severity;

/** What a session comes to, in one sentence, with what was not seen next to it. */
final class Summary {
  private Summary() {}

  /**
   * {@code 1,204 packets in 88 flows, 3 pieces of equipment; 2 alerts: 1 high, 1 low; everything
   * was seen.}
   */
  static String of(Coverage coverage, boolean color) {
    StringBuilder out = new StringBuilder();
    out.append(Plural.of(coverage.frames().wire(), "packet", "packets")).append(" in ");
    out.append(Plural.of(coverage.flows(), "flow", "flows")).append(", ");
    out.append(Plural.of(coverage.equipment(), "piece", "pieces")).append(" of equipment; ");
    out.append(alerts(coverage, color)).append("; ");
    out.append(coverage.verdict().sentence(color)).append('.');
    return out.toString();
  }

  private static String alerts(Coverage coverage, boolean color) {
    long all = coverage.alertsFrom(Severity.LOW);
    if (all == 0) {
      return "no alerts";
    }
    List<String> parts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count = coverage.alerts(severity);
      if (count > 0) {
        parts.add(Ansi.of(severity).paint(count + " " + severity.id(), color));
      }
    }
    return Plural.of(all, "alert", "alerts") + ": " + String.join(", ", parts);
  }
}
