package tapwarden.inspect.protocol;

import java.util.Locale;

/** Where the name of an endpoint comes from, if not from DNS. */
public enum NameSource {
  /** Server name in a ClientHello over TCP or DTLS (RFC 6066 §3). */
  SNI,
  /** Server name in a ClientHello over QUIC. */
  QUIC,
  /** Host of an HTTP request, or of what a proxy is asked for. */
  HTTP,
  /** Subject or alternative name of the server's certificate. */
  CERTIFICATE,
  /** Host name that a DHCP client gives itself, or is given. */
  DHCP,
  /** Host of the URL of an RTSP request (RFC 7826 §4.2). */
  RTSP,
  /** Host of the request-URI of a SIP request (RFC 3261 §8.1.1.1), such as the registrar. */
  SIP,
  /** Any other protocol's word for the endpoint, such as a SOCKS request. */
  OTHER;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As {@code name_source} in alerts. */
  public String word() {
    return word;
  }
}
