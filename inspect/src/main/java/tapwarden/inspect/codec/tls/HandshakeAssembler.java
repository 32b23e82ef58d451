package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.inspect.wire.Bytes;

/**
 * One direction of a TLS connection over a byte stream: bytes in chunks of any size, cut anywhere,
 * to records (RFC 8446 §5.1) to handshake messages, whatever number of records and chunks a message
 * spans. A message that lies whole in one record of one chunk is delivered where it lies; others
 * are collected in a buffer that grows with what arrives, not with what is announced, and is let go
 * when the message is delivered.
 *
 * <p>A change of cipher ends the clear part, except where TLS 1.3 sends it for the sake of
 * middleboxes between the first hello and the one after a HelloRetryRequest (RFC 8446 §D.4).
 *
 * <p>An SSL 2 CLIENT-HELLO (RFC 5246 §E.2) is recognised as the first message. No exception, no
 * read out of bounds; the work is linear in the bytes fed.
 */
public final class HandshakeAssembler {
  /** Content types (RFC 8446 §B.1). */
  private static final int CHANGE_CIPHER_SPEC = 20;

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int HEARTBEAT = 24;

  /** RFC 5246 §6.2.3: 2^14 bytes and at most 2,048 that encryption adds. */
  static final int MOST_RECORD_BYTES = (1 << 14) + 2_048;

  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int SSL2_CLIENT_HELLO = 1;
  private static final int SSL2_SERVER_HELLO = 4;
  private static final int SSL2_HEADER_IN_BODY = 3;
  private static final int FATAL = 2;
  private static final int FIRST_BUFFER = 512;

  /** What is longer is taken for something encrypted. */
  private static final int MOST_HELLO_BEHIND_CHANGE = 1 << 17;

  private static final byte[] NOTHING = {};
  private static final MemorySegment NO_BYTES = MemorySegment.ofArray(NOTHING);

  private final HandshakeListener listener;
  private final HandshakeOptions options;
  private HandshakeState state = HandshakeState.WANTS_MORE;

  private long header;
  private int headerHave;
  private int recordType;
  private int recordLeft;
  private int records;

  private int alert;
  private int alertHave;

  private int messageHeader;
  private int messageHave;
  private int messageType;
  private int messageLength;
  private int messageLeft;
  private int kept;
  private byte[] buffer = NOTHING;
  private int filled;

  private int messages;
  private int firstType;
  private boolean cipherChanged;
  private boolean ssl2Only;
  private long work;

  public HandshakeAssembler(HandshakeListener listener, HandshakeOptions options) {
    this.listener = listener;
    this.options = options;
  }

  /** Takes the direction's next bytes. Once the state is not WANTS_MORE, they are ignored. */
  public HandshakeState feed(MemorySegment segment, long offset, int length) {
    long at = offset;
    long end = offset + length;
    while (state == HandshakeState.WANTS_MORE && at < end) {
      at = recordLeft == 0 ? readHeader(segment, at, end) : readFragment(segment, at, end);
    }
    if (state != HandshakeState.WANTS_MORE) {
      release();
    }
    return state;
  }

  /**
   * Says that no more bytes will come, or that some are missing: the beginning of a message that is
   * not complete is delivered, if any of its bytes were kept.
   */
  public void cut() {
    if (state == HandshakeState.WANTS_MORE) {
      deliverBeginning();
      state = HandshakeState.DONE;
      release();
    }
  }

  private void deliverBeginning() {
    if (messageLeft > 0 && filled > 0) {
      deliver(MemorySegment.ofArray(buffer), 0, filled);
    }
  }

  public HandshakeState state() {
    return state;
  }

  /** Records whose header was read. */
  public int records() {
    return records;
  }

  /** Bytes that the collected message occupies now. */
  public int heldBytes() {
    return buffer.length;
  }

  /** Bytes copied, headers read and pieces taken so far: what the cost is proportional to. */
  long work() {
    return work;
  }

  private long readHeader(MemorySegment segment, long from, long end) {
    long at = from;
    while (headerHave < RECORD_HEADER && at < end) {
      header = header << 8 | Bytes.u8(segment, at++);
      headerHave++;
      work++;
    }
    if (!headerIsPlausible()) {
      state = HandshakeState.VIOLATED;
    } else if (headerHave == RECORD_HEADER) {
      headerHave = 0;
      beginRecord();
      header = 0;
    }
    return at;
  }

  private int headerByte(int index) {
    return (int) (header >>> (8 * (headerHave - 1 - index))) & 0xFF;
  }

  /** Judges as many bytes of the header as there are, so that what is no TLS is known early. */
  private boolean headerIsPlausible() {
    int first = headerByte(0);
    if (records == 0 && first >= 0x80) {
      return headerHave < 3 || isSsl2Type(headerByte(2));
    }
    return first >= CHANGE_CIPHER_SPEC
        && first <= HEARTBEAT
        && (headerHave < 2 || headerByte(1) == 3);
  }

  private static boolean isSsl2Type(int type) {
    return type == SSL2_CLIENT_HELLO || type == SSL2_SERVER_HELLO;
  }

  private void beginRecord() {
    if (++records > options.mostRecords()) {
      deliverBeginning();
      state = HandshakeState.LIMITED;
      return;
    }
    int type = (int) (header >>> 32);
    if (type >= 0x80) {
      beginSsl2();
      return;
    }
    recordType = type;
    recordLeft = (int) header & 0xFFFF;
    if (recordLeft > MOST_RECORD_BYTES) {
      state = HandshakeState.VIOLATED;
    } else if (type == APPLICATION_DATA) {
      state = HandshakeState.DONE;
    } else if (type == CHANGE_CIPHER_SPEC) {
      changeCipher();
    } else if (type == ALERT) {
      alertHave = 0;
      alert = 0;
    }
    // RFC 8446 §5.1 forbids empty records of a handshake, but OpenSSL and others pass them over.
  }

  /**
   * A change within a message is none; one after a single hello may be TLS 1.3's ornament. So may
   * one before the first: a server that keeps no state cannot tell whether it had asked for another
   * hello (RFC 8446 §5).
   */
  private void changeCipher() {
    if (recordLeft != 1 || messageHave != 0) {
      state = HandshakeState.VIOLATED;
    } else if (messages > 1 || (messages == 1 && !isHello(firstType))) {
      state = HandshakeState.DONE;
    }
    cipherChanged = true;
  }

  private static boolean isHello(int type) {
    return type == HandshakeType.CLIENT_HELLO || type == HandshakeType.SERVER_HELLO;
  }

  /** The header's five bytes are SSL 2's length, message type and version. */
  private void beginSsl2() {
    int length = (int) (header >>> 24) & 0x7FFF;
    int version = (int) header & 0xFFFF;
    boolean client = ((int) (header >>> 16) & 0xFF) == SSL2_CLIENT_HELLO;
    if (!client) {
      // Its version stands behind two bytes of flags: nothing of it is read.
      deliverEmpty(HandshakeType.SSL2_SERVER_HELLO, length);
      state = HandshakeState.DONE;
    } else if (length <= SSL2_HEADER_IN_BODY
        || (version != TlsVersion.SSL_2 && version >>> 8 != 3)) {
      state = HandshakeState.VIOLATED;
    } else {
      ssl2Only = version == TlsVersion.SSL_2;
      recordType = HANDSHAKE;
      recordLeft = length - SSL2_HEADER_IN_BODY;
      messageHave = MESSAGE_HEADER;
      beginMessage(HandshakeType.SSL2_CLIENT_HELLO, length - 1);
      reserve(2);
      buffer[filled++] = (byte) (version >>> 8);
      buffer[filled++] = (byte) version;
      messageLeft -= 2;
    }
  }

  private void deliverEmpty(int type, int announced) {
    beginMessage(type, announced);
    deliver(NO_BYTES, 0, 0);
  }

  private long readFragment(MemorySegment segment, long at, long end) {
    int here = (int) Math.min(recordLeft, end - at);
    work++;
    if (recordType == HANDSHAKE) {
      readMessages(segment, at, at + here);
    } else if (recordType == ALERT) {
      readAlert(segment, at, at + here);
    }
    recordLeft -= here;
    return at + here;
  }

  private void readAlert(MemorySegment segment, long from, long end) {
    for (long at = from; at < end && alertHave < 2; at++) {
      alert = alert << 8 | Bytes.u8(segment, at);
      alertHave++;
      if (alertHave == 2 && !cipherChanged) {
        listener.onAlert(alert >>> 8, alert & 0xFF);
        if (alert >>> 8 == FATAL) {
          state = HandshakeState.DONE;
        }
      }
    }
  }

  private void readMessages(MemorySegment segment, long from, long end) {
    long at = from;
    while (at < end && state == HandshakeState.WANTS_MORE) {
      if (messageHave < MESSAGE_HEADER) {
        messageHeader = messageHeader << 8 | Bytes.u8(segment, at++);
        work++;
        if (++messageHave == MESSAGE_HEADER) {
          at = begunMessage(segment, at, end);
        }
      } else {
        at = continueMessage(segment, at, end);
      }
    }
  }

  /** Delivers a message that is all there; otherwise its bytes are collected from here on. */
  private long begunMessage(MemorySegment segment, long at, long end) {
    int type = messageHeader >>> 24;
    int length = messageHeader & 0xFF_FFFF;
    int hello = messages == 0 ? HandshakeType.CLIENT_HELLO : firstType;
    if (cipherChanged && (type != hello || length >= MOST_HELLO_BEHIND_CHANGE)) {
      state = HandshakeState.DONE;
      return at;
    }
    if (messages == 0 ? !HandshakeType.opens(type) : !HandshakeType.isKnown(type)) {
      state = HandshakeState.VIOLATED;
      return at;
    }
    beginMessage(type, length);
    if (length > end - at) {
      return at;
    }
    messageLeft = 0;
    deliver(segment, at, kept);
    return at + length;
  }

  private void beginMessage(int type, int length) {
    messageType = type;
    messageLength = length;
    messageLeft = length;
    kept = Math.min(length, options.kept(type));
    filled = 0;
    if (messages == 0) {
      firstType = type;
    }
  }

  private long continueMessage(MemorySegment segment, long at, long end) {
    int taken = (int) Math.min(messageLeft, end - at);
    int copied = Math.min(taken, kept - filled);
    if (copied > 0) {
      reserve(copied);
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, buffer, filled, copied);
      filled += copied;
      work += copied;
    }
    messageLeft -= taken;
    if (messageLeft == 0) {
      deliver(MemorySegment.ofArray(buffer), 0, filled);
    }
    return at + taken;
  }

  private void reserve(int count) {
    int wanted = filled + count;
    if (wanted > buffer.length) {
      int size = Math.max(wanted, Math.max(FIRST_BUFFER, 2 * buffer.length));
      buffer = Arrays.copyOf(buffer, Math.min(size, Math.max(wanted, kept)));
      work += filled;
    }
  }

  private void deliver(MemorySegment segment, long offset, int length) {
    messages++;
    messageHave = 0;
    messageHeader = 0;
    messageLeft = 0;
    listener.onMessage(messageType, segment, offset, length, messageLength);
    if (ssl2Only) {
      state = HandshakeState.DONE;
    }
    release();
  }

  private void release() {
    buffer = NOTHING;
    filled = 0;
  }
}
