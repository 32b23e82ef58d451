package tapwarden.capture.source.live;

import java.util.List;

/**
 * An interface that frames can be captured on.
 *
 * @param name what {@link LiveOptions} takes
 * @param description free text from the system, possibly empty
 * @param addresses IPv4 and IPv6 addresses as text
 * @param hardwareAddress MAC address in lower case with colons, or empty
 * @param linkType see {@link tapwarden.capture.packet.LinkType}, or {@link #UNKNOWN_LINK_TYPE}
 * @param up whether it is switched on
 * @param running whether it has a carrier
 * @param loopback whether it leads back to this machine
 * @param wireless whether it is a radio
 */
public record LiveInterface(
    String name,
    String description,
    List<String> addresses,
    String hardwareAddress,
    int linkType,
    boolean up,
    boolean running,
    boolean loopback,
    boolean wireless) {
  /** The link type shows only when the interface is opened. */
  public static final int UNKNOWN_LINK_TYPE = -1;

  public LiveInterface {
    addresses = List.copyOf(addresses);
  }
}
