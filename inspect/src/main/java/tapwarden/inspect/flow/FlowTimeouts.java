package tapwarden.inspect.flow;

/** Idle time after which a flow ends, by protocol and state, in nanoseconds of packet time. */
final class FlowTimeouts {
  private static final long SECOND = 1_000_000_000L;
  private static final int TCP = 6;
  private static final int UDP = 17;

  private final long[] tcp;
  private final long[] udp;
  private final long other;

  FlowTimeouts(FlowOptions options) {
    tcp =
        new long[] {
          options.tcpNewTimeoutSeconds() * SECOND,
          options.tcpEstablishedTimeoutSeconds() * SECOND,
          options.tcpClosedTimeoutSeconds() * SECOND
        };
    udp =
        new long[] {
          options.udpNewTimeoutSeconds() * SECOND,
          options.udpEstablishedTimeoutSeconds() * SECOND,
          options.udpEstablishedTimeoutSeconds() * SECOND
        };
    other = options.otherTimeoutSeconds() * SECOND;
  }

  /** {@code state} is the ordinal of {@link FlowSnapshot.State}. */
  long nanos(int protocol, int state) {
    return switch (protocol) {
      case TCP -> tcp[state];
      case UDP -> udp[state];
      default -> other;
    };
  }
}
