package tapwarden.inspect.protocol.mqtt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.stream.StreamMemory;

/** The topics of a connection that were told, by a hash of 64 bits each. */
final class MqttTopics {
  /** Most topics that are told, and remembered as told. */
  static final int MOST = 64;

  private static final int LEAST_ROOM = 8;
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
  private static final long[] NOTHING = {};

  private final StreamMemory memory;
  private long[] hashes = NOTHING;
  private int count;
  private boolean full;

  MqttTopics(StreamMemory memory) {
    this.memory = memory;
  }

  /** Whether the text at hand is a topic that was not told of, of that kind; it is from now on. */
  boolean isNew(Report report, int kind, MqttPacket packet) {
    long hash = hash(kind, packet);
    for (int i = 0; i < count; i++) {
      if (hashes[i] == hash) {
        return false;
      }
    }
    if (count == hashes.length && !grow()) {
      if (!full) {
        report.oddity("mqtt_more_topics");
        full = true;
      }
      return false;
    }
    hashes[count++] = hash;
    return true;
  }

  void release() {
    memory.give(Long.BYTES * hashes.length);
    hashes = NOTHING;
    count = 0;
  }

  private boolean grow() {
    int room = Math.min(MOST, Math.max(LEAST_ROOM, 2 * hashes.length));
    if (room == hashes.length || !memory.take(Long.BYTES * (room - hashes.length))) {
      return false;
    }
    hashes = Arrays.copyOf(hashes, room);
    return true;
  }

  private static long hash(int kind, MqttPacket packet) {
    MemorySegment segment = packet.segment();
    long end = packet.textOffset() + packet.textLength();
    long hash = kind;
    for (long at = packet.textOffset(); at < end; at++) {
      hash = (hash ^ segment.get(ValueLayout.JAVA_BYTE, at)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
