package tapwarden.appliance.config;

import java.time.Duration;
import java.util.List;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.RingOptions;
import tapwarden.capture.source.live.LiveOptions;
import tapwarden.inspect.equipment.EquipmentDeclaration;
import tapwarden.inspect.equipment.IdentityOptions;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.stream.StreamOptions;

/**
 * Reads {@code capture:}, {@code ring:}, {@code flow:}, {@code fragments:}, {@code stream:} and
 * {@code identity:}, the sections that size the engine.
 */
final class EngineBinder {
  private static final int A_DAY = 86_400;

  private EngineBinder() {}

  static CaptureOptions capture(Section section) {
    LiveOptions fallback = CaptureOptions.DEFAULT.each();
    LiveOptions each =
        new LiveOptions(
            "",
            section.integer(
                "snap-length", fallback.snapLengthBytes(), 64, FrameBatch.MAX_FRAME_BYTES),
            section.flag("promiscuous", fallback.promiscuous()),
            (int) section.size("buffer", fallback.bufferBytes(), 1 << 20, 1 << 30),
            (int)
                section
                    .duration(
                        "block",
                        Duration.ofMillis(fallback.blockMillis()),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(1))
                    .toMillis(),
            section.text("filter", fallback.filter()),
            section.flag("nanoseconds", fallback.nanoseconds()));
    List<String> names =
        Words.split(section.items("interfaces")).stream().map(Item::text).distinct().toList();
    section.end();
    return new CaptureOptions(names, each);
  }

  static IdentityOptions identity(Section section) {
    IdentityOptions fallback = IdentityOptions.DEFAULT;
    IdentityOptions options =
        new IdentityOptions(
            section.integer("macs", fallback.macLimit(), 16, 100_000_000),
            section.integer("addresses", fallback.addressLimit(), 16, 100_000_000));
    section.end();
    return options;
  }

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

  static FragmentOptions fragments(
      Section section, List<EquipmentDeclaration> equipment, ConfigProblems problems) {
    FragmentOptions fallback = FragmentOptions.DEFAULT;
    FragmentOptions options =
        new FragmentOptions(
            section.size("memory", fallback.memoryBytes(), 1 << 20, 1L << 40),
            section.integer("datagrams", fallback.datagrams(), 64, 10_000_000),
            section.integer(
                "pieces-a-datagram", fallback.piecesADatagram(), 4, FragmentOptions.MOST_PIECES),
            section.seconds("timeout", fallback.timeoutSeconds(), 1, 3_600),
            OverlapBinder.bind(section, equipment, problems));
    section.end();
    return options;
  }

  /**
   * @param equipment whose roles say how it reads overlaps where the section does not
   */
  static StreamOptions stream(
      Section section, List<EquipmentDeclaration> equipment, ConfigProblems problems) {
    StreamOptions fallback = StreamOptions.DEFAULT;
    StreamOptions options =
        new StreamOptions(
            section.integer("connections", fallback.streams(), 64, 10_000_000),
            section.size("memory", fallback.memoryBytes(), 1 << 20, 1L << 40),
            (int)
                section.size(
                    "memory-a-direction", fallback.heldBytesADirection(), 4 << 10, 64 << 20),
            section.integer("segments-a-direction", fallback.heldSegmentsADirection(), 4, 65_536),
            section.size("depth", fallback.depthBytes(), 1 << 10, 1L << 40),
            OverlapBinder.bind(section, equipment, problems),
            section.choice("checksums", fallback.checksums()));
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
