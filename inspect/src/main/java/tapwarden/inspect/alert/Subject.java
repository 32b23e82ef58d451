package tapwarden.inspect.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom an alert is about: declared equipment, recognised equipment, or a host of the home network.
 *
 * @param id the equipment's id; for an undeclared host its address
 * @param identifiedBy how it was recognised: {@code cidr}, {@code mac}, {@code oui}, {@code
 *     address}, ...
 */
public record Subject(
    String id, @Nullable String vendor, @Nullable String role, List<String> identifiedBy) {
  public Subject {
    identifiedBy = List.copyOf(identifiedBy);
  }
}
