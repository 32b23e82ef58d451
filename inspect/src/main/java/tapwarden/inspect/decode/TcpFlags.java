package tapwarden.inspect.decode;

import tapwarden.inspect.wire.TcpView;

/** Which combinations of TCP flags no sane sender uses: one precomputed answer a flag byte. */
final class TcpFlags {
  private static final long[] FAULTS = new long[256];

  static {
    for (int flags = 0; flags < FAULTS.length; flags++) {
      FAULTS[flags] = judge(flags);
    }
  }

  private TcpFlags() {}

  /** {@link Malformation#bit()}s for the flag byte; 0 for nearly all segments. */
  static long faults(int flags) {
    return FAULTS[flags];
  }

  private static long judge(int flags) {
    boolean syn = (flags & TcpView.SYN) != 0;
    boolean fin = (flags & TcpView.FIN) != 0;
    boolean rst = (flags & TcpView.RST) != 0;
    boolean ack = (flags & TcpView.ACK) != 0;
    long faults = 0;
    if ((flags & (TcpView.SYN | TcpView.FIN | TcpView.RST | TcpView.ACK)) == 0) {
      faults |= Malformation.TCP_NO_FLAGS.bit();
    }
    if (syn && fin) {
      faults |= Malformation.TCP_SYN_FIN.bit();
    }
    if (syn && rst) {
      faults |= Malformation.TCP_SYN_RST.bit();
    }
    if (fin && !ack && !syn && !rst) {
      faults |= Malformation.TCP_FIN_ONLY.bit();
    }
    return faults;
  }
}
