package tapwarden.inspect.protocol.http;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The requests of a connection that wait for their responses, in order, and what is kept of all its
 * exchanges in the worker's budget.
 */
final class Outstanding {
  /** Requests that wait; further ones are not matched with their responses. */
  static final int MOST = 32;

  private final StreamMemory memory;
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>(2);

  /** Requests behind those that wait, whose responses will be alone. */
  private int unmatched;

  Outstanding(StreamMemory memory) {
    this.memory = memory;
  }

  /** Lets a request wait; false if there is no room, and its response will be alone. */
  boolean add(Exchange exchange, HeadFacts request) {
    boolean fits = unmatched == 0 && waiting.size() < MOST && keep(exchange, request);
    if (fits) {
      waiting.add(exchange);
    } else {
      unmatched++;
    }
    return fits;
  }

  /** The oldest; null if there is none. */
  @Nullable Exchange peek() {
    return waiting.peek();
  }

  /** Takes the oldest, for its response; null if that is to be alone. */
  @Nullable Exchange poll() {
    Exchange oldest = waiting.poll();
    if (oldest == null && unmatched > 0) {
      unmatched--;
    }
    return oldest;
  }

  /** Whether no response is waited for, as far as is known. */
  boolean isEmpty() {
    return waiting.isEmpty() && unmatched == 0;
  }

  /** Takes room for a head; false if there is none. */
  boolean keep(Exchange exchange, HeadFacts head) {
    if (!memory.take(head.bytes())) {
      return false;
    }
    exchange.keep(head.bytes());
    return true;
  }

  /** Gives back what an exchange took. */
  void release(Exchange exchange) {
    memory.give(exchange.release());
  }
}
