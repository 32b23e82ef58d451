package tapwarden.appliance.ops;

import java.util.List;
import tapwarden.capture.forge.Traffic;
import tapwarden.inspect.alert.Signature;

/**
 * Crafted traffic and what must, or must not, be alerted on it.
 *
 * @param name detector and situation: {@code watchlist: listed address}
 * @param detector the detector that is tested
 * @param traffic what is replayed
 * @param configuration YAML
 * @param indicators lines of a list that the configuration is given
 * @param expected the signatures of all alerts there must be, once each, in the order of their
 *     numbers; empty when silence is right
 */
public record SelftestCase(
    String name,
    String detector,
    Traffic traffic,
    String configuration,
    List<String> indicators,
    List<Signature> expected) {
  public SelftestCase {
    indicators = List.copyOf(indicators);
    expected = List.copyOf(expected);
  }
}
