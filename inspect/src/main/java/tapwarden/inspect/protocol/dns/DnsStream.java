package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The messages of one direction of a DNS connection over TCP, each after its length in two bytes
 * (RFC 1035 §4.2.2, RFC 7766 §8), however they lie in segments. A message that is whole where it
 * lies is read there; of others at most one is kept, of at most 65,535 bytes.
 *
 * <p>Where the beginning of a message is not known, behind a gap, in the middle of a connection, or
 * after what was no message, each segment is tried as one.
 */
final class DnsStream {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int LENGTH_BYTES = 2;
  private static final int LEAST_BYTES = 512;

  /** Times that no message began where one was looked for, after which none is expected. */
  static final int MOST_FAILURES = 8;

  private static final byte[] NOTHING = {};

  private final DnsKind kind;
  private final DnsAnalyser analyser;
  private final StreamMemory memory;

  /** A message that is not whole yet, length first. */
  private byte[] begun = NOTHING;

  private int begunBytes;
  private int failures;

  DnsStream(DnsKind kind, DnsAnalyser analyser, StreamMemory memory) {
    this.kind = kind;
    this.analyser = analyser;
    this.memory = memory;
  }

  /**
   * The next bytes.
   *
   * @param at the packet that completes what is read now
   * @return false if this is no DNS
   */
  boolean data(Packet at, MemorySegment segment, long offset, int length) {
    long from = offset;
    long end = offset + length;
    while (begunBytes > 0 && from < end) {
      int wanted =
          begunBytes < LENGTH_BYTES ? LENGTH_BYTES - begunBytes : messageEnd() - begunBytes;
      int some = (int) Math.min(wanted, end - from);
      if (!keep(segment, from, some)) {
        return true;
      }
      from += some;
      if (begunBytes >= LENGTH_BYTES && begunBytes == messageEnd()) {
        MemorySegment message = MemorySegment.ofArray(begun);
        int bytes = begunBytes - LENGTH_BYTES;
        forget();
        if (!read(at, message, LENGTH_BYTES, bytes)) {
          return failures < MOST_FAILURES;
        }
      }
    }
    while (end - from >= LENGTH_BYTES) {
      int bytes = segment.get(U16, from) & 0xFFFF;
      if (end - from < LENGTH_BYTES + bytes) {
        break;
      }
      if (!read(at, segment, from + LENGTH_BYTES, bytes)) {
        return failures < MOST_FAILURES;
      }
      from += LENGTH_BYTES + bytes;
    }
    if (from < end) {
      keep(segment, from, (int) (end - from));
    }
    return true;
  }

  /** What was begun will not become whole, or is: the memory is given back. */
  void forget() {
    memory.give(begun.length);
    begun = NOTHING;
    begunBytes = 0;
  }

  private boolean read(Packet at, MemorySegment segment, long offset, int length) {
    boolean good = analyser.message(kind, at, segment, offset, length);
    failures = good ? 0 : failures + 1;
    return good;
  }

  private int messageEnd() {
    return LENGTH_BYTES + ((begun[0] & 0xFF) << 8 | (begun[1] & 0xFF));
  }

  /** Keeps more of a message; false if there is no memory for it, and it is given up. */
  private boolean keep(MemorySegment segment, long offset, int length) {
    int needed = begunBytes + length;
    if (needed > begun.length) {
      int room = Math.max(LEAST_BYTES, Integer.highestOneBit(needed) << 1);
      room = Math.min(room, LENGTH_BYTES + 0xFFFF);
      if (!memory.take(room - begun.length)) {
        analyser.giveUp();
        forget();
        return false;
      }
      begun = Arrays.copyOf(begun, room);
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, begun, begunBytes, length);
    begunBytes = needed;
    return true;
  }
}
