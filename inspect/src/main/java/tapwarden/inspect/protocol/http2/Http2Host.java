package tapwarden.inspect.protocol.http2;

import tapwarden.inspect.codec.http.HostPort;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.SaidHost;

/**
 * The host of a request: {@code :authority}, or {@code host} of who goes on from HTTP/1 (RFC 9113
 * §8.3.1), without a user and a port.
 */
final class Http2Host {
  /** What is read is not encrypted, so http it is. */
  private static final int USUAL_PORT = 80;

  private Http2Host() {}

  /** The field that holds it; -1 if none does. */
  private static int field(Http2Head head) {
    if (head.length(Http2Head.AUTHORITY) > 0) {
      return Http2Head.AUTHORITY;
    }
    return head.length(Http2Head.HOST) > 0 ? Http2Head.HOST : -1;
  }

  /** Where it starts; -1 if there is none. */
  static int start(Http2Head head) {
    int field = field(head);
    if (field < 0) {
      return -1;
    }
    return HostPort.hostStart(head.bytes(), head.start(field), fieldEnd(head));
  }

  /** Where it ends. */
  static int end(Http2Head head) {
    return HostPort.hostEnd(head.bytes(), start(head), fieldEnd(head));
  }

  /** The port; {@link HostPort#NO_PORT} if none is given. */
  static int port(Http2Head head) {
    return HostPort.port(head.bytes(), end(head), fieldEnd(head));
  }

  private static int fieldEnd(Http2Head head) {
    int field = field(head);
    return field < 0 ? -1 : head.start(field) + head.length(field);
  }

  static void tellName(Report report, Http2Head head) {
    int start = start(head);
    if (start >= 0) {
      int port = port(head);
      SaidHost.tell(
          report,
          NameSource.HTTP,
          head.bytes(),
          start,
          end(head),
          port == HostPort.NO_PORT ? USUAL_PORT : port);
    }
  }
}
