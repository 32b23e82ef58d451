package tapwarden.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.appliance.config.ConfigLoader;
import tapwarden.appliance.config.ConfigRequest;
import tapwarden.appliance.config.LoadedConfig;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.Traffic;

class PrepareTest {
  /** 128.0.0.0, what the first synthetic indicator lists. */
  private static final Host LISTED = Host.of("02:00:00:00:00:02", "128.0.0.0");

  private static final Host CLIENT = Host.of("02:00:00:00:00:01", "10.0.0.1");
  private static final long START_NANOS = 1_767_225_600_000_001_000L;

  @TempDir Path directory;
  private Path capture;

  @BeforeEach
  void writeCapture() throws IOException {
    capture = directory.resolve("two.pcap");
    new Traffic(START_NANOS)
        .gap(1_500_000_000)
        .udp(CLIENT, 4_000, LISTED, 53, new byte[] {1, 2, 3})
        .udp(LISTED, 53, CLIENT, 4_000, new byte[] {4, 5})
        .writePcap(capture);
  }

  @Test
  void saysWhatACaptureHolds() throws IOException {
    Path facts = directory.resolve("facts");

    Prepare.main(new String[] {"facts", capture.toString(), facts.toString()});

    // 14 + 20 + 8 bytes of headers each; 1.5 s rounded up.
    assertThat(Files.readAllLines(facts))
        .containsExactly("packets=2", "bytes=89", "span_seconds=2");
  }

  @Test
  void repeatsACaptureLater() throws IOException {
    Path later = directory.resolve("later.pcap");

    Prepare.main(new String[] {"shift", capture.toString(), "702", later.toString()});

    List<Long> stamps = new ArrayList<>();
    CaptureFacts facts = CaptureFacts.read(later, frame -> stamps.add(frame.timestampNanos()));
    assertThat(stamps)
        .containsExactly(
            START_NANOS + 702_000_000_000L, START_NANOS + 702_000_000_000L + 1_500_000_000L);
    assertThat(facts.bytes()).isEqualTo(89);
  }

  @Test
  void listsNoAddressThatTheCaptureHas() throws IOException {
    Path list = directory.resolve("list.txt");

    Prepare.main(new String[] {"indicators", "100", list.toString(), capture.toString()});

    assertThat(Files.readAllLines(list)).hasSize(100).doesNotContain("128.0.0.0");
  }

  @Test
  void declaresAsMuchEquipmentAsAskedForWithoutAConflict() throws IOException {
    Path file = directory.resolve("tapwarden.yaml");

    Prepare.main(new String[] {"config", "1000", "-", "2", file.toString()});

    LoadedConfig loaded = ConfigLoader.load(ConfigRequest.of(file));
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.config().ring().workers()).isEqualTo(2);
    assertThat(loaded.config().flow().capacity()).isEqualTo(1_000_000);
    assertThat(loaded.config().equipment()).hasSize(1_000);
    assertThat(loaded.config().equipment().stream().map(e -> e.networks() + " " + e.macs()))
        .doesNotHaveDuplicates();
  }
}
