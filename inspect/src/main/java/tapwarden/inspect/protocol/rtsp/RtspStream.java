package tapwarden.inspect.protocol.rtsp;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.http.HeadScanner;
import tapwarden.inspect.codec.message.PartialMessage;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.Bytes;

/**
 * Reads a connection: messages one after the other, each with a body as long as its head says, and
 * between them frames of the media themselves (RFC 7826 §14), which are passed over. Only heads are
 * kept, and only those that do not lie in one segment. After a gap it goes on at the next line that
 * begins as a message does.
 */
final class RtspStream implements StreamReader {
  /** Most bytes of a head. */
  static final int MAX_HEAD_BYTES = 8_192;

  /** Most events a minute and flow. */
  static final int MAX_EVENTS_A_MINUTE = 128;

  /** A dollar sign, the channel, and two bytes of length. */
  private static final int FRAME_HEAD_BYTES = 4;

  private final StreamMemory memory;
  private final DatagramBytes copied;
  private final RtspFacts facts;
  private final EventBudget budget = new EventBudget(MAX_EVENTS_A_MINUTE);
  private final Half client;
  private final Half server;
  private boolean anyRead;

  /**
   * @param copied shared by a worker's readers, as the facts are
   */
  RtspStream(StreamMemory memory, DatagramBytes copied, RtspFacts facts) {
    this.memory = memory;
    this.copied = copied;
    this.facts = facts;
    client = new Half(true);
    server = new Half(false);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    Half half = toServer ? client : server;
    int passed = half.passOver(length);
    long at = offset + passed;
    long end = offset + length;
    while (at < end && !half.isOver) {
      int some = (int) Math.min(end - at, DatagramBytes.MOST_BYTES);
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

  /** One direction: what is kept begins with a head, or with that of a frame of media. */
  private final class Half {
    private final boolean toServer;
    private final HeadScanner scanner = new HeadScanner();
    private final PartialMessage kept = new PartialMessage(memory);

    /** Bytes that come next and are passed over. */
    private long skippedBytes;

    /** It is not known where the next message begins. */
    private boolean isLost;

    /** The next byte is the first of a line, as far as is known. Of use while lost. */
    private boolean isLineStart;

    private boolean isOver;

    Half(boolean toServer) {
      this.toServer = toServer;
    }

    /** How many of the next bytes are of no interest. */
    int passOver(int length) {
      int some = (int) Math.min(skippedBytes, length);
      skippedBytes -= some;
      return some;
    }

    void read(Report report, byte[] bytes, int length) {
      int at = 0;
      while (at < length && !isOver) {
        at += passOver(length - at);
        if (at < length && isLost && kept.length() == 0) {
          at = seek(bytes, at, length);
        }
        if (at < length) {
          boolean isMedia = !isLost && (kept.length() > 0 ? kept.array()[0] : bytes[at]) == '$';
          at = isMedia ? media(report, bytes, at, length) : head(report, bytes, at, length);
        }
      }
    }

    /** The next first byte of a line that a message may begin with; {@code length} if none is. */
    private int seek(byte[] bytes, int start, int length) {
      for (int at = start; at < length; at++) {
        if (isLineStart && RtspOpening.mayBegin(bytes[at])) {
          return at;
        }
        isLineStart = bytes[at] == '\n';
      }
      return length;
    }

    /** The head of a frame of media; returns how far it came. */
    private int media(Report report, byte[] bytes, int start, int length) {
      int end = Math.min(length, start + FRAME_HEAD_BYTES - kept.length());
      if (kept.length() == 0 && end - start == FRAME_HEAD_BYTES) {
        skippedBytes = Bytes.u16(bytes, start + 2);
        return end;
      }
      if (keep(report, bytes, start, end) && kept.length() == FRAME_HEAD_BYTES) {
        skippedBytes = Bytes.u16(kept.array(), 2);
        kept.release();
      }
      return end;
    }

    /** A message's head, or more of it; returns how far it came. */
    private int head(Report report, byte[] bytes, int start, int length) {
      int at = start;
      if (kept.length() == 0) {
        while (at < length && (bytes[at] == '\r' || bytes[at] == '\n')) {
          at++;
        }
        if (at == length || (at > start && bytes[at] == '$')) {
          return at;
        }
        scanner.reset(false);
      }
      int end = scanner.scan(bytes, at, length);
      if (end < 0) {
        keep(report, bytes, at, length);
        return length;
      }
      if (kept.length() == 0) {
        message(report, bytes, at, end);
      } else if (keep(report, bytes, at, end)) {
        message(report, kept.array(), 0, kept.length());
        kept.release();
      }
      return end;
    }

    /** A whole head, or what was taken for one. */
    private void message(Report report, byte[] bytes, int start, int end) {
      if (end - start > MAX_HEAD_BYTES) {
        overlong(report);
      } else if (facts.read(bytes, start, end)) {
        isLost = false;
        anyRead = true;
        facts.tell(report, budget, toServer);
        skippedBytes = facts.contentLength();
      } else if (isLost) {
        isLineStart = true;
      } else if (anyRead) {
        report.oddity("unreadable");
        lose();
      } else {
        report.violated("no_rtsp");
        isOver = true;
      }
    }

    private void overlong(Report report) {
      if (isLost) {
        isLineStart = false;
      } else {
        report.oddity("head_limit");
        isOver = true;
      }
      kept.release();
    }

    private void lose() {
      isLost = true;
      isLineStart = true;
    }

    /** False if there is no room for it, so that nothing is kept. */
    private boolean keep(Report report, byte[] bytes, int start, int end) {
      int total = kept.length() + end - start;
      if (total > MAX_HEAD_BYTES) {
        overlong(report);
        return false;
      }
      if (!kept.append(bytes, start, end)) {
        report.oddity("no_memory");
        isOver = true;
        kept.release();
        return false;
      }
      return true;
    }

    void gap(long bytes) {
      if (bytes <= skippedBytes && kept.length() == 0) {
        skippedBytes -= bytes;
      } else {
        skippedBytes = 0;
        lose();
        kept.release();
      }
    }
  }
}
