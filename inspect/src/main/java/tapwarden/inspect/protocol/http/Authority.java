package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.HostPort;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.SaidHost;

/**
 * Host and port that a request is for: of an absolute target or of CONNECT's (RFC 9112 §3.2.2 and
 * §3.2.3), else of its Host header. The host is in lower case, without a dot at its end; an IPv6
 * address keeps its brackets.
 */
final class Authority {
  private static final byte[] CONNECT = "connect".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTTPS = "https:".getBytes(StandardCharsets.US_ASCII);
  private static final int PORT = 80;
  private static final int SECURE_PORT = 443;

  private final byte[] host = new byte[Fact.TARGET.mostBytes];
  private int hostLength;
  private int port;
  private boolean isSecure;
  private boolean isOfHeader;

  /** Reads a request's; null is a request that was not seen. */
  void read(@Nullable HeadFacts request) {
    hostLength = 0;
    port = -1;
    isSecure = false;
    isOfHeader = false;
    if (request == null) {
      return;
    }
    byte[] text = request.text();
    int start = request.start(Fact.TARGET);
    int end = request.end(Fact.TARGET);
    if (isConnect(request) && start < end && text[start] != '/') {
      split(text, start, end);
      return;
    }
    int scheme = schemeEnd(text, start, end);
    if (scheme > 0) {
      isSecure = Ascii.begins(text, start, end, HTTPS);
      int to = HostPort.hostStart(text, scheme, end);
      while (to < end && text[to] != '/' && text[to] != '?' && text[to] != '#') {
        to++;
      }
      split(text, scheme, to);
    }
    if (hostLength == 0) {
      isOfHeader = true;
      split(text, request.start(Fact.HOST), request.end(Fact.HOST));
    }
  }

  /** Reads what a Host header says. */
  void readHeader(byte[] text, int start, int end) {
    port = -1;
    isSecure = false;
    isOfHeader = true;
    split(text, start, Math.min(end, start + host.length));
  }

  static boolean isConnect(HeadFacts request) {
    return Ascii.is(request.text(), request.start(Fact.METHOD), request.end(Fact.METHOD), CONNECT);
  }

  /** Behind {@code ://}, if the target begins with a scheme; else 0. */
  static int schemeEnd(byte[] text, int start, int end) {
    int at = start;
    while (at < end && Ascii.lower(text[at]) >= 'a' && Ascii.lower(text[at]) <= 'z') {
      at++;
    }
    boolean isScheme =
        at > start && at + 2 < end && text[at] == ':' && text[at + 1] == '/' && text[at + 2] == '/';
    return isScheme ? at + 3 : 0;
  }

  private void split(byte[] text, int from, int end) {
    int start = HostPort.hostStart(text, from, end);
    int hostEnd = HostPort.hostEnd(text, start, end);
    port = HostPort.port(text, hostEnd, end);
    while (hostEnd > start && text[hostEnd - 1] == '.') {
      hostEnd--;
    }
    hostLength = hostEnd - start;
    for (int i = 0; i < hostLength; i++) {
      host[i] = Ascii.lower(text[start + i]);
    }
  }

  /** The host is its first {@link #hostLength} bytes. */
  byte[] host() {
    return host;
  }

  /** 0 if there is none. */
  int hostLength() {
    return hostLength;
  }

  /** As it was given; -1 if it was not. */
  int port() {
    return port;
  }

  /** As it was given, else that of the scheme (RFC 9110 §4.2). */
  int meantPort() {
    int usualPort = isSecure ? SECURE_PORT : PORT;
    return port < 0 ? usualPort : port;
  }

  /** Whether it is the Host header that says so. */
  boolean isOfHeader() {
    return isOfHeader;
  }

  /** Tells whom the request is for: a name, or an address with the port that is meant. */
  void tell(Report report) {
    if (isName()) {
      report.name(NameSource.HTTP, host, 0, hostLength);
    } else {
      SaidHost.tellAddress(report, NameSource.HTTP, host, 0, hostLength, meantPort());
    }
  }

  /** Whether the host is a name, not an address of either kind. */
  boolean isName() {
    boolean hasLetter = false;
    for (int i = 0; i < hostLength; i++) {
      hasLetter |= !Ascii.isDigit(host[i]) && host[i] != '.';
    }
    boolean isHexadecimal = hostLength > 2 && host[0] == '0' && host[1] == 'x';
    return hasLetter && host[0] != '[' && !isHexadecimal;
  }
}
