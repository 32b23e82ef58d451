package tapwarden.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.TcpConversation;
import tapwarden.capture.forge.Traffic;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.SequenceSource;

/** Every alert carries the packet that opened the contact, whatever happened in between. */
class EvidenceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Host STATION = Host.of("00:25:9e:4b:17:02", "10.40.17.2");
  private static final Host GATEWAY = Host.of("00:1b:17:00:10:01", "203.0.113.9").timeToLive(51);

  private static final String CONFIGURATION =
      """
      config-version: 1
      equipment:
        - { id: enb, match: { ip: 10.40.17.2 }, vendor: Huawei, policy: ran }
      policies:
        ran:
          allow:
            - { name: "*.oam.example.jp", port: 443 }
            - { cidr: 198.51.100.0/24 }
      """;

  @TempDir Path work;

  /** The verdict waits for a name: here for five seconds, in which 200 other frames pass. */
  @Test
  void theFirstPacketIsThereThoughTheEquipmentWasBusyWhileTheVerdictWaited() throws Exception {
    Traffic traffic = new Traffic(1_793_577_600L * SECOND);
    traffic.tcp(STATION, 40_001, GATEWAY, 443).syn();
    byte[] syn = traffic.frames().getFirst().bytes();
    busy(traffic, 200);
    List<byte[]> proof = proofOfTheOnlyAlert(traffic);
    assertThat(proof).anyMatch(frame -> Arrays.equals(frame, syn));
    assertThat(proof.getFirst()).isEqualTo(syn);
  }

  /** The tenth packet ends the wait; it and the first are both there. */
  @Test
  void theFirstPacketIsThereWhenPacketsEndTheWait() throws Exception {
    Traffic traffic = new Traffic(1_793_577_600L * SECOND);
    TcpConversation contact = traffic.tcp(STATION, 40_001, GATEWAY, 443).syn();
    byte[] syn = traffic.frames().getFirst().bytes();
    busy(traffic, 100);
    contact.synAck().clientSegment(0x10);
    for (int i = 0; i < 6; i++) {
      contact.clientSegment(0x18, (byte) i);
    }
    List<byte[]> soFar = traffic.frames().stream().map(frame -> frame.bytes()).toList();
    contact.clientSegment(0x18, (byte) 6);
    List<byte[]> proof = proofOfTheOnlyAlert(traffic);
    assertThat(proof.getFirst()).isEqualTo(syn);
    assertThat(proof).anyMatch(frame -> Arrays.equals(frame, soFar.getLast()));
    assertThat(proof.getLast()).isEqualTo(traffic.frames().getLast().bytes());
  }

  /** An allowed contact that fills the history, 30 ms a frame. */
  private static void busy(Traffic traffic, int frames) {
    traffic.gap(30_000_000);
    Host allowed = GATEWAY.withAddress("198.51.100.5");
    for (int i = 0; i < frames; i++) {
      traffic.udp(
          STATION, 5_000, allowed, 5_000, ("frame " + i).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private List<byte[]> proofOfTheOnlyAlert(Traffic traffic) throws IOException {
    Path capture = work.resolve("in.pcap");
    traffic.writePcap(capture);
    Path yaml = Files.writeString(work.resolve("tapwarden.yaml"), CONFIGURATION);
    Path out = work.resolve("out");
    int code =
        Commands.run(
            "replay", capture.toString(), "-c", yaml.toString(), "-l", out.toString(), "-q");
    assertThat(code).isZero();
    List<Path> files;
    try (Stream<Path> list = Files.list(out.resolve("evidence"))) {
      files = list.toList();
    }
    assertThat(files).hasSize(1);
    return frames(files.getFirst());
  }

  private static List<byte[]> frames(Path file) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
    Frame view = new Frame();
    try (SequenceSource source = SequenceSource.open(List.of(file.toString()), false)) {
      while (source.read(batch) != PacketSource.END) {
        for (int i = 0; i < batch.size(); i++) {
          batch.frame(i, view);
          byte[] bytes = new byte[view.capturedLength()];
          java.lang.foreign.MemorySegment.copy(
              view.segment(),
              java.lang.foreign.ValueLayout.JAVA_BYTE,
              view.offset(),
              bytes,
              0,
              bytes.length);
          frames.add(bytes);
        }
        batch.clear();
      }
    }
    return frames;
  }
}
