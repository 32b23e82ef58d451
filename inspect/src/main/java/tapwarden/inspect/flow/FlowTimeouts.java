package tapwarden.inspect.flow;

import java.util.Arrays;

/** Idle time after which a flow ends, by protocol and state, in nanoseconds of packet time. */
final class FlowTimeouts {
  private static final long SECOND = 1_000_000_000L;
  private static final int TCP = 6;
  private static final int UDP = 17;

  private final long[] tcp;
  private final long[] udp;
  private final long other;
  private final long shortest;

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
    shortest =
        Math.min(
            other,
            Math.min(Arrays.stream(tcp).min().getAsLong(), Arrays.stream(udp).min().getAsLong()));
  }

  /** The least of all: whatever was active since then is not idle. */
  long shortestNanos() {
    return shortest;
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
