package tapwarden.inspect.protocol.http;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.StartLine;

/** A request and its response, or the one of them that was seen. */
final class Exchange {
  private final int number;

  /** Where the request goes: to the server, unless the flow was met from behind. */
  private final boolean toServer;

  private @Nullable HeadFacts request;
  private @Nullable HeadFacts response;
  private int status = StartLine.NO_STATUS;
  private long responseBytes = -1;
  private int keptBytes;
  private boolean isTold;

  /**
   * Begins an exchange.
   *
   * @param number of the exchange in its connection, from 0
   * @param request null if only a response is there
   */
  Exchange(int number, boolean toServer, @Nullable HeadFacts request) {
    this.number = number;
    this.toServer = toServer;
    this.request = request;
  }

  /** The request, of an exchange whose response came first. */
  void ask(HeadFacts head) {
    request = head;
  }

  /**
   * The response.
   *
   * @param head null of an interim one, and if there is no room to keep it
   */
  void answer(@Nullable HeadFacts head, int answerStatus) {
    response = head;
    status = answerStatus;
  }

  /** So much of the budget was taken for it. */
  void keep(int bytes) {
    keptBytes += bytes;
  }

  /** What was taken is given back. */
  int release() {
    int bytes = keptBytes;
    keptBytes = 0;
    return bytes;
  }

  /** Bytes of the response's body, without chunks' frames, before decoding. */
  void responseBytes(long bytes) {
    responseBytes = bytes;
  }

  /** True the first time: an exchange is told once. */
  boolean tell() {
    boolean isFirst = !isTold;
    isTold = true;
    return isFirst;
  }

  int number() {
    return number;
  }

  boolean toServer() {
    return toServer;
  }

  @Nullable HeadFacts request() {
    return request;
  }

  @Nullable HeadFacts response() {
    return response;
  }

  int status() {
    return status;
  }

  /** -1 before a final response. */
  long responseBytes() {
    return responseBytes;
  }
}
