package tapwarden.inspect.protocol.proxyprotocol;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.message.PartialMessage;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Reads one header and hands over behind it. Which side sends it shows in its bytes; the other one
 * has nothing to say before it has the whole header, and nothing that it says changes anything.
 */
final class ProxyHeaderReader implements StreamReader {
  /** Bytes of a header that are kept: all addresses that there are, and the first fields. */
  static final int MOST_KEPT = 1_024;

  private final Half client;
  private final Half server;
  private boolean over;

  /** What one side has sent of a header. */
  private static final class Half {
    final PartialMessage header;

    /** Bytes of it, kept or not, that have come. */
    int seen;

    /** Bytes that it has; not known before its end or its length has come. */
    int total = ProxyHeader.UNKNOWN;

    Half(StreamMemory memory) {
      header = new PartialMessage(memory);
    }

    /**
     * Takes as many bytes as are of the header.
     *
     * @return how many; -1 if there is no memory for them
     */
    int take(MemorySegment segment, long offset, int length) {
      int at = 0;
      while (total == ProxyHeader.UNKNOWN && at < length) {
        if (!header.append(segment, offset + at, 1)) {
          return -1;
        }
        at++;
        seen++;
        total = ProxyHeader.length(header.array(), header.length());
      }
      int some = Math.max(0, Math.min(total - seen, length - at));
      int kept = Math.min(some, MOST_KEPT - header.length());
      if (kept > 0 && !header.append(segment, offset + at, kept)) {
        return -1;
      }
      seen += some;
      return at + some;
    }

    boolean isNone() {
      return total == ProxyHeader.NONE;
    }
  }

  ProxyHeaderReader(StreamMemory memory) {
    client = new Half(memory);
    server = new Half(memory);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    Half half = toServer ? client : server;
    if (over || half.isNone()) {
      return false;
    }
    int taken = half.take(segment, offset, length);
    if (taken < 0) {
      report.oddity("proxy_header_no_memory");
      end();
    } else if (half.isNone()) {
      none(report, half);
    } else if (half.seen == half.total) {
      ProxyHeader.tell(report, half.header.array(), half.header.length(), half.total);
      end();
      report.handOver(taken);
    }
    return !over && !half.isNone();
  }

  /** The side that was taken for a header's was wrong, or the other one says something else. */
  private void none(Report report, Half half) {
    half.header.release();
    if (half.seen >= ProxyHeader.LEAST_BYTES || (client.isNone() && server.isNone())) {
      report.violated("proxy_header");
      end();
    }
  }

  /** Where the header ends is not known behind it: what comes next may be behind its end. */
  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    if (!over && (toServer ? client : server).seen >= ProxyHeader.LEAST_BYTES) {
      end();
      report.handOver(0);
    }
    return !over;
  }

  @Override
  public void close(Report report) {
    end();
  }

  private void end() {
    over = true;
    client.header.release();
    server.header.release();
  }
}
