package tapwarden.inspect.stream;

/**
 * A connection whose segments are put in order; kept by {@link TcpStreams} under a slot number from
 * when somebody wants to hear of it until nobody does.
 */
public final class TcpStream {
  final int slot;
  final StreamHalf client = new StreamHalf();
  final StreamHalf server = new StreamHalf();

  /** Neither SYN was seen: the beginning may be missing. */
  boolean midstream = true;

  boolean ambiguous;

  TcpStream(int slot) {
    this.slot = slot;
  }

  StreamHalf half(boolean toServer) {
    return toServer ? client : server;
  }

  void reset() {
    client.reset();
    server.reset();
    midstream = true;
    ambiguous = false;
  }

  /** Number to find it again by. */
  public int slot() {
    return slot;
  }

  /** Whether the capture may lack the connection's beginning. */
  public boolean isMidstream() {
    return midstream;
  }

  /** Whether the sender of one direction or the other has sent two readings of it. */
  public boolean isAmbiguous() {
    return ambiguous;
  }

  /** Bytes of a direction so far, missing ones included. */
  public long position(boolean toServer) {
    return half(toServer).position;
  }

  /** Whether nobody wants to hear more of either direction. */
  public boolean isOver() {
    return client.over && server.over;
  }
}
