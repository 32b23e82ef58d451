package tapwarden.inspect.protocol.dns;

/** The three protocols that speak in DNS messages. */
public enum DnsKind {
  /** RFC 1035, port 53. */
  DNS("dns", 53),
  /** RFC 6762, port 5353. */
  MDNS("mdns", 5353),
  /** RFC 4795, port 5355. */
  LLMNR("llmnr", 5355);

  private final String word;
  private final int port;

  DnsKind(String word, int port) {
    this.word = word;
    this.port = port;
  }

  /** The event type and the name of its object. */
  public String word() {
    return word;
  }

  public int port() {
    return port;
  }
}
