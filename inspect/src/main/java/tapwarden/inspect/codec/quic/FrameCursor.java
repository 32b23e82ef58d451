package tapwarden.inspect.codec.quic;

/**
 * Goes over the frames of a packet and stops at those that carry a part of the handshake: {@link
 * #next} until it is false. Reusable, no allocation. What does not belong there ends the walk;
 * {@link #isBroken} says so.
 */
public abstract sealed class FrameCursor permits IetfFrames, GoogleFrames {
  static final int PADDING = 0;

  byte[] bytes = {};
  int at;
  int end;
  boolean broken;
  private long offset;
  private int data;
  private int length;

  FrameCursor() {}

  void restart(byte[] of, int from, int to) {
    bytes = of;
    at = from;
    end = to;
    broken = false;
  }

  /** Moves to the next part of the handshake. */
  public final boolean next() {
    while (at < end && !broken) {
      if (bytes[at] == PADDING) {
        at++;
      } else if (frame(bytes[at++] & 0xFF)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the rest of a frame.
   *
   * @return whether it is one to stop at
   */
  abstract boolean frame(int type);

  /** The frame holds so many bytes, here, of the handshake's stream from that offset on. */
  final boolean stop(long atOffset, long count) {
    if (broken || count > end - at) {
      broken = true;
      return false;
    }
    offset = atOffset;
    data = at;
    length = (int) count;
    at += length;
    return true;
  }

  /** Nothing more is to be read: the connection was closed. */
  final void close() {
    at = end;
  }

  final void skip(long count) {
    if (count > end - at) {
      broken = true;
    } else {
      at += (int) count;
    }
  }

  /** An integer of variable length. */
  final long number() {
    long value = VarInt.read(bytes, at, end);
    if (value == VarInt.CUT) {
      broken = true;
      return 0;
    }
    at += VarInt.bytes(bytes[at]);
    return value;
  }

  /** Where in the handshake's stream the frame's data lies. */
  public final long offset() {
    return offset;
  }

  /** The array that {@link #data} points into. */
  public final byte[] array() {
    return bytes;
  }

  /** Where the data starts in the array. */
  public final int data() {
    return data;
  }

  public final int length() {
    return length;
  }

  /** Whether there was something that is no frame, or that does not belong in such a packet. */
  public final boolean isBroken() {
    return broken;
  }
}
