package tapwarden.appliance.config;

import java.util.SortedSet;
import tapwarden.inspect.alert.Suppression;
import tapwarden.inspect.detect.DetectorProvider;
import tapwarden.inspect.wire.Cidr;

/** Reads an entry of {@code suppress:}. */
final class SuppressionBinder {
  private SuppressionBinder() {}

  static Suppression bind(Section entry, ConfigProblems problems) {
    String detector = entry.text("detector");
    String equipment = entry.text("equipment");
    String endpoint = entry.text("endpoint");
    if (detector == null && equipment == null && endpoint == null) {
      problems.error(
          entry.position(),
          "this entry would silence every alert",
          "name at least one of: detector, equipment, endpoint");
    }
    if (detector != null) {
      SortedSet<String> known = DetectorProvider.names();
      if (!known.contains(detector)) {
        problems.unknown(entry.position("detector"), "detector", detector, known);
      }
    }
    if (endpoint != null && Cidr.parse(endpoint) == null && !Words.isName(endpoint)) {
      problems.error(
          entry.position("endpoint"),
          "'" + Visible.text(endpoint) + "' is neither an address, a network nor a name");
    }
    Suppression suppression =
        new Suppression(
            detector,
            equipment,
            endpoint,
            entry.date("until"),
            entry.requiredText("reason"),
            entry.position().toString());
    entry.end();
    return suppression;
  }
}
