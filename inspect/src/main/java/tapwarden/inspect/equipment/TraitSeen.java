package tapwarden.inspect.equipment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * A device said something of itself: a worker's message for the inventory. It is about the
 * equipment if there is one, else about the home address, else about the hardware address.
 *
 * @param trait what it is, as a word that names the protocol first: {@code ssh-banner}
 * @param equipment whose words they are, as far as known at that packet
 * @param identifiedBy mask of {@link IdentifiedBy} that says why; 0 without equipment
 * @param mac hardware address of the sender if that is what the words were tied to, else -1
 * @param address whose words they are; null if only the hardware address is known
 * @param text neutralised, at most {@link TraitText#MOST_BYTES} bytes of UTF-8
 * @param period number of the hour of packet time, see {@link TraitMemory}
 */
public record TraitSeen(
    String trait,
    @Nullable Equipment equipment,
    int identifiedBy,
    long mac,
    @Nullable IpAddress address,
    String text,
    int period,
    long packetNumber,
    long packetNanos) {
  /** The ids of {@link #identifiedBy()}. */
  public List<String> identifiedByIds() {
    return IdentifiedBy.ids(identifiedBy);
  }
}
