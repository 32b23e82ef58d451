package tapwarden.inspect.equipment;

import java.util.List;
import tapwarden.inspect.wire.Cidr;

/**
 * Which addresses are at home. External is every unicast address outside {@link #home()} that is
 * not loopback, link-local or multicast; documentation ranges are external.
 */
public record Networks(List<Cidr> home) {
  public Networks {
    home = List.copyOf(home);
  }
}
