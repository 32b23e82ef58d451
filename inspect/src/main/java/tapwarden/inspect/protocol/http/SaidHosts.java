package tapwarden.inspect.protocol.http;

import java.util.Arrays;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.protocol.Report;

/** Tells whom the requests of one connection are for, and the same host only once in a row. */
final class SaidHosts {
  /**
   * Host headers of one request that are told. Only one is allowed (RFC 9112 §3.2); of two, servers
   * do not agree which one counts.
   */
  static final int MOST_HEADERS = 4;

  private static final byte[] NOTHING = {};

  private byte[] lastHost = NOTHING;
  private int lastPort;

  /**
   * Tells of a request.
   *
   * @param authority of its head
   * @param hasMore whether there is more than one Host header
   */
  void tell(Report report, Authority authority, HttpHead head, boolean hasMore) {
    byte[] host = authority.host();
    int length = authority.hostLength();
    boolean isSame =
        Arrays.equals(host, 0, length, lastHost, 0, lastHost.length)
            && (authority.meantPort() == lastPort || authority.isName());
    if (!isSame) {
      lastHost = Arrays.copyOf(host, length);
      lastPort = authority.meantPort();
      authority.tell(report);
    }
    if (hasMore && authority.isOfHeader()) {
      tellMore(report, authority, head);
    }
  }

  private static void tellMore(Report report, Authority authority, HttpHead head) {
    int headers = 0;
    for (int line = 0; line < head.lines() && headers < MOST_HEADERS; line++) {
      if (head.isNamed(line, Fact.HOST.header)) {
        headers++;
        if (headers > 1) {
          authority.readHeader(head.bytes(), head.valueStart(line), head.valueEnd(line));
          authority.tell(report);
        }
      }
    }
  }
}
