package tapwarden.inspect.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.HostPort;
import tapwarden.inspect.wire.IpAddress;

/**
 * The host of a URI or of a request to a proxy (RFC 3986 §3.2): told as the name or address it is.
 */
public final class SaidHost {
  /** Longest text of an IPv6 address, within its brackets. */
  private static final int MOST_ADDRESS_BYTES = 45 + 2;

  private SaidHost() {}

  /** Tells the host of a URL; nothing if it has none, such as a path. */
  public static void tellUrl(
      Report report, NameSource source, byte[] text, int start, int end, int usualPort) {
    int colon = start;
    while (colon < end && text[colon] != ':' && text[colon] != '/') {
      colon++;
    }
    int from = colon + 3;
    if (from >= end || text[colon] != ':' || text[colon + 1] != '/' || text[colon + 2] != '/') {
      return;
    }
    int to = HostPort.hostStart(text, from, end);
    while (to < end && text[to] != '/' && text[to] != '?' && text[to] != '#') {
      to++;
    }
    tellAuthority(report, source, text, from, to, usualPort);
  }

  /**
   * Tells what stands in a URI behind its scheme: {@code user:password@host:port}.
   *
   * @param end where the path or the parameters begin, of which there may be none
   * @param usualPort of the scheme, if the URI gives none
   */
  public static void tellAuthority(
      Report report, NameSource source, byte[] text, int start, int end, int usualPort) {
    int from = HostPort.hostStart(text, start, end);
    int to = HostPort.hostEnd(text, from, end);
    int port = HostPort.port(text, to, end);
    tell(report, source, text, from, to, port == HostPort.NO_PORT ? usualPort : port);
  }

  /** Tells a host, if there is one. */
  public static void tell(
      Report report, NameSource source, byte[] text, int start, int end, int port) {
    if (isAddress(text, start, end)) {
      tellAddress(report, source, text, start, end, port);
    } else {
      report.name(source, text, start, end - start);
    }
  }

  /** Tells an address, with or without the brackets of IPv6; nothing if it is none. */
  public static void tellAddress(
      Report report, NameSource source, byte[] text, int start, int end, int port) {
    IpAddress address = address(text, start, end);
    if (address != null) {
      report.address(source, address.version(), address.high(), address.low(), port);
    }
  }

  /** Whether it can be no name: there is a colon, or nothing but digits and dots. */
  private static boolean isAddress(byte[] text, int start, int end) {
    boolean isNumeric = true;
    for (int at = start; at < end; at++) {
      if (text[at] == ':') {
        return true;
      }
      isNumeric &= text[at] == '.' || (text[at] >= '0' && text[at] <= '9');
    }
    return isNumeric;
  }

  private static @Nullable IpAddress address(byte[] text, int start, int end) {
    if (end - start < 2 || end - start > MOST_ADDRESS_BYTES) {
      return null;
    }
    boolean isBracketed = text[start] == '[' && text[end - 1] == ']';
    int from = isBracketed ? start + 1 : start;
    int to = isBracketed || text[end - 1] == '.' ? end - 1 : end;
    return IpAddress.parse(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
  }
}
