package tapwarden.inspect.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.SequenceSource;

/**
 * Frames by layer of real captures against those that tshark counted: the quick set, or with {@code
 * -Dcorpus=all} every capture. Where the two differ, {@code explained-differences.tsv} says who is
 * right and why; frames of link types that are not decoded explain themselves.
 */
class DecoderCorpusTest {
  /** The layers that the acceptance compares. */
  private static final List<Layer> COMPARED =
      List.of(
          Layer.IPV4,
          Layer.IPV6,
          Layer.ARP,
          Layer.TCP,
          Layer.UDP,
          Layer.SCTP,
          Layer.ICMP,
          Layer.ICMPV6,
          Layer.VLAN,
          Layer.MPLS,
          Layer.GRE,
          Layer.VXLAN,
          Layer.GENEVE,
          Layer.GTP,
          Layer.PPPOES);

  private static final double LEAST_EQUAL = 0.97;
  private static final boolean ALL = "all".equals(System.getProperty("corpus"));

  private final FrameBatch batch = new FrameBatch(1_024, 1 << 20);
  private final PacketDecoder decoder = new PacketDecoder();
  private final Frame frame = new Frame();
  private final Packet packet = new Packet();
  private final Packet walked = new Packet();
  private final Path corpus =
      Path.of(Optional.ofNullable(System.getenv("TAPWARDEN_SHARED")).orElse("../../shared"))
          .resolve("corpus");

  @Test
  void countsTheLayersThatTsharkCountsOrSaysWhyNot() throws IOException {
    Path truth = corpus.resolve("truth/counts.tsv");
    assumeTrue(Files.exists(truth), "no corpus at " + truth + ": set TAPWARDEN_SHARED");
    Map<String, String> explained = explained();
    List<String> lines = Files.readAllLines(truth);
    Map<String, Integer> column = columns(lines.getFirst());
    Set<String> wanted = wanted();
    Map<Layer, Integer> equal = new TreeMap<>();
    List<String> unexplained = new ArrayList<>();
    int captures = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      if (!row[column.get("tshark_rc")].equals("0") || !wanted.contains(row[0])) {
        continue;
      }
      captures++;
      LayerCounts counts = count(row[0]);
      for (Layer layer : COMPARED) {
        long expected = Long.parseLong(row[column.get("pkts_" + layer.id())]);
        if (counts.frames(layer) == expected) {
          equal.merge(layer, 1, Integer::sum);
        } else if (counts.frames(Layer.UNSUPPORTED_LINK) == 0
            && !explained.containsKey(row[0] + " " + layer.id())) {
          unexplained.add(
              "%s %s: %d, tshark %d".formatted(row[0], layer.id(), counts.frames(layer), expected));
        }
      }
    }
    assertThat(unexplained).isEmpty();
    assertThat(captures).isGreaterThan(100);
    if (!ALL) {
      // The quick set has one capture of each odd link type: no fair sample for a share.
      return;
    }
    for (Layer layer : COMPARED) {
      assertThat((double) equal.getOrDefault(layer, 0) / captures)
          .as("share of %d captures with equal %s", captures, layer.id())
          .isGreaterThanOrEqualTo(LEAST_EQUAL);
    }
  }

  /** Decodes a whole capture in both ways, which must agree on every frame. */
  private LayerCounts count(String capture) throws IOException {
    LayerCounts counts = new LayerCounts();
    Path path = corpus.resolve(capture);
    try (SequenceSource source = SequenceSource.open(List.of(path.toString()), false)) {
      int read = 0;
      while (read != PacketSource.END) {
        batch.clear();
        read = source.read(batch);
        for (int i = 0; i < batch.size(); i++) {
          decoder.decode(batch.frame(i, frame), packet);
          decoder.decodeByWalking(frame, walked);
          String difference = Decoding.difference(packet, walked);
          assertThat(difference).as("frame %d of %s", i, capture).isEmpty();
          Decoding.assertInside(packet);
          counts.count(packet);
        }
      }
    } catch (IOException refused) {
      // No capture file at all to this reader: counts as nothing, so that the comparison tells.
      assertThat(refused).hasMessageContaining(path.getFileName().toString());
    }
    return counts;
  }

  private Set<String> wanted() throws IOException {
    Set<String> paths = new HashSet<>();
    for (String line : Files.readAllLines(corpus.resolve(ALL ? "INDEX.tsv" : "QUICK.tsv"))) {
      paths.add(line.substring(0, line.indexOf('\t')));
    }
    return paths;
  }

  private static Map<String, Integer> columns(String header) {
    List<String> names = Arrays.asList(header.split("\t", -1));
    Map<String, Integer> out = new HashMap<>();
    names.forEach(name -> out.put(name, names.indexOf(name)));
    return out;
  }

  /** Lines of capture, layers, reason; a line without capture is a comment. */
  private static Map<String, String> explained() throws IOException {
    Map<String, String> out = new HashMap<>();
    try (InputStream in =
        DecoderCorpusTest.class.getResourceAsStream("explained-differences.tsv")) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        String[] row = line.split("\t");
        if (line.startsWith("#") || row.length != 3) {
          continue;
        }
        for (String layer : row[1].split(" ")) {
          out.put(row[0] + " " + layer, row[2]);
        }
      }
    }
    assertThat(out).isNotEmpty();
    return out;
  }
}
