package tapwarden.inspect.codec.quic;

/** The frames of an Initial packet (RFC 9000 §12.4, §19). */
public final class IetfFrames extends FrameCursor {
  private static final int PING = 1;
  private static final int ACK = 2;
  private static final int ACK_ECN = 3;
  private static final int CRYPTO = 6;
  private static final int CLOSE = 0x1C;
  private static final int CLOSE_APPLICATION = 0x1D;
  private static final int ECN_COUNTS = 3;

  /** Starts at the frames of a packet. */
  public IetfFrames start(byte[] of, int from, int to) {
    restart(of, from, to);
    return this;
  }

  @Override
  boolean frame(int type) {
    switch (type) {
      case PING -> {}
      case ACK, ACK_ECN -> skipAck(type);
      case CRYPTO -> {
        long offset = number();
        return stop(offset, number());
      }
      case CLOSE, CLOSE_APPLICATION -> close();
      default -> broken = true;
    }
    return false;
  }

  private void skipAck(int type) {
    number();
    number();
    long ranges = number();
    number();
    // A range takes two bytes at least: a count that is larger than the packet breaks off soon.
    long numbers = Math.min(ranges, end) * 2 + (type == ACK_ECN ? ECN_COUNTS : 0);
    for (long i = 0; i < numbers && !broken; i++) {
      number();
    }
  }
}
