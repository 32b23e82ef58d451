package tapwarden.appliance.console;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tapwarden.inspect.wire.IpAddress;

/**
 * Whether a request was meant for us. A page of a foreign site can make a browser resolve the
 * site's own name to a loopback address (DNS rebinding); the request then carries that name in
 * {@code Host} (RFC 9112 section 3.2). An address in {@code Host} cannot be rebound.
 */
final class HostCheck {
  private final Set<String> names = new HashSet<>();

  HostCheck(List<String> hosts) {
    names.add("localhost");
    hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
  }

  /**
   * @param host value of the header: {@code localhost:7400}, {@code [::1]:7400}
   */
  boolean isOurs(String host) {
    String name = host;
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end > 0 && isPort(host.substring(end + 1)) && isAddress(host.substring(1, end), 6);
    }
    int colon = host.indexOf(':');
    if (colon >= 0) {
      if (!isPort(host.substring(colon))) {
        return false;
      }
      name = host.substring(0, colon);
    }
    return names.contains(name.toLowerCase(Locale.ROOT)) || isAddress(name, 4);
  }

  private static boolean isAddress(String text, int version) {
    IpAddress address = IpAddress.parse(text);
    return address != null && address.version() == version;
  }

  private static boolean isPort(String text) {
    return text.isEmpty()
        || (text.length() >= 2
            && text.length() <= 6
            && text.charAt(0) == ':'
            && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
  }
}
