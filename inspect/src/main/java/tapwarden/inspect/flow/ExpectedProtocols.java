package tapwarden.inspect.flow;

import org.jspecify.annotations.Nullable;

/** What a few ports make everybody expect (IANA's service names); nothing is decided by them. */
final class ExpectedProtocols {
  private static final int TCP = 6;
  private static final int UDP = 17;

  private ExpectedProtocols() {}

  /** The protocol's word, or null where nothing is expected. */
  static @Nullable String on(int protocol, int serverPort) {
    return switch (protocol) {
      case TCP ->
          switch (serverPort) {
            case 21 -> "ftp";
            case 22 -> "ssh";
            case 23 -> "telnet";
            case 25 -> "smtp";
            case 53 -> "dns";
            case 80 -> "http";
            case 443 -> "tls";
            default -> null;
          };
      case UDP ->
          switch (serverPort) {
            case 53 -> "dns";
            case 67 -> "dhcp";
            case 123 -> "ntp";
            case 161, 162 -> "snmp";
            case 443 -> "quic";
            default -> null;
          };
      default -> null;
    };
  }
}
