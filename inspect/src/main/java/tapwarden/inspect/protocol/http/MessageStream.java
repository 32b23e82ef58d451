package tapwarden.inspect.protocol.http;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.codec.http.StartLine;
import tapwarden.inspect.protocol.Report;

/**
 * The messages of one direction, one after the other. A head that lies in one segment is read in
 * the worker's window; one that is cut is kept until it is whole. Bodies are passed on, or over if
 * nobody wants them. What is no message where one should begin is passed over line by line.
 */
final class MessageStream {
  private enum Part {
    START,
    JUNK_LINE,
    HEAD,
    LENGTH_BODY,
    CHUNKED_BODY,
    BODY_TO_CLOSE,
    /** Behind CONNECT, until it is answered. */
    TUNNEL,
    OVER
  }

  private final HttpConnection connection;
  private final HttpWorker worker;
  private final boolean toServer;
  private final HeldHead held;
  private @Nullable ChunkReader chunks;
  private StartLine.Kind role = StartLine.Kind.NONE;
  private Part part = Part.START;

  /** Where messages begin is not known: only what has a version of HTTP is one. */
  private boolean isLost;

  private boolean hasJunk;
  private long remaining;

  /** Length of a chunked body, should it turn out not to be; -1 if it is not known. */
  private long plainLength;

  private long bodyBytes;
  private long streamBytes;

  /** Bytes of the call at hand that lie before the window. */
  private int takenBefore;

  private @Nullable Exchange exchange;
  private @Nullable HttpBody body;

  MessageStream(HttpConnection connection, HttpWorker worker, boolean toServer) {
    this.connection = connection;
    this.worker = worker;
    this.toServer = toServer;
    held = new HeldHead(worker.memory);
  }

  boolean toServer() {
    return toServer;
  }

  StartLine.Kind role() {
    return role;
  }

  /** Bytes that passed, and those that are missing. */
  long streamBytes() {
    return streamBytes;
  }

  /** The next bytes; false if no more are wanted. */
  boolean data(Report report, MemorySegment segment, long offset, int length) {
    streamBytes += length;
    int at = 0;
    while (at < length && part != Part.OVER) {
      int passed = passOver(report, length - at);
      if (passed == 0) {
        int some = Math.min(length - at, HttpWorker.WINDOW_BYTES);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset + at, worker.window, 0, some);
        takenBefore = at;
        passed = window(report, worker.window, some);
      }
      at += passed;
    }
    return part != Part.OVER;
  }

  /** Passes over bytes of a body that nobody wants, without looking at them. */
  private int passOver(Report report, int length) {
    if (body != null) {
      return 0;
    }
    int passed =
        switch (part) {
          case LENGTH_BODY -> (int) Math.min(length, remaining);
          case CHUNKED_BODY -> (int) Math.min(length, chunks().dataRemaining());
          case BODY_TO_CLOSE -> length;
          default -> 0;
        };
    if (passed > 0) {
      bodyPassed(report, passed);
    }
    return passed;
  }

  private void bodyPassed(Report report, long bytes) {
    bodyBytes += bytes;
    if (part == Part.CHUNKED_BODY) {
      chunks().skip(bytes);
    } else if (part == Part.LENGTH_BODY) {
      remaining -= bytes;
      if (remaining == 0) {
        endMessage(report, true);
      }
    }
  }

  private int window(Report report, byte[] bytes, int length) {
    int at = 0;
    while (at < length && part != Part.OVER) {
      at =
          switch (part) {
            case START -> start(report, bytes, at, length);
            case JUNK_LINE -> junkLine(bytes, at, length);
            case HEAD -> head(report, bytes, at, length);
            case LENGTH_BODY, BODY_TO_CLOSE -> body(report, bytes, at, length);
            case CHUNKED_BODY -> chunk(report, bytes, at, length);
            case TUNNEL -> tunnel(report, bytes, at, length);
            case OVER -> length;
          };
    }
    return at;
  }

  private int start(Report report, byte[] bytes, int from, int to) {
    int at = from;
    if (held.isEmpty()) {
      while (at < to && (bytes[at] == '\r' || bytes[at] == '\n')) {
        at++;
      }
      if (at == to) {
        return to;
      }
    }
    int lineFeed = Ascii.find(bytes, at, to, '\n');
    if (lineFeed == to) {
      if (!held.add(bytes, at, to) || !HttpLines.mayBeStart(held.bytes(), held.length())) {
        part = Part.JUNK_LINE;
        junk(report);
      }
      return to;
    }
    int lineEnd = lineFeed + 1;
    if (!held.isEmpty()) {
      held.add(bytes, at, lineEnd);
      if (isStart(held.bytes(), 0, held.length())) {
        enterHead(report);
      } else {
        junk(report);
      }
      return lineEnd;
    }
    if (!isStart(bytes, at, lineEnd)) {
      junk(report);
      return lineEnd;
    }
    enterHead(report);
    int end = held.scan(bytes, lineEnd, to);
    if (end < 0) {
      held.add(bytes, at, to);
      return to;
    }
    message(report, bytes, at, end, end);
    return end;
  }

  private void enterHead(Report report) {
    boolean isResponse = worker.line.kind() == StartLine.Kind.RESPONSE;
    part = Part.HEAD;
    held.startScan(isResponse);
    if (isResponse) {
      connection.responseBegins(report, this);
    }
  }

  private int head(Report report, byte[] bytes, int from, int to) {
    int end = held.scan(bytes, from, to);
    held.add(bytes, from, end < 0 ? to : end);
    if (end < 0) {
      return to;
    }
    if (held.isCut()) {
      report.oddity("head_too_long");
    }
    message(report, held.bytes(), 0, held.wholeLines(), end);
    return end;
  }

  /** Whether the line begins a message, as far as one is expected here. */
  private boolean isStart(byte[] bytes, int start, int end) {
    StartLine line = worker.line;
    StartLine.Kind kind = line.read(bytes, start, end);
    boolean isExpected = role == StartLine.Kind.NONE || role == kind;
    return isExpected && HttpLines.isStart(line, bytes, isLost);
  }

  private void junk(Report report) {
    held.clear();
    if (!hasJunk && !isLost) {
      hasJunk = true;
      report.oddity("junk_between_messages");
    }
    connection.junk(report);
  }

  private int junkLine(byte[] bytes, int from, int to) {
    int lineFeed = Ascii.find(bytes, from, to, '\n');
    part = lineFeed == to ? Part.JUNK_LINE : Part.START;
    return Math.min(to, lineFeed + 1);
  }

  private void message(Report report, byte[] bytes, int start, int end, int taken) {
    HttpHead head = worker.head;
    role = head.read(bytes, start, end);
    part = Part.START;
    isLost = false;
    bodyBytes = 0;
    HttpLines.tellOddities(report, head);
    if (role == StartLine.Kind.REQUEST) {
      connection.request(report, this, head);
    } else {
      connection.response(report, this, head, takenBefore + taken);
    }
    held.clear();
  }

  /** Begins the body of the message whose head was read: called by the connection. */
  void beginBody(Report report, Framing framing, @Nullable Exchange of, @Nullable HttpBody opened) {
    exchange = of;
    body = opened;
    remaining = framing.length();
    plainLength = framing.plainLength();
    switch (framing.kind()) {
      case NONE -> endMessage(report, true);
      case LENGTH -> part = Part.LENGTH_BODY;
      case TO_CLOSE -> part = Part.BODY_TO_CLOSE;
      case CHUNKED -> {
        chunks().reset();
        part = Part.CHUNKED_BODY;
      }
    }
  }

  private ChunkReader chunks() {
    ChunkReader reader = chunks;
    if (reader == null) {
      reader = new ChunkReader();
      chunks = reader;
    }
    return reader;
  }

  private int body(Report report, byte[] bytes, int from, int to) {
    int some = part == Part.LENGTH_BODY ? (int) Math.min(to - from, remaining) : to - from;
    hand(bytes, from, from + some);
    bodyPassed(report, some);
    return from + some;
  }

  private int chunk(Report report, byte[] bytes, int from, int to) {
    ChunkReader reader = chunks();
    int at = reader.next(bytes, from, to);
    bodyBytes += reader.dataBytes();
    hand(bytes, at - reader.dataBytes(), at);
    if (reader.isOver()) {
      endMessage(report, true);
    } else if (reader.isBroken()) {
      report.oddity("chunk_size_unreadable");
      if (reader.isPlain() && (plainLength > reader.firstBytes() || isToClose())) {
        goOnWithoutChunks(report, reader);
      } else {
        loseMessage(report);
      }
    }
    return at;
  }

  private boolean isToClose() {
    return plainLength < 0 && role == StartLine.Kind.RESPONSE;
  }

  private void goOnWithoutChunks(Report report, ChunkReader reader) {
    part = plainLength < 0 ? Part.BODY_TO_CLOSE : Part.LENGTH_BODY;
    remaining = plainLength;
    hand(reader.first(), 0, reader.firstBytes());
    bodyPassed(report, reader.firstBytes());
  }

  private void hand(byte[] bytes, int from, int to) {
    HttpBody reading = body;
    if (reading != null && to > from) {
      reading.take(bytes, from, to);
    }
  }

  private void endMessage(Report report, boolean isWhole) {
    Exchange ended = exchange;
    HttpBody read = body;
    exchange = null;
    body = null;
    part = Part.START;
    if (read != null) {
      read.end(report, isWhole);
    }
    if (ended != null && role == StartLine.Kind.RESPONSE) {
      ended.responseBytes(bodyBytes);
      connection.answered(report, ended);
    }
  }

  /** The rest of the message is not seen, and where the next begins is not known. */
  private void loseMessage(Report report) {
    isLost = true;
    endMessage(report, false);
  }

  /** Waits for the answer to CONNECT. */
  void awaitTunnel() {
    part = Part.TUNNEL;
  }

  /** CONNECT was refused: another request may follow. */
  void tunnelRefused() {
    if (part == Part.TUNNEL) {
      part = Part.START;
    }
  }

  private int tunnel(Report report, byte[] bytes, int from, int to) {
    if (HttpLines.mayBeginRequest(bytes[from])) {
      part = Part.START;
      return from;
    }
    connection.handOver(report, takenBefore + from);
    return to;
  }

  void stop() {
    part = Part.OVER;
  }

  /** Bytes are missing; false if no more are wanted. */
  boolean gap(Report report, long bytes) {
    streamBytes += bytes;
    takenBefore = 0;
    switch (part) {
      case LENGTH_BODY, CHUNKED_BODY, BODY_TO_CLOSE -> gapInBody(report, bytes);
      case HEAD -> {
        cutHead(report);
        isLost = true;
      }
      case START, JUNK_LINE, TUNNEL -> {
        held.clear();
        part = Part.START;
        isLost = true;
      }
      case OVER -> {}
    }
    if (isLost && role != StartLine.Kind.REQUEST) {
      connection.responsesLost();
    }
    return part != Part.OVER;
  }

  private void gapInBody(Report report, long bytes) {
    long within =
        switch (part) {
          case LENGTH_BODY -> Math.min(bytes, remaining);
          case CHUNKED_BODY -> Math.min(bytes, chunks().dataRemaining());
          default -> bytes;
        };
    HttpBody reading = body;
    if (reading != null) {
      reading.gap(within);
    }
    boolean isChunked = part == Part.CHUNKED_BODY;
    if (within > 0) {
      bodyPassed(report, within);
    }
    if (within < bytes) {
      isLost = true;
      if (isChunked) {
        loseMessage(report);
      }
    }
  }

  /** What there is of a head is all that will be seen of it. */
  private void cutHead(Report report) {
    report.oddity("head_cut");
    message(report, held.bytes(), 0, held.wholeLines(), 0);
    if (part != Part.OVER) {
      loseMessage(report);
    }
  }

  /** Whether a head has begun and is not whole. */
  boolean isInHead() {
    return part == Part.HEAD;
  }

  /**
   * A request of HTTP/0.9, which is a line and no more, is known to be whole when it is answered.
   */
  void answered(Report report) {
    if (part == Part.HEAD && HttpLines.isSimpleRequest(worker.line, held)) {
      takenBefore = 0;
      message(report, held.bytes(), 0, held.length(), 0);
    }
  }

  /** Nothing more will come. */
  void close(Report report, boolean isEndSeen) {
    if (part == Part.HEAD) {
      cutHead(report);
    }
    if (exchange != null || body != null) {
      endMessage(report, part == Part.BODY_TO_CLOSE && isEndSeen);
    }
    held.clear();
    part = Part.OVER;
  }
}
