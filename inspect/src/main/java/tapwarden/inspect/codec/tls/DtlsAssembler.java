package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import tapwarden.inspect.wire.Bytes;

/**
 * One direction of a DTLS association (RFC 6347, RFC 9147): datagrams to records to handshake
 * messages. Records and fragments may be lost, repeated and out of order: each message, told by its
 * sequence number, is delivered once, as soon as it is complete. One that came in one fragment is
 * delivered where it lies.
 *
 * <p>Datagrams of others on the same ports (STUN, media: RFC 7983) are passed over. The first
 * record of a later epoch, or of DTLS 1.3's encrypted form, ends the clear part.
 */
public final class DtlsAssembler {
  /** Messages that may be incomplete at a time; fragments of others are dropped and counted. */
  static final int MOST_PENDING = 8;

  /** Sequence numbers below this are taken; a clear handshake has fewer than 20 messages. */
  static final int MOST_MESSAGES = 64;

  private static final int RECORD_HEADER = 13;
  private static final int FRAGMENT_HEADER = 12;
  private static final int FIRST_TYPE = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int LAST_TYPE = 26;
  private static final int FATAL = 2;

  private final HandshakeListener listener;
  private final HandshakeOptions options;
  private final FragmentedMessage[] pending = new FragmentedMessage[MOST_PENDING];
  private int pendingCount;
  private long delivered;
  private HandshakeState state = HandshakeState.WANTS_MORE;
  private int records;
  private int droppedFragments;
  private int foreignDatagrams;

  public DtlsAssembler(HandshakeListener listener, HandshakeOptions options) {
    this.listener = listener;
    this.options = options;
  }

  /** Whether a datagram begins with a DTLS record: type, version, and a length within reason. */
  public static boolean isDtls(MemorySegment segment, long offset, int length) {
    return length >= RECORD_HEADER
        && Bytes.u8(segment, offset) >= FIRST_TYPE
        && Bytes.u8(segment, offset) <= LAST_TYPE
        && TlsVersion.isDtls(Bytes.u16(segment, offset + 1))
        && Bytes.u16(segment, offset + 11) <= HandshakeAssembler.MOST_RECORD_BYTES;
  }

  /** Takes a datagram of the direction. Once the state is not WANTS_MORE, it is ignored. */
  public HandshakeState feed(MemorySegment segment, long offset, int length) {
    if (state != HandshakeState.WANTS_MORE) {
      return state;
    }
    if (!isDtls(segment, offset, length)) {
      foreign(segment, offset, length);
      return state;
    }
    long at = offset;
    long end = offset + length;
    while (state == HandshakeState.WANTS_MORE && isDtls(segment, at, (int) (end - at))) {
      int body = Bytes.u16(segment, at + 11);
      long next = at + RECORD_HEADER + body;
      readRecord(segment, at, Math.min(next, end));
      at = Math.min(next, end);
    }
    if (state != HandshakeState.WANTS_MORE) {
      release();
    }
    return state;
  }

  public HandshakeState state() {
    return state;
  }

  /** Records whose header was read. */
  public int records() {
    return records;
  }

  /** Fragments that were in nobody's order or beyond a limit. */
  public int droppedFragments() {
    return droppedFragments;
  }

  /** Datagrams that are no DTLS. */
  public int foreignDatagrams() {
    return foreignDatagrams;
  }

  /** Bytes that messages under way occupy now. */
  public int heldBytes() {
    int held = 0;
    for (int i = 0; i < pendingCount; i++) {
      held += pending[i].heldBytes();
    }
    return held;
  }

  private void foreign(MemorySegment segment, long offset, int length) {
    foreignDatagrams++;
    if (records == 0) {
      state = HandshakeState.VIOLATED;
    } else if (length > 0 && (Bytes.u8(segment, offset) & 0xE0) == 0x20) {
      // RFC 9147 §4: the unified header of encrypted records.
      state = HandshakeState.DONE;
      release();
    }
  }

  private void readRecord(MemorySegment segment, long at, long end) {
    if (++records > options.mostRecords()) {
      state = HandshakeState.LIMITED;
      return;
    }
    int type = Bytes.u8(segment, at);
    long body = at + RECORD_HEADER;
    if (Bytes.u16(segment, at + 3) != 0) {
      state = HandshakeState.DONE;
    } else if (type == HANDSHAKE) {
      readFragments(segment, body, end);
    } else if (type == ALERT && end - body == 2) {
      listener.onAlert(Bytes.u8(segment, body), Bytes.u8(segment, body + 1));
      if (Bytes.u8(segment, body) == FATAL) {
        state = HandshakeState.DONE;
      }
    }
  }

  private void readFragments(MemorySegment segment, long from, long end) {
    long at = from;
    while (at + FRAGMENT_HEADER <= end) {
      int length = Bytes.u24(segment, at + 1);
      int start = Bytes.u24(segment, at + 6);
      int count = Bytes.u24(segment, at + 9);
      long body = at + FRAGMENT_HEADER;
      boolean broken = count > end - body || start + count > length;
      if (broken || !HandshakeType.isKnown(Bytes.u8(segment, at))) {
        if (records == 1) {
          state = HandshakeState.VIOLATED;
        }
        droppedFragments++;
        return;
      }
      take(segment, at, start, count);
      at = body + count;
    }
  }

  private void take(MemorySegment segment, long at, int start, int count) {
    int type = Bytes.u8(segment, at);
    int length = Bytes.u24(segment, at + 1);
    int sequence = Bytes.u16(segment, at + 4);
    if (sequence >= MOST_MESSAGES) {
      droppedFragments++;
    } else if ((delivered & (1L << sequence)) == 0) {
      if (count == length) {
        forget(sequence);
        int kept = Math.min(length, options.kept(type));
        deliver(sequence, type, segment, at + FRAGMENT_HEADER, kept, length);
      } else {
        collect(segment, at, start, count);
      }
    }
  }

  private void collect(MemorySegment segment, long at, int start, int count) {
    int type = Bytes.u8(segment, at);
    int length = Bytes.u24(segment, at + 1);
    int sequence = Bytes.u16(segment, at + 4);
    int slot = slot(sequence);
    if (slot == pendingCount && slot < MOST_PENDING) {
      pending[pendingCount++] = new FragmentedMessage(sequence, type, length, options.kept(type));
    }
    if (slot == MOST_PENDING
        || pending[slot].type != type
        || pending[slot].length != length
        || !pending[slot].add(segment, at + FRAGMENT_HEADER, start, count)) {
      droppedFragments++;
      return;
    }
    FragmentedMessage message = pending[slot];
    if (message.isComplete()) {
      forget(sequence);
      deliver(sequence, type, message.bytes(), 0, message.keptBytes(), length);
    }
  }

  /** Where the message is, or would be. */
  private int slot(int sequence) {
    int slot = 0;
    while (slot < pendingCount && pending[slot].sequence != sequence) {
      slot++;
    }
    return slot;
  }

  private void forget(int sequence) {
    int slot = slot(sequence);
    if (slot < pendingCount) {
      pending[slot] = pending[--pendingCount];
    }
  }

  private void deliver(
      int sequence, int type, MemorySegment segment, long offset, int kept, int length) {
    delivered |= 1L << sequence;
    listener.onMessage(type, segment, offset, kept, length);
  }

  private void release() {
    pendingCount = 0;
    Arrays.fill(pending, null);
  }
}
