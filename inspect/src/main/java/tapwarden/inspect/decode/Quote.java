package tapwarden.inspect.decode;

/**
 * What an ICMP error quotes: the head of the packet that could not be delivered, enough to find the
 * flow it belongs to. Its addresses are as that packet bore them: the source is the host that the
 * error is sent to.
 */
public final class Quote {
  int ipVersion;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  int protocol = -1;
  boolean hasPorts;
  int sourcePort;
  int destinationPort;

  Quote() {}

  void clear() {
    ipVersion = 0;
    protocol = -1;
    hasPorts = false;
    sourcePort = 0;
    destinationPort = 0;
  }

  /** Whether a whole and sane IP header was quoted; nothing else here means anything otherwise. */
  public boolean isPresent() {
    return ipVersion != 0;
  }

  /** 4 or 6; 0 when nothing is quoted. */
  public int ipVersion() {
    return ipVersion;
  }

  public long sourceHigh() {
    return sourceHigh;
  }

  public long sourceLow() {
    return sourceLow;
  }

  public long destinationHigh() {
    return destinationHigh;
  }

  public long destinationLow() {
    return destinationLow;
  }

  /** IP protocol number, after IPv6 extension headers. */
  public int protocol() {
    return protocol;
  }

  /** Whether the quote reaches to the ports of TCP, UDP, UDP-Lite or SCTP. */
  public boolean hasPorts() {
    return hasPorts;
  }

  public int sourcePort() {
    return sourcePort;
  }

  public int destinationPort() {
    return destinationPort;
  }
}
