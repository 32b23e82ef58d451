package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * What is being done about one flow: looking for its protocol, or reading it. Kept under a number
 * that the flow bears, and used again for others.
 */
final class Conversation {
  /** One side of it: what it has said that no protocol was found in yet. */
  static final class Half {
    private static final byte[] NOTHING = {};
    private static final int LEAST_KEPT = 64;

    private byte[] kept = NOTHING;
    private int keptBytes;

    /** Bytes that were given up before a protocol was found. */
    long lost;

    /** How often a protocol was looked for in vain. */
    int failures;

    int keptBytes() {
      return keptBytes;
    }

    MemorySegment kept() {
      return MemorySegment.ofArray(kept);
    }

    /** Keeps more bytes, as long as they are few; false if there is no memory. */
    boolean keep(StreamMemory memory, MemorySegment segment, long offset, int length) {
      int needed = keptBytes + length;
      if (needed > kept.length) {
        int room = Math.max(LEAST_KEPT, Math.min(Opening.MOST_BYTES, 2 * needed));
        if (!memory.take(room - kept.length)) {
          return false;
        }
        kept = Arrays.copyOf(kept, room);
      }
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, kept, keptBytes, length);
      keptBytes = needed;
      return true;
    }

    void forget(StreamMemory memory) {
      memory.give(kept.length);
      kept = NOTHING;
      keptBytes = 0;
    }

    void reset(StreamMemory memory) {
      forget(memory);
      lost = 0;
      failures = 0;
    }
  }

  final int slot;
  final Half client = new Half();
  final Half server = new Half();
  @Nullable StreamReader stream;
  @Nullable DatagramReader datagrams;

  /** The flow's place in the table ({@link tapwarden.inspect.flow.FlowTable#at}). */
  int place;

  /** Number of the protocol; none while it is being looked for. */
  int protocol;

  /** Nothing is to be read: only the name was wanted, or it was violated. */
  boolean over;

  /** The flow was turned round since the reader began. */
  boolean turned;

  /** Kinds of ambiguity that were told: a bit each. */
  int ambiguities;

  /** How often one protocol gave way to another. */
  int handOvers;

  Conversation(int slot) {
    this.slot = slot;
  }

  Half half(boolean toServer) {
    return toServer ? client : server;
  }

  void reset(StreamMemory memory) {
    client.reset(memory);
    server.reset(memory);
    stream = null;
    datagrams = null;
    protocol = ProtocolRegistry.NONE;
    over = false;
    turned = false;
    ambiguities = 0;
    handOvers = 0;
  }
}
