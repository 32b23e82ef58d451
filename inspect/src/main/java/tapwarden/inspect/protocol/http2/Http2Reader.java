package tapwarden.inspect.protocol.http2;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.hpack.HpackScratch;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * One connection: puts requests and responses of a stream together and tells of them when the
 * response's headers are there, or the stream is reset, or the connection ends. Who asks and who
 * answers is told by the fields, not by the direction.
 */
final class Http2Reader implements StreamReader {
  /** Most events of one connection in a minute; names are told of every request. */
  static final int MOST_EVENTS_A_MINUTE = 1_000;

  private static final int INFORMATIONAL = '1';

  private final Http2Side client;
  private final Http2Side server;
  private final Http2Streams streams;
  private final Http2Head head;
  private final Http2Head kept;

  /** Stream of the block that each direction is at, by direction. */
  private final int[] blockStream = new int[2];

  private final boolean[] promised = new boolean[2];
  private final EventBudget budget = new EventBudget(MOST_EVENTS_A_MINUTE);
  private int events;
  private boolean crowded;

  /**
   * @param head for the block at hand, shared
   * @param kept for the request that it answers, shared
   */
  Http2Reader(StreamMemory memory, HpackScratch scratch, Http2Head head, Http2Head kept) {
    client = new Http2Side(this, true, memory, scratch);
    server = new Http2Side(this, false, memory, scratch);
    streams = new Http2Streams(memory);
    this.head = head;
    this.kept = kept;
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    Http2Side side = toServer ? client : server;
    side.data(report, segment, offset, length);
    return !side.isOver();
  }

  /** No frame's beginning is known behind it, nor what the table of headers holds. */
  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    (toServer ? client : server).end();
    return false;
  }

  @Override
  public void close(Report report) {
    while (!streams.isEmpty()) {
      tellOldest(report);
    }
    client.end();
    server.end();
  }

  Http2Head head() {
    return head;
  }

  /** A block begins. */
  void blockOf(boolean toServer, int stream, boolean isPromise) {
    int direction = toServer ? 1 : 0;
    blockStream[direction] = stream;
    promised[direction] = isPromise;
  }

  /** The block is whole, and {@link #head} shows it. */
  void block(Report report, boolean toServer) {
    int direction = toServer ? 1 : 0;
    int stream = blockStream[direction];
    if (head.has(Http2Head.METHOD)) {
      request(report, toServer, stream, promised[direction]);
    } else if (head.has(Http2Head.STATUS)) {
      response(report, toServer, stream);
    }
    // Else it is what follows a body (RFC 9110 §6.5).
  }

  private void request(Report report, boolean toServer, int stream, boolean isPromise) {
    if (!isPromise) {
      Http2Host.tellName(report, head);
      trait(report, "http-user-agent", Side.of(toServer), Http2Head.USER_AGENT);
    }
    if (!report.wants(Http2Eve.EVENT)) {
      return;
    }
    byte[] request = head.pack();
    byte[] former = streams.take(stream);
    if (former != null) {
      report.oddity("http2_stream_again");
      tell(report, stream, former, null, -1, false);
    }
    if (streams.isFull()) {
      if (!crowded) {
        report.oddity("http2_more_streams");
        crowded = true;
      }
      tellOldest(report);
    }
    if (!streams.add(stream, request)) {
      tell(report, stream, request, null, -1, false);
    }
  }

  private void response(Report report, boolean toServer, int stream) {
    trait(report, "http-server", Side.of(toServer), Http2Head.SERVER);
    if (!isInformational() && report.wants(Http2Eve.EVENT)) {
      tell(report, stream, streams.take(stream), head, -1, false);
    }
  }

  /** Another response follows (RFC 9110 §15.2). */
  private boolean isInformational() {
    return head.length(Http2Head.STATUS) > 0
        && head.bytes()[head.start(Http2Head.STATUS)] == INFORMATIONAL;
  }

  /** A stream ends before its time; of one without a request there is nothing to tell. */
  void reset(Report report, boolean toServer, int stream, long error) {
    byte[] request = streams.take(stream);
    if (request != null) {
      tell(report, stream, request, null, error, toServer);
    }
  }

  private void tellOldest(Report report) {
    int oldest = streams.oldest();
    tell(report, oldest, streams.take(oldest), null, -1, false);
  }

  private void tell(
      Report report,
      int stream,
      byte @Nullable [] request,
      @Nullable Http2Head response,
      long error,
      boolean byClient) {
    if (!report.wants(Http2Eve.EVENT) || !budget.take(report)) {
      return;
    }
    if (request != null) {
      kept.load(request);
    } else {
      kept.clear();
    }
    Http2Eve.write(report, events++, stream, kept, response, error, byClient);
  }

  private void trait(Report report, String trait, Side of, int field) {
    if (head.length(field) > 0) {
      report.trait(trait, of, head.bytes(), head.start(field), head.length(field));
    }
  }
}
