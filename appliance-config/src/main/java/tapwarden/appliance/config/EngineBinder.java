package tapwarden.appliance.config;

import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.RingOptions;
import tapwarden.inspect.flow.FlowOptions;

/** Reads {@code flow:} and {@code ring:}, the sections that size the engine. */
final class EngineBinder {
  private static final int A_DAY = 86_400;

  private EngineBinder() {}

  static FlowOptions flow(Section section) {
    FlowOptions fallback = FlowOptions.DEFAULT;
    FlowOptions options =
        new FlowOptions(
            section.integer("capacity", fallback.capacity(), 1_000, 100_000_000),
            section.flag("vlan-in-key", fallback.vlanInKey()),
            section.flag("tunnel-in-key", fallback.tunnelInKey()),
            section.seconds("tcp-new-timeout", fallback.tcpNewTimeoutSeconds(), 1, A_DAY),
            section.seconds(
                "tcp-established-timeout", fallback.tcpEstablishedTimeoutSeconds(), 1, A_DAY),
            section.seconds("tcp-closed-timeout", fallback.tcpClosedTimeoutSeconds(), 1, A_DAY),
            section.seconds("udp-new-timeout", fallback.udpNewTimeoutSeconds(), 1, A_DAY),
            section.seconds(
                "udp-established-timeout", fallback.udpEstablishedTimeoutSeconds(), 1, A_DAY),
            section.seconds("other-timeout", fallback.otherTimeoutSeconds(), 1, A_DAY));
    section.end();
    return options;
  }

  static RingOptions ring(Section section, ConfigProblems problems) {
    RingOptions fallback = RingOptions.DEFAULT;
    int batches = section.integer("batches", fallback.batches(), 2, RingOptions.MAX_BATCHES);
    if (Integer.bitCount(batches) != 1) {
      problems.error(
          section.position("batches"),
          "'batches' must be a power of two",
          "the nearest: "
              + Integer.highestOneBit(batches)
              + ", "
              + 2 * Integer.highestOneBit(batches));
      batches = fallback.batches();
    }
    RingOptions options =
        new RingOptions(
            section.integer("workers", fallback.workers(), 1, RingOptions.MAX_WORKERS),
            batches,
            section.integer(
                "batch-frames", fallback.batchFrames(), 1, RingOptions.MAX_BATCH_FRAMES),
            (int)
                section.size(
                    "batch-bytes", fallback.batchBytes(), FrameBatch.MAX_FRAME_BYTES, 1 << 30),
            section.choice("wait", fallback.waiting()));
    section.end();
    return options;
  }
}
