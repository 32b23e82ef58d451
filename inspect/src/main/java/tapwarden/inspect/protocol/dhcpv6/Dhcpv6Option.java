package tapwarden.inspect.protocol.dhcpv6;

/** Codes of DHCPv6 options that are read (IANA registry "DHCPv6 Option Codes"). */
final class Dhcpv6Option {
  static final int CLIENT_ID = 1;
  static final int SERVER_ID = 2;
  static final int IA_NA = 3;
  static final int IA_TA = 4;
  static final int IA_ADDRESS = 5;
  static final int OPTION_REQUEST = 6;
  static final int RELAY_MESSAGE = 9;
  static final int STATUS_CODE = 13;
  static final int RAPID_COMMIT = 14;
  static final int USER_CLASS = 15;
  static final int VENDOR_CLASS = 16;
  static final int INTERFACE_ID = 18;
  static final int DNS_SERVERS = 23;
  static final int DOMAIN_LIST = 24;
  static final int IA_PD = 25;
  static final int IA_PREFIX = 26;
  static final int REMOTE_ID = 37;
  static final int CLIENT_FQDN = 39;
  static final int BOOT_FILE_URL = 59;
  static final int CLIENT_LINK_ADDRESS = 79;

  private Dhcpv6Option() {}

  /** A message type in words (RFC 8415 §7.3, RFC 5007, RFC 5460). */
  static String messageType(int type) {
    return switch (type) {
      case 1 -> "solicit";
      case 2 -> "advertise";
      case 3 -> "request";
      case 4 -> "confirm";
      case 5 -> "renew";
      case 6 -> "rebind";
      case 7 -> "reply";
      case 8 -> "release";
      case 9 -> "decline";
      case 10 -> "reconfigure";
      case 11 -> "information_request";
      case 12 -> "relay_forward";
      case 13 -> "relay_reply";
      case 14 -> "leasequery";
      case 15 -> "leasequery_reply";
      case 16 -> "leasequery_done";
      case 17 -> "leasequery_data";
      case 18 -> "reconfigure_request";
      case 19 -> "reconfigure_reply";
      case 20 -> "dhcpv4_query";
      case 21 -> "dhcpv4_response";
      default -> "unknown";
    };
  }
}
