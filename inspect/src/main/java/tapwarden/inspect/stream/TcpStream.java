package tapwarden.inspect.stream;

/**
 * A connection whose segments are put in order; kept by {@link TcpStreams} under a slot number from
 * when somebody wants to hear of it until nobody does.
 */
public final class TcpStream {
  final int slot;
  StreamHalf client = new StreamHalf();
  StreamHalf server = new StreamHalf();

  TcpStream(int slot) {
    this.slot = slot;
  }

  StreamHalf half(boolean toServer) {
    return toServer ? client : server;
  }

  void reset() {
    client.reset();
    server.reset();
  }

  /** Number to find it again by. */
  public int slot() {
    return slot;
  }

  /** Bytes of a direction so far, with those that are missing or were taken out as urgent. */
  public long position(boolean toServer) {
    return half(toServer).position;
  }

  /**
   * Sets how far a direction is read, once its protocol is known; until then {@link
   * StreamOptions#depthBytes} holds.
   */
  public void depth(boolean toServer, long bytes) {
    half(toServer).depthBytes = bytes;
  }

  /** Who was taken for the client is the server. */
  void turnRound() {
    StreamHalf was = client;
    client = server;
    server = was;
  }

  /**
   * Whether nothing that was heard can come again as something else, so that the stream may be
   * closed if nobody wants more of it.
   */
  public boolean isSettled() {
    return client.isSettled() && server.isSettled();
  }

  /**
   * Whether there is nothing more to follow: nobody wants to hear more of either direction, and
   * what was heard of its beginning cannot come again as something else, because the receiver has
   * acknowledged it or it was long enough.
   */
  public boolean isOver() {
    return client.over && server.over && !client.lingers() && !server.lingers();
  }
}
