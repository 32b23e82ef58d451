package tapwarden.inspect.decode;

import java.util.Locale;

/**
 * Everything that can be wrong with a frame, one code each. Fewer than 64, so that a set is one
 * long. The codes are public: they name EVE {@code anomaly} events and counters.
 */
public enum Malformation {
  LAYER_LIMIT("more layers than are decoded of one frame"),
  LINK_TRUNCATED("frame ends inside the link-layer header"),
  IPV4_TRUNCATED("frame ends inside the IPv4 header"),
  IPV4_VERSION("version field is not 4"),
  IPV4_HEADER_LENGTH("header length below 20 bytes or beyond the packet"),
  IPV4_TOTAL_LENGTH("total length below the header length or beyond the frame"),
  TCP_TRUNCATED("packet ends inside the TCP header"),
  UDP_TRUNCATED("packet ends inside the UDP header"),
  ;

  private final String sentence;
  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '.');

  Malformation(String sentence) {
    this.sentence = sentence;
  }

  /** Lower dotted name, as EVE anomaly events use: {@code ipv4.header.length}. */
  public String id() {
    return id;
  }

  public String sentence() {
    return sentence;
  }

  /** This code's bit in {@link Packet#malformations()}. */
  public long bit() {
    return 1L << ordinal();
  }
}
