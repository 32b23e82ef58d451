package tapwarden.inspect.equipment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * A device that was seen: one piece of equipment, one hardware address that is no equipment's, or
 * one home address that is nobody's and from where something was said.
 *
 * @param id the equipment's id; for other devices the hardware address, or else the address
 * @param equipment null if neither declared nor recognised
 * @param macs hardware addresses, 48 bits each
 * @param organisation whom the first hardware address is registered for; null if unknown
 * @param vendorGroups ids of the vendor groups of its hardware addresses
 * @param addresses its own addresses, as far as declared or proven; at most {@link #MOST_ADDRESSES}
 * @param names what it calls itself in LLDP, CDP or DHCP, neutralised
 * @param frames frames that it sent, {@code transitFrames} included; 0 where only an address is
 *     known
 * @param transitFrames frames that it passed on for others
 * @param forwarder whether it carries others' traffic
 * @param identifiedBy ids of {@link IdentifiedBy}
 * @param traits what it said of itself, in the order in which it was said first
 * @param claims what follows from that, in the same order
 */
public record InventoryEntry(
    String id,
    @Nullable Equipment equipment,
    List<Long> macs,
    @Nullable String organisation,
    List<String> vendorGroups,
    List<IpAddress> addresses,
    List<String> names,
    List<Integer> vlans,
    long firstSeenNanos,
    long lastSeenNanos,
    long frames,
    long bytes,
    long transitFrames,
    boolean forwarder,
    List<String> identifiedBy,
    List<Trait> traits,
    List<Claim> claims) {
  /** Most addresses that an entry lists. */
  public static final int MOST_ADDRESSES = 256;
}
