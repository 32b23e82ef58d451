package tapwarden.inspect.protocol.http2;

import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.SaidHost;

/**
 * The host of a request: {@code :authority}, or {@code host} of who goes on from HTTP/1 (RFC 9113
 * §8.3.1), without a user and a port.
 */
final class Http2Host {
  private static final int LONGEST_PORT = 5;

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
    int start = head.start(field);
    for (int at = head.start(field) + head.length(field) - 1; at >= start; at--) {
      if (head.bytes()[at] == '@') {
        return at + 1;
      }
    }
    return start;
  }

  /** Where it ends: at the colon before a port, which no bracket of IPv6 follows. */
  static int end(Http2Head head) {
    int end = fieldEnd(head);
    int start = start(head);
    for (int at = end - 1; at >= start && head.bytes()[at] != ']'; at--) {
      if (head.bytes()[at] == ':') {
        return at;
      }
    }
    return end;
  }

  /** The port; -1 if none is given. */
  static int port(Http2Head head) {
    int port = 0;
    int end = fieldEnd(head);
    int from = end(head) + 1;
    if (from >= end || end - from > LONGEST_PORT) {
      return -1;
    }
    for (int at = from; at < end; at++) {
      int digit = head.bytes()[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      port = port * 10 + digit;
    }
    return port;
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
          report, NameSource.HTTP, head.bytes(), start, end(head), port < 0 ? USUAL_PORT : port);
    }
  }
}
