package tapwarden.inspect.alert;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * The far side of a contact.
 *
 * @param ip null when only a name was asked for
 * @param port 0 when the protocol has none or only a name was asked for
 * @param name the name under which the equipment knows it; null if it has none
 * @param nameSource where the name is from: {@code dns}, ...; null without a name
 * @param listedName the entry of a list that covers {@code name}, if that is why it is told: what
 *     lies below one entry is one endpoint, however many names somebody makes up; otherwise null
 */
public record Endpoint(
    @Nullable IpAddress ip,
    int port,
    @Nullable String name,
    @Nullable String nameSource,
    @Nullable String listedName) {

  /** An endpoint that no list names. */
  public Endpoint(
      @Nullable IpAddress ip, int port, @Nullable String name, @Nullable String nameSource) {
    this(ip, port, name, nameSource, null);
  }

  /** What identifies the endpoint in an alert's id: the address, or the name if there is none. */
  public String key() {
    if (ip != null) {
      return ip.toString();
    }
    if (listedName != null) {
      return listedName;
    }
    return name == null ? "" : name;
  }
}
