package tapwarden.inspect.protocol.sip;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.http.HeadScanner;
import tapwarden.inspect.codec.message.PartialMessage;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Reads SIP over TCP (RFC 3261 §18.3): messages one after the other, each as long as its head says.
 * A message that lies in one segment is read from there; of others what came is kept. After a gap
 * it goes on where a segment begins with a message.
 */
final class SipStream implements StreamReader {
  /** Most bytes of a message that are kept; of a longer body the rest is passed over. */
  static final int MAX_KEPT_BYTES = 16_384;

  private final StreamMemory memory;
  private final DatagramBytes copied;
  private final SipMessage message;
  private final SipFacts facts;
  private final EventBudget budget = new EventBudget(SipProtocol.MAX_EVENTS_A_MINUTE);
  private final Half client;
  private final Half server;
  private boolean anyRead;

  /**
   * @param copied shared by a worker's readers, as the message and the facts are
   */
  SipStream(StreamMemory memory, DatagramBytes copied, SipMessage message, SipFacts facts) {
    this.memory = memory;
    this.copied = copied;
    this.message = message;
    this.facts = facts;
    client = new Half(true);
    server = new Half(false);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    Half half = toServer ? client : server;
    long at = offset;
    long end = offset + length;
    while (at < end && !half.isOver) {
      int some = (int) Math.min(end - at, MAX_KEPT_BYTES);
      half.read(report, copied.copy(segment, at, some), some);
      at += some;
    }
    return !half.isOver;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    Half half = toServer ? client : server;
    half.gap(bytes);
    return !half.isOver;
  }

  @Override
  public void close(Report report) {
    client.kept.release();
    server.kept.release();
  }

  /** One direction: what is kept begins with a message. */
  private final class Half {
    private final boolean toServer;
    private final HeadScanner scanner = new HeadScanner();
    private final PartialMessage kept = new PartialMessage(memory);

    /** Bytes of the message that are needed; 0 while its head is not whole. */
    private int neededBytes;

    private int headBytes;

    /** Of the first reading, which mends what it finds. */
    private int headOddities;

    /** Bytes of the body behind what is kept of the message. */
    private long restBytes;

    /** Bytes that come next and are passed over. */
    private long skippedBytes;

    private boolean isLost;
    private boolean isOver;

    Half(boolean toServer) {
      this.toServer = toServer;
    }

    void read(Report report, byte[] bytes, int length) {
      int at = (int) Math.min(skippedBytes, length);
      skippedBytes -= at;
      while (at < length && !isOver) {
        if (kept.length() > 0) {
          at = goOn(report, bytes, at, length);
        } else {
          at = begin(report, bytes, at, length);
        }
      }
    }

    /** Reads from where a message may begin; returns how far it came. */
    private int begin(Report report, byte[] bytes, int start, int length) {
      int at = start;
      while (at < length && (bytes[at] == '\r' || bytes[at] == '\n')) {
        at++;
      }
      if (at == length || (isLost && !SipOpening.mayBegin(bytes[at]))) {
        return length;
      }
      scanner.reset(false);
      int headEnd = scanner.scan(bytes, at, length);
      if (headEnd < 0) {
        keep(report, bytes, at, length);
        return length;
      }
      if (!readHead(report, bytes, at, headEnd)) {
        return length;
      }
      int needed = neededBytes;
      if (needed > length - at) {
        keep(report, bytes, at, length);
        return length;
      }
      message.bodyUpTo(at + needed);
      tell(report);
      return skip(at + needed, length);
    }

    /** Adds to what is kept until the message is whole; returns how far it came. */
    private int goOn(Report report, byte[] bytes, int start, int length) {
      int from = start;
      if (neededBytes == 0) {
        int end = scanner.scan(bytes, start, length);
        if (end < 0) {
          keep(report, bytes, start, length);
          return length;
        }
        keep(report, bytes, start, end);
        if (isOver || !readHead(report, kept.array(), 0, kept.length())) {
          return length;
        }
        from = end;
      }
      int end = Math.min(length, from + neededBytes - kept.length());
      keep(report, bytes, from, end);
      if (isOver || kept.length() < neededBytes) {
        return end;
      }
      // Another message may have been read meanwhile: the head is read once more.
      message.readHead(kept.array(), 0, headBytes);
      message.bodyUpTo(kept.length());
      tell(report);
      forget();
      return skip(end, length);
    }

    /** Notes how long the message is; false if it is none. */
    private boolean readHead(Report report, byte[] bytes, int start, int end) {
      if (!message.readHead(bytes, start, end)) {
        if (!anyRead) {
          report.violated("no_sip");
          isOver = true;
        } else if (!isLost) {
          report.oddity("unreadable");
          isLost = true;
        }
        forget();
        return false;
      }
      isLost = false;
      headOddities = message.head().oddities();
      headBytes = end - start;
      long body = Math.max(0, message.contentLength());
      int shown = (int) Math.min(body, MAX_KEPT_BYTES - headBytes);
      neededBytes = headBytes + shown;
      restBytes = body - shown;
      return true;
    }

    private void tell(Report report) {
      anyRead = true;
      facts.tell(report, budget, toServer, message, headOddities);
      neededBytes = 0;
      skippedBytes = restBytes;
    }

    private int skip(int from, int length) {
      int some = (int) Math.min(skippedBytes, length - from);
      skippedBytes -= some;
      return from + some;
    }

    private void keep(Report report, byte[] bytes, int start, int end) {
      int total = kept.length() + end - start;
      if (total > MAX_KEPT_BYTES) {
        report.oddity("head_limit");
        isOver = true;
        forget();
        return;
      }
      if (!kept.append(bytes, start, end)) {
        report.oddity("no_memory");
        isOver = true;
        forget();
      }
    }

    void gap(long bytes) {
      boolean isInside = bytes <= skippedBytes && kept.length() == 0;
      if (isInside) {
        skippedBytes -= bytes;
      } else {
        skippedBytes = 0;
        isLost = true;
        forget();
      }
    }

    private void forget() {
      neededBytes = 0;
      kept.release();
    }
  }
}
