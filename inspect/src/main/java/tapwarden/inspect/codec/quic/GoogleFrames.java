package tapwarden.inspect.codec.quic;

/**
 * The frames of Google's QUIC: up to version 47 the handshake is stream 1, later it has frames of
 * its own. Numbers are little-endian before version 39. Of an acknowledgement before version 34,
 * which had another form, nothing behind it is read.
 */
public final class GoogleFrames extends FrameCursor {
  private static final int STREAM = 0x80;
  private static final int STREAM_HAS_LENGTH = 0x20;
  private static final int ACK = 0x40;
  private static final int ACK_HAS_BLOCKS = 0x20;
  private static final int CLOSE = 2;
  private static final int WINDOW_UPDATE = 4;
  private static final int BLOCKED = 5;
  private static final int STOP_WAITING = 6;
  private static final int PING = 7;
  private static final int CRYPTO = 8;

  private static final int HANDSHAKE_STREAM = 1;
  private static final int FIRST_WITH_CRYPTO = 48;
  private static final int FIRST_BIG_ENDIAN = 39;
  private static final int FIRST_WITH_THIS_ACK = 34;
  private static final int WINDOW_UPDATE_BYTES = 4 + 8;
  private static final int BLOCKED_BYTES = 4;
  private static final int FIRST_STAMP_BYTES = 1 + 4;
  private static final int STAMP_BYTES = 1 + 2;

  private int number;
  private int packetNumberBytes;

  /**
   * Starts at the frames of a packet.
   *
   * @param number of the version
   */
  GoogleFrames start(byte[] of, int from, int to, int number, int packetNumberBytes) {
    restart(of, from, to);
    this.number = number;
    this.packetNumberBytes = packetNumberBytes;
    return this;
  }

  /** Starts at the frames of an Initial packet. */
  public GoogleFrames start(byte[] of, int from, int to, int version) {
    return start(of, from, to, QuicVersion.googleNumber(version), 1);
  }

  @Override
  boolean frame(int type) {
    if ((type & STREAM) != 0) {
      return stream(type);
    }
    if ((type & ACK) != 0) {
      skipAck(type);
      return false;
    }
    switch (type) {
      case PING -> {}
      case CLOSE -> close();
      case WINDOW_UPDATE -> skip(WINDOW_UPDATE_BYTES);
      case BLOCKED -> skip(BLOCKED_BYTES);
      case STOP_WAITING -> skip(packetNumberBytes);
      case CRYPTO -> {
        broken = number < FIRST_WITH_CRYPTO;
        long offset = number();
        return stop(offset, number());
      }
      default -> broken = true;
    }
    return false;
  }

  private boolean stream(int type) {
    int offsetBits = type >>> 2 & 7;
    long stream = fixed(1 + (type & 3));
    long offset = offsetBits == 0 ? 0 : fixed(1 + offsetBits);
    long count = (type & STREAM_HAS_LENGTH) != 0 ? fixed(2) : end - at;
    if (stream == HANDSHAKE_STREAM && offset >= 0) {
      return stop(offset, count);
    }
    skip(count);
    return false;
  }

  private void skipAck(int type) {
    if (number < FIRST_WITH_THIS_ACK) {
      at = end;
      return;
    }
    int blockBytes = widths(type & 3);
    skip(widths(type >>> 2 & 3) + 2);
    long blocks = (type & ACK_HAS_BLOCKS) != 0 ? fixed(1) : 0;
    skip(blockBytes + blocks * (1 + blockBytes));
    long stamps = fixed(1);
    if (stamps > 0) {
      skip(FIRST_STAMP_BYTES + (stamps - 1) * STAMP_BYTES);
    }
  }

  /** Bytes of a number by its two bits. */
  private static int widths(int bits) {
    return bits == 0 ? 1 : 2 * bits;
  }

  private long fixed(int width) {
    if (broken || width > end - at) {
      broken = true;
      return 0;
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      int b = bytes[at + i] & 0xFF;
      value = number < FIRST_BIG_ENDIAN ? value | ((long) b << (8 * i)) : (value << 8) | b;
    }
    at += width;
    return value;
  }
}
