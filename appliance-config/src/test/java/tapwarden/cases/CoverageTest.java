package tapwarden.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.forge.Traffic;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What the commands say about what was seen, on captures whose content is known by construction.
 */
class CoverageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path work;

  @Test
  void aSixteenthOfTheFramesHasItsChecksumsVerified() throws IOException {
    for (String workers : List.of("1", "3")) {
      Path out = work.resolve("out" + workers);
      int code =
          Commands.run(
              "replay", capture(40).toString(), "-l", out.toString(), "-q", "--workers", workers);
      assertThat(code).isZero();
      JsonNode coverage = JSON.readTree(Files.readString(out.resolve("coverage.json")));
      assertThat(coverage.path("frames").path("inspected").asInt()).isEqualTo(40);
      // Of frames 1 to 40, all with a wrong checksum, numbers 16 and 32 are verified.
      assertThat(coverage.path("mirror").path("bad_checksums").asInt()).isEqualTo(2);
    }
  }

  /** One contact more than a worker follows: it cannot wait for a name, and is told without one. */
  @Test
  void aContactThatFindsNoRoomToWaitForANameIsJudgedAtOnce() throws IOException {
    int followed = 65_536;
    Traffic traffic = new Traffic(1_793_577_600_000_000_000L).gap(1_000);
    for (int i = 0; i <= followed; i++) {
      traffic.frame(
          Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
          Forge.ipv4("10.0.0.2", "198.18." + ((i >> 8) & 0xFF) + "." + (i & 0xFF)),
          Forge.tcp(40_000 + (i >> 16), 443).flags(0x02));
    }
    Path file = work.resolve("many.pcap");
    traffic.writePcap(file);
    Path config =
        Files.writeString(
            work.resolve("many.yaml"),
            """
            config-version: 1
            equipment:
              - { id: gate, match: { ip: 10.0.0.2 }, policy: named }
            policies:
              named: { allow: [ { name: "*.example.org", port: 443 } ] }
            """);
    Path out = work.resolve("many");
    int code =
        Commands.run(
            "replay", file.toString(), "-c", config.toString(), "-l", out.toString(), "-q");
    assertThat(code).isZero();
    JsonNode counters =
        JSON.readTree(Files.readString(out.resolve("coverage.json"))).path("counters");
    assertThat(counters.path("contacts_not_followed").asInt()).isEqualTo(1);
    assertThat(counters.path("findings").asInt()).isEqualTo(followed + 1);
  }

  /** 17 VLAN tags below Ethernet are 18 headers before the address; 16 are read. */
  @Test
  void headersBeyondTheLimitAreCountedAndSaid() throws IOException {
    Layer[] deep = new Layer[20];
    java.util.Arrays.fill(deep, Forge.vlan(5));
    deep[0] = Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01");
    deep[18] = Forge.ipv4("10.0.0.2", "198.51.100.7");
    deep[19] = Forge.udp(40_000, 9);
    Path file = work.resolve("deep.pcap");
    new Traffic(1_793_577_600_000_000_000L).frame(deep).writePcap(file);
    Path out = work.resolve("deep");
    assertThat(Commands.run("replay", file.toString(), "-l", out.toString(), "-q")).isZero();
    JsonNode coverage = JSON.readTree(Files.readString(out.resolve("coverage.json")));
    assertThat(coverage.path("malformations").path("layer.limit").asInt()).isEqualTo(1);
    assertThat(coverage.path("verdict").asString()).isEqualTo("partly");
    assertThat(coverage.path("why").toString())
        .isEqualTo("[\"1 frame has more headers than are read\"]");
  }

  /** The camera's first frame is the second of the second file. */
  @Test
  void equipmentIsSeenInTheFileThatShowsIt() throws IOException {
    Path first = work.resolve("first.pcap");
    Path second = work.resolve("second.pcap");
    Layer[] office = {
      Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
      Forge.ipv4("10.0.0.2", "198.51.100.7"),
      Forge.udp(40_000, 9)
    };
    Layer[] camera = {
      Forge.ethernet("44:19:b6:21:08:05", "00:1b:17:00:10:01"),
      Forge.ipv4("10.60.4.5", "198.51.100.7"),
      Forge.udp(40_000, 9)
    };
    new Traffic(1_793_577_600_000_000_000L).frame(office).frame(office).writePcap(first);
    new Traffic(1_793_577_700_000_000_000L).frame(office).frame(camera).writePcap(second);
    Path out = work.resolve("files");
    int code =
        Commands.run("replay", first.toString(), second.toString(), "-l", out.toString(), "-q");
    assertThat(code).isZero();
    List<JsonNode> seen =
        Files.readAllLines(out.resolve("eve.json")).stream()
            .map(JSON::readTree)
            .filter(event -> event.at("/tapwarden/equipment/event").asString().equals("seen"))
            .toList();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().path("pcap_filename").asString()).isEqualTo(second.toString());
    assertThat(seen.getFirst().path("pcap_cnt").asInt()).isEqualTo(2);
  }

  @Test
  void eachTakesARefusedFileForDamagedInputAndSaysWhyItIsBlind() throws IOException {
    Path refused = work.resolve("modified.pcap");
    byte[] modified = new byte[24];
    java.nio.ByteBuffer.wrap(modified).putInt(0xA1B2_CD34).putShort((short) 2).putShort((short) 4);
    Files.write(refused, modified);
    Path text = Files.writeString(work.resolve("notes.txt"), "no capture at all, just some notes");
    Path out = work.resolve("out");
    Commands.Result each =
        Commands.result(
            "replay",
            "--each",
            "-l",
            out.toString(),
            refused.toString(),
            text.toString(),
            capture(3).toString());
    assertThat(each.code()).isEqualTo(5);
    assertThat(each.err()).contains("modified (Kuznetzov)");
    JsonNode coverage =
        JSON.readTree(Files.readString(out.resolve("0001-modified.pcap/coverage.json")));
    assertThat(coverage.path("verdict").asString()).isEqualTo("blind");
    assertThat(coverage.at("/inputs/0/damage/0/why").asString()).contains("modified (Kuznetzov)");
    assertThat(coverage.at("/inputs/0/bytes").asInt()).isEqualTo(24);
    assertThat(coverage.at("/inputs/0/sha256").asString()).hasSize(64);
    assertThat(out.resolve("0001-modified.pcap/eve.json")).exists();
    assertThat(out.resolve("0002-notes.txt/coverage.json")).exists();
    JsonNode last = JSON.readTree(Files.readString(out.resolve("0003-in.pcap/coverage.json")));
    assertThat(last.at("/frames/inspected").asInt()).isEqualTo(3);
  }

  @Test
  void aFolderGivesAnAccountOfEveryFileInIt() throws IOException {
    Path captures = Files.createDirectory(work.resolve("captures"));
    Files.copy(capture(3), captures.resolve("a.pcap"));
    Files.writeString(captures.resolve("notes.txt"), "no capture at all, just some notes");
    byte[] whole = Files.readAllBytes(captures.resolve("a.pcap"));
    try (java.util.zip.GZIPOutputStream cut =
        new java.util.zip.GZIPOutputStream(Files.newOutputStream(captures.resolve("b.pcap.gz")))) {
      cut.write(whole, 0, whole.length - 1);
    }
    Path out = work.resolve("out");
    Commands.Result result =
        Commands.result("replay", captures.toString(), "-l", out.toString(), "--no-input-hash");
    assertThat(result.code()).isEqualTo(5);
    // 24 bytes of file header; the third record's header comes after two records.
    int third = 24 + 2 * (whole.length - 24) / 3;
    assertThat(result.err())
        .contains("skipped " + captures + "/notes.txt: is no capture: it starts with ")
        .contains("b.pcap.gz: at byte " + third + " of the decompressed capture: ")
        .doesNotContain(" -1");
    JsonNode coverage = JSON.readTree(Files.readString(out.resolve("coverage.json")));
    assertThat(coverage.at("/skipped/count").asInt()).isEqualTo(1);
    assertThat(coverage.at("/skipped/files/0/path").asString()).endsWith("/notes.txt");
    assertThat(coverage.at("/skipped/files/0/why").asString()).startsWith("is no capture");
    assertThat(coverage.at("/inputs/0/sha256_missing").asString()).isEqualTo("not asked for");
    assertThat(coverage.at("/inputs/1/compression").asString()).isEqualTo("gzip");
    assertThat(coverage.at("/inputs/1/damage/0/offset").asInt()).isEqualTo(third);
    assertThat(coverage.at("/inputs/1/damage/0/counted_in").asString())
        .isEqualTo("decompressed bytes");

    Commands.Result each =
        Commands.result("replay", "--each", captures.toString(), "-l", out + "2");
    assertThat(each.code()).isEqualTo(5);
    assertThat(each.err()).contains("note: skipped " + captures + "/notes.txt: ");
  }

  @Test
  void aRefusedFileAloneOrAMissingOneIsNoCaptureAtAll() throws IOException {
    Path text = Files.writeString(work.resolve("notes.txt"), "no capture at all, just some notes");
    String out = work.resolve("out").toString();
    assertThat(Commands.run("replay", "-q", "-l", out, text.toString())).isEqualTo(4);
    String missing = work.resolve("missing.pcap").toString();
    assertThat(Commands.run("replay", "--each", "-q", "-l", out, missing)).isEqualTo(4);
  }

  @Test
  void explainsAFrameAsJson() throws IOException {
    Commands.Result result =
        Commands.result("explain", capture(3).toString(), "--packet", "2", "--json");
    assertThat(result.code()).isZero();
    JsonNode frame = JSON.readTree(result.out());
    assertThat(frame.path("number").asInt()).isEqualTo(2);
  }

  @Test
  void aFilterThatIsNoneIsWrongUsage() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Commands.run(
                "replay",
                capture(1).toString(),
                "-q",
                "-l",
                work.resolve("f").toString(),
                "-f",
                "udp")
            == 0,
        "libpcap is missing");
    Commands.Result result =
        Commands.result(
            "replay", capture(1).toString(), "-l", work.resolve("g").toString(), "-f", "udp prt 5");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("prt");
  }

  private Path capture(int frames) throws IOException {
    Traffic traffic = new Traffic(1_793_577_600_000_000_000L).gap(1_000_000);
    for (int i = 0; i < frames; i++) {
      traffic.frame(
          Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
          Forge.ipv4("10.0.0.2", "10.0.0.3"),
          Forge.udp(5_000, 5_001).checksum(0x0001),
          Forge.payload("payload"));
    }
    Path file = Files.createTempDirectory(work, "in").resolve("in.pcap");
    traffic.writePcap(file);
    return file;
  }
}
