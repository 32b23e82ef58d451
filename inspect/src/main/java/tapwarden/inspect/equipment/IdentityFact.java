package tapwarden.inspect.equipment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * Something that {@link IdentityTracker} learnt from a packet. It takes effect before that packet
 * is inspected.
 */
public sealed interface IdentityFact {
  /**
   * From now on the address is that equipment's.
   *
   * @param identifiedBy mask of {@link IdentifiedBy}
   */
  record Bound(IpAddress address, Equipment equipment, int identifiedBy) implements IdentityFact {}

  /** From now on the address is nobody's by hardware address. */
  record Withdrawn(IpAddress address) implements IdentityFact {}

  /** The device carries more local addresses than a device of its own has: it passes them on. */
  record Forwards(long mac) implements IdentityFact {}

  /**
   * From now on the hardware address is that equipment's own: what its device says of itself in
   * frames that are not forwarded, the equipment says.
   *
   * @param identifiedBy mask of {@link IdentifiedBy}
   */
  record Owned(long mac, Equipment equipment, int identifiedBy) implements IdentityFact {}

  /**
   * Equipment was seen sending for the first time.
   *
   * @param mac the sender's hardware address, or -1 if the link has none
   * @param address the sender's address if it is known to be the equipment's own
   * @param organisation whom the hardware address is registered for
   */
  record DeviceSeen(
      Equipment equipment,
      int identifiedBy,
      long mac,
      @Nullable IpAddress address,
      @Nullable String organisation,
      int vlan,
      long packetNumber,
      long timestampNanos)
      implements IdentityFact {
    /** The ids of {@link #identifiedBy()}. */
    public List<String> identifiedByIds() {
      return IdentifiedBy.ids(identifiedBy);
    }
  }
}
