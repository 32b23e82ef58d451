package tapwarden.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tapwarden.benchmarks.SyntheticIndicators;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.wire.IpAddress;

/**
 * Makes the inputs of {@code benchmarks/compare}:
 *
 * <pre>
 * facts CAPTURE OUT                       packets, bytes and length of a capture, for a shell to read
 * shift CAPTURE SECONDS OUT               the same capture, all stamps later
 * indicators COUNT OUT CAPTURE...         a list that nothing in the captures is on
 * config PIECES INDICATORS WORKERS OUT    equipment and sizes; "-" for no indicators
 * </pre>
 */
public final class Prepare {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private Prepare() {}

  public static void main(String[] arguments) throws IOException {
    Path second = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "facts" ->
          Files.writeString(Path.of(arguments[2]), CaptureFacts.of(second).asAssignments());
      case "shift" -> shift(second, Long.parseLong(arguments[2]), Path.of(arguments[3]));
      case "indicators" -> {
        List<Path> captures = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
          captures.add(Path.of(arguments[i]));
        }
        indicators(Integer.parseInt(arguments[1]), Path.of(arguments[2]), captures);
      }
      case "config" ->
          Files.writeString(
              Path.of(arguments[4]),
              config(Integer.parseInt(arguments[1]), arguments[2], Integer.parseInt(arguments[3])),
              StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /**
   * Writes {@code capture} with every stamp {@code seconds} later, in microseconds, as Ethernet.
   */
  static void shift(Path capture, long seconds, Path out) throws IOException {
    try (PcapWriter writer =
        PcapWriter.create(out, LinkType.ETHERNET, PcapWriter.Precision.MICROS)) {
      CaptureFacts.read(
          capture,
          frame -> {
            if (frame.linkType() != LinkType.ETHERNET) {
              throw new IOException(capture + " is not a capture of Ethernet");
            }
            writer.write(
                frame.timestampNanos() + seconds * SECOND_NANOS,
                frame.segment(),
                frame.offset(),
                frame.capturedLength(),
                frame.wireLength());
          });
    }
  }

  /**
   * Hits would cost what alerts cost, which is another question: nothing listed is in a capture.
   */
  static void indicators(int count, Path out, List<Path> captures) throws IOException {
    Set<Long> seen = new HashSet<>();
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    for (Path capture : captures) {
      CaptureFacts.read(
          capture,
          frame -> {
            decoder.decode(frame, packet);
            if (packet.ipVersion() == 4) {
              see(seen, packet.sourceLow());
              see(seen, packet.destinationLow());
            }
            if (packet.outerIpVersion() == 4) {
              see(seen, packet.outerSourceLow());
              see(seen, packet.outerDestinationLow());
            }
          });
    }
    SyntheticIndicators.write(out, count, seen::contains);
  }

  /** An address counts as itself and as its network. */
  private static void see(Set<Long> seen, long address) {
    seen.add(address);
    seen.add(address & ~0xFFL);
  }

  /** Half of the equipment is declared by address, the rest by network and by MAC address. */
  static String config(int pieces, String indicators, int workers) {
    StringBuilder yaml = new StringBuilder("config-version: 1\n");
    yaml.append("flow: { capacity: 1000000 }\nring: { workers: ").append(workers).append(" }\n");
    if (!indicators.equals("-")) {
      yaml.append("indicators:\n  - { file: ").append(indicators).append(", format: plain }\n");
    }
    yaml.append("equipment:\n");
    for (int i = 0; i < pieces; i++) {
      yaml.append("  - { id: device-").append(i).append(", role: router, match: { ");
      String address = IpAddress.v4(0x0A00_0000 | i << 14 | (i % 250 + 1) << 3).toString();
      switch (i & 3) {
        case 0, 1 -> yaml.append("ip: ").append(address);
        case 2 -> yaml.append("cidr: ").append(address).append("/29");
        default -> yaml.append("mac: \"02:aa:00:00:%02x:%02x\"".formatted(i >> 8, i & 0xFF));
      }
      yaml.append(" } }\n");
    }
    return yaml.toString();
  }
}
