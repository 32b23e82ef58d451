package tapwarden.inspect.protocol.dhcp;

/**
 * Codes of DHCP options that are read (IANA registry "BOOTP Vendor Extensions and DHCP Options").
 */
final class DhcpOption {
  static final int PAD = 0;
  static final int SUBNET_MASK = 1;
  static final int ROUTERS = 3;
  static final int DNS_SERVERS = 6;
  static final int HOST_NAME = 12;
  static final int DOMAIN_NAME = 15;
  static final int NTP_SERVERS = 42;
  static final int REQUESTED_IP = 50;
  static final int LEASE_TIME = 51;
  static final int OVERLOAD = 52;
  static final int MESSAGE_TYPE = 53;
  static final int SERVER_ID = 54;
  static final int PARAMETER_LIST = 55;
  static final int MESSAGE = 56;
  static final int MAX_MESSAGE_SIZE = 57;
  static final int RENEWAL_TIME = 58;
  static final int REBINDING_TIME = 59;
  static final int VENDOR_CLASS = 60;
  static final int CLIENT_ID = 61;
  static final int TFTP_SERVER_NAME = 66;
  static final int BOOT_FILE_NAME = 67;
  static final int USER_CLASS = 77;
  static final int CLIENT_FQDN = 81;
  static final int RELAY_AGENT = 82;
  static final int PROXY_AUTO_CONFIG = 252;
  static final int END = 255;

  private DhcpOption() {}

  /** EVE's word for a message type (RFC 2132 §9.6, RFC 3203, RFC 4388, RFC 6926). */
  static String messageType(int type) {
    return switch (type) {
      case 1 -> "discover";
      case 2 -> "offer";
      case 3 -> "request";
      case 4 -> "decline";
      case 5 -> "ack";
      case 6 -> "nak";
      case 7 -> "release";
      case 8 -> "inform";
      case 9 -> "forcerenew";
      case 10 -> "leasequery";
      case 11 -> "leaseunassigned";
      case 12 -> "leaseunknown";
      case 13 -> "leaseactive";
      default -> "unknown";
    };
  }

  /** EVE's word for a parameter that a client asks for; empty if it has none. */
  static String parameter(int code) {
    return switch (code) {
      case 1 -> "subnet_mask";
      case 3 -> "router";
      case 6 -> "dns_server";
      case 15 -> "domain";
      case 35 -> "arp_timeout";
      case 42 -> "ntp_server";
      case 66 -> "tftp_server_name";
      case 150 -> "tftp_server_ip";
      default -> "";
    };
  }
}
