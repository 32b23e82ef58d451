package tapwarden.inspect.protocol.ssdp;

import java.nio.charset.StandardCharsets;

/** Headers that are told, and the names of their fields. */
enum SsdpHeader {
  HOST("host", "host"),
  SEARCH_TARGET("st", "st"),
  NOTIFICATION_TYPE("nt", "nt"),
  NOTIFICATION_SUB_TYPE("nts", "nts"),
  UNIQUE_NAME("usn", "usn"),
  SERVER("server", "server"),
  LOCATION("location", "location"),
  USER_AGENT("user-agent", "user_agent"),
  MAN("man", "man"),
  MAX_WAIT("mx", "mx"),
  CACHE_CONTROL("cache-control", "cache_control"),
  BOOT_ID("bootid.upnp.org", "boot_id"),
  CONFIG_ID("configid.upnp.org", "config_id"),
  SEARCH_PORT("searchport.upnp.org", "search_port"),
  FRIENDLY_NAME("cpfn.upnp.org", "friendly_name");

  @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
  private final byte[] lowerCaseName;

  private final String field;

  SsdpHeader(String name, String field) {
    this.lowerCaseName = name.getBytes(StandardCharsets.US_ASCII);
    this.field = field;
  }

  byte[] lowerCaseName() {
    return lowerCaseName;
  }

  String field() {
    return field;
  }
}
