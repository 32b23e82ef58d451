package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;

/** Frame counts of real captures against those that tshark counted. */
class CorpusFramesTest {
  /** What is read of captures where this rightly differs from tshark's count, and why. */
  private static final Map<String, String> EXPLAINED =
      Map.of(
          // tshark counts custom blocks as packets; they are none.
          "gopacket/pcapgo/tests/be/test017.pcapng",
          "0",
          "gopacket/pcapgo/tests/be/test102.pcapng",
          "5",
          "gopacket/pcapgo/tests/be/test202.pcapng",
          "8",
          // A modified pcap file, whose records are longer: refused by name.
          "rusticata/assets/modified-format.pcap",
          "refused: modified (Kuznetzov)",
          // The version in the file header is wrong: read all the same, and said.
          "libpcap/pcap-invalid-version-2.pcap",
          "1, damaged at 6",
          "pcapplusplus/Fuzzers/RegressionTests/"
              + "clusterfuzz-testcase-minimized-FuzzTarget-6185045124251648",
          "1, damaged at 6");

  private final FrameBatch batch = new FrameBatch(1_024, 1 << 20);
  private final Path corpus =
      Path.of(Optional.ofNullable(System.getenv("TAPWARDEN_SHARED")).orElse("../../shared"))
          .resolve("corpus");

  @Test
  void readsTheFramesThatTsharkCountsAndFindsNoDamageInThem() throws IOException {
    List<String> different = new ArrayList<>();
    for (String[] row : rows("0")) {
      String expected = EXPLAINED.getOrDefault(row[0], row[2]);
      String found = read(row[0]);
      if (!found.startsWith(expected) || EXPLAINED.get(row[0]) == null && !found.equals(expected)) {
        different.add(row[0] + ": " + found + ", expected " + expected);
      }
    }
    assertThat(different).isEmpty();
  }

  /** tshark stops at damage; what it read before must be read here too. */
  @Test
  void readsAtLeastAsMuchOfDamagedCaptures() throws IOException {
    List<String> different = new ArrayList<>();
    for (String[] row : rows("2")) {
      String found = read(row[0]);
      boolean refused = found.startsWith("refused") && row[2].equals("0");
      if (!refused && Long.parseLong(found.split(",")[0]) < Long.parseLong(row[2])) {
        different.add(row[0] + ": " + found + ", tshark read " + row[2]);
      }
    }
    assertThat(different).isEmpty();
  }

  /** Path, exit code of tshark and packets of the captures where tshark ended with {@code code}. */
  private List<String[]> rows(String code) throws IOException {
    Path truth = corpus.resolve("truth/counts.tsv");
    assumeTrue(Files.exists(truth), "no corpus at " + truth + ": set TAPWARDEN_SHARED");
    List<String> lines = Files.readAllLines(truth);
    int packets = Arrays.asList(lines.getFirst().split("\t", -1)).indexOf("packets");
    List<String[]> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split("\t", -1);
      if (columns[1].equals(code)) {
        rows.add(new String[] {columns[0], columns[1], columns[packets]});
      }
    }
    assertThat(rows).isNotEmpty();
    return rows;
  }

  /** {@code frames}, {@code frames, damaged at offset}, or {@code refused: kind}. */
  private String read(String capture) throws IOException {
    String path = corpus.resolve(capture).toString();
    long frames = 0;
    try (SequenceSource source = SequenceSource.open(List.of(path), false)) {
      int read = 0;
      while (read != PacketSource.END) {
        batch.clear();
        read = source.read(batch);
        frames += Math.max(0, read);
      }
      InputReport report = source.reports().getFirst();
      assertThat(report.frames()).isEqualTo(frames);
      return report.damage().isEmpty()
          ? "" + frames
          : frames + ", damaged at " + report.damage().getFirst().offset();
    } catch (CaptureFormatException e) {
      String message = CaptureFormatException.reason(e);
      return "refused: "
          + (message.contains("modified (Kuznetzov)") ? "modified (Kuznetzov)" : message);
    }
  }
}
