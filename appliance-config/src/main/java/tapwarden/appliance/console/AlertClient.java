package tapwarden.appliance.console;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.charset.StandardCharsets;

/**
 * One client of the stream of alerts (server-sent events, WHATWG HTML section 9.2). It has no queue
 * of its own: it remembers which alert it gets next and takes it from the stream when its socket
 * has room. Who falls behind by more than the stream keeps is dropped.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends in exceptionCaught
final class AlertClient {
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final ChannelHandlerContext context;
  private final AlertStream stream;
  private long nextId;
  private boolean pumping;

  AlertClient(ChannelHandlerContext context, AlertStream stream, long nextId) {
    this.context = context;
    this.stream = stream;
    this.nextId = nextId;
  }

  ChannelHandlerContext context() {
    return context;
  }

  /** Starts: says what the client has missed for good, if it asked for alerts that are gone. */
  void start() {
    if (nextId < stream.oldest()) {
      String gap = "event: missed\ndata: {\"before\":" + stream.oldest() + "}\n\n";
      send(Unpooled.copiedBuffer(gap, StandardCharsets.US_ASCII));
      nextId = stream.oldest();
    }
    pump();
  }

  /**
   * Sends what there is while the socket has room; false if the client fell too far behind. Writing
   * changes whether there is room, and Netty says so from within the write: that call returns at
   * once and leaves the rest to the outer one.
   */
  boolean pump() {
    if (pumping) {
      return true;
    }
    if (nextId < stream.oldest()) {
      return false;
    }
    pumping = true;
    while (nextId < stream.next() && context.channel().isWritable()) {
      while (nextId < stream.next() && context.channel().isWritable()) {
        send(event(nextId, stream.line(nextId)));
        nextId++;
      }
      context.flush();
    }
    pumping = false;
    return true;
  }

  /** Keeps the connection alive and finds out whether it still is one. */
  void heartbeat() {
    if (context.channel().isWritable()) {
      send(Unpooled.wrappedBuffer(HEARTBEAT));
      context.flush();
    }
  }

  private void send(ByteBuf bytes) {
    context.write(new DefaultHttpContent(bytes));
  }

  private static ByteBuf event(long id, byte[] line) {
    ByteBuf out = Unpooled.buffer(line.length + 40);
    out.writeCharSequence("id: " + id + "\ndata: ", StandardCharsets.US_ASCII);
    for (byte b : line) {
      out.writeByte(b == '\n' || b == '\r' ? ' ' : b);
    }
    out.writeShort('\n' << 8 | '\n');
    return out;
  }
}
