package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.appliance.cli.CoverageVerdict.Sight;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.count.Counters;
import tapwarden.capture.source.Damage;
import tapwarden.inspect.alert.Severity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class CoverageTest {
  private static final Coverage.Mirror GOOD_MIRROR = new Coverage.Mirror(0, 0, 0, 0, 0);

  private static Coverage.Frames frames(long wire, long inspected) {
    return new Coverage.Frames(wire, 0, 0, 0, Map.of("ring", 0L), 0, inspected, inspected, 0);
  }

  private static Coverage coverage(Coverage.Frames frames) {
    return coverage(frames, 20, GOOD_MIRROR, List.of());
  }

  private static Coverage coverage(
      Coverage.Frames frames, long flows, Coverage.Mirror mirror, List<Coverage.Input> inputs) {
    return coverage(frames, flows, mirror, inputs, List.of());
  }

  private static Coverage coverage(
      Coverage.Frames frames,
      long flows,
      Coverage.Mirror mirror,
      List<Coverage.Input> inputs,
      List<Coverage.Skipped> skipped) {
    return coverage(frames, flows, mirror, inputs, skipped, Map.of());
  }

  private static Coverage coverage(
      Coverage.Frames frames,
      long flows,
      Coverage.Mirror mirror,
      List<Coverage.Input> inputs,
      List<Coverage.Skipped> skipped,
      Map<String, Long> malformations) {
    return new Coverage(
        frames, Map.of(), malformations, flows, 0, Map.of(), inputs, skipped, mirror, Map.of());
  }

  @Test
  void everythingWasSeenWhenTheAccountBalances() {
    CoverageVerdict verdict = coverage(frames(100, 100)).verdict();
    assertThat(verdict.sight()).isEqualTo(Sight.SEEN);
    assertThat(verdict.why()).isEmpty();
  }

  @Test
  void eachKindOfLossIsAReason() {
    // 1000 = 900 delivered + 40 kernel + 5 interface + 30 filtered + (20 + 1) shed + 4 damaged
    Coverage.Frames frames =
        new Coverage.Frames(
            1000, 30, 40, 5, Map.of("ring", 20L, "memory", 1L, "none", 0L), 4, 900, 898, 2);
    assertThat(frames.unaccounted()).isZero();
    CoverageVerdict verdict = coverage(frames).verdict();
    assertThat(verdict.sight()).isEqualTo(Sight.PARTLY);
    assertThat(verdict.why())
        .containsExactly(
            "40 frames were lost in the kernel's capture buffer",
            "5 frames were lost by the interface or its driver",
            "1 frame was shed (memory)",
            "20 frames were shed (ring)",
            "30 frames were left out by the filter",
            "2 frames were quarantined because inspecting them failed",
            "4 frames were damaged");
  }

  @Test
  void headersThatAreNotReadAreAReasonAndOtherMalformationsAreNone() {
    Map<String, Long> malformations = Map.of("layer.limit", 2L, "ipv4.header.length", 3L);
    CoverageVerdict verdict =
        coverage(frames(9, 9), 20, GOOD_MIRROR, List.of(), List.of(), malformations).verdict();
    assertThat(verdict.sight()).isEqualTo(Sight.PARTLY);
    assertThat(verdict.why()).containsExactly("2 frames have more headers than are read");
  }

  @Test
  void nothingInspectedIsBlind() {
    assertThat(coverage(frames(0, 0)).verdict().why()).containsExactly("there was no frame to see");
    Coverage.Frames filtered = new Coverage.Frames(7, 7, 0, 0, Map.of(), 0, 0, 0, 0);
    CoverageVerdict verdict = coverage(filtered).verdict();
    assertThat(verdict.sight()).isEqualTo(Sight.BLIND);
    assertThat(verdict.why())
        .containsExactly(
            "not one frame could be inspected", "7 frames were left out by the filter");
  }

  @Test
  void aFrameThatIsNowhereIsSaid() {
    CoverageVerdict verdict = coverage(frames(101, 100)).verdict();
    assertThat(verdict.sight()).isEqualTo(Sight.PARTLY);
    assertThat(verdict.why()).containsExactly("the account does not balance by 1 frame");
  }

  @Test
  void damageInAnInputMakesItPartlySeen() {
    Coverage coverage =
        coverage(
            frames(100, 100),
            20,
            GOOD_MIRROR,
            List.of(
                input("a.pcap", null, new Damage(24, 6, "cut off")),
                input("b.pcap.gz", "gzip", new Damage(24, 6, "cut off")),
                input("c.pcap", null, new Damage(-1, -1, "cut off"))));
    assertThat(coverage.isDamaged()).isTrue();
    assertThat(coverage.verdict().why())
        .containsExactly(
            "a.pcap is damaged in 1 place, first at byte 24: cut off",
            "b.pcap.gz is damaged in 1 place, first at byte 24 of the decompressed capture: cut"
                + " off",
            "c.pcap is damaged in 1 place: cut off");
  }

  private static Coverage.Input input(String path, @Nullable String compression, Damage damage) {
    return new Coverage.Input(
        path,
        Coverage.Digest.NOT_WANTED,
        compression,
        10,
        100,
        null,
        null,
        List.of(damage),
        Outages.NONE);
  }

  @Test
  void saysHowOftenAndHowLongAnInterfaceWasDown() {
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");
    Outages outages =
        new Outages(
            2, Duration.ofMillis(4_200), List.of(new Outages.Gap(noon, null, "eth1 was removed")));
    Coverage.Input input = new Coverage.Input("eth1", 100, noon, noon, outages);
    Coverage coverage = coverage(frames(100, 100), 20, GOOD_MIRROR, List.of(input));
    assertThat(coverage.verdict().sight()).isEqualTo(Sight.PARTLY);
    assertThat(coverage.verdict().why()).containsExactly("eth1 was down 2 times, for 4.2 s in all");
    assertThat(CoverageReport.json(coverage))
        .contains("\"sha256\":null,\"sha256_missing\":\"an interface is not a file\"")
        .contains(
            "\"outages\":{\"count\":2,\"seconds\":4.200,\"gaps\":[{"
                + "\"from\":\"2026-11-23T12:00:00Z\",\"why\":\"eth1 was removed\"}]}");
  }

  @Test
  void namesAThousandSkippedFilesAndCountsTheRest() {
    List<Coverage.Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      skipped.add(new Coverage.Skipped("notes" + i, "is no capture"));
    }
    String json = CoverageReport.json(coverage(frames(1, 1), 1, GOOD_MIRROR, List.of(), skipped));
    assertThat(json).contains("\"skipped\":{\"count\":1200,\"files\":[{\"path\":\"notes0\",");
    assertThat(json).contains("notes999\"").doesNotContain("notes1000");
    assertThat(coverage(frames(1, 1)).verdict().sight()).isEqualTo(Sight.SEEN);
    assertThat(CoverageReport.json(coverage(frames(1, 1)))).doesNotContain("skipped");
  }

  @Test
  void aMirrorOfOneDirectionIsSaidWhenMostFlowsShowIt() {
    Coverage.Mirror oneSided = new Coverage.Mirror(11, 0, 0, 0, 0);
    assertThat(coverage(frames(100, 100), 20, oneSided, List.of()).verdict().why()).hasSize(1);
    assertThat(coverage(frames(100, 100), 22, oneSided, List.of()).verdict().why()).isEmpty();
    Coverage.Mirror few = new Coverage.Mirror(9, 0, 0, 0, 0);
    assertThat(coverage(frames(100, 100), 9, few, List.of()).verdict().why()).isEmpty();
  }

  @Test
  void takesTheAccountFromTheCountersWithEveryReasonForShedding() {
    Counters counters = new Counters();
    CounterBlock block = counters.newBlock();
    block.add(Counter.FRAMES_DELIVERED, 90);
    block.add(Counter.FRAMES_INSPECTED, 89);
    block.add(Counter.FRAMES_QUARANTINED, 1);
    block.add(Counter.FRAMES_SHED_RING, 7);
    block.add(Counter.FRAMES_KERNEL_DROPPED, 3);
    Coverage.Frames frames = Coverage.Frames.of(counters, 100);
    assertThat(frames.shed()).containsEntry("ring", 7L);
    assertThat(frames.unaccounted()).isZero();
  }

  @Test
  void countsAlertsFromASeverityOn() {
    Coverage coverage =
        new Coverage(
            frames(1, 1),
            Map.of(),
            Map.of(),
            1,
            1,
            Map.of(Severity.CRITICAL, 1L, Severity.MEDIUM, 2L, Severity.LOW, 4L),
            List.of(),
            List.of(),
            GOOD_MIRROR,
            Map.of());
    assertThat(coverage.alertsFrom(Severity.HIGH)).isEqualTo(1);
    assertThat(coverage.alertsFrom(Severity.MEDIUM)).isEqualTo(3);
    assertThat(coverage.alertsFrom(Severity.LOW)).isEqualTo(7);
  }

  @Test
  void writesTheFileThatOtherProgramsRead(@TempDir Path directory) throws Exception {
    Coverage.Input input =
        new Coverage.Input(
            "dir/a \"b\".pcap",
            Coverage.Digest.of("00ff"),
            "gzip",
            1234,
            3,
            Instant.parse("2026-11-23T00:00:00.000001Z"),
            Instant.parse("2026-11-23T00:00:01Z"),
            List.of(new Damage(24, -1, "cut off"), new Damage(-1, -1, "gone")),
            Outages.NONE);
    Coverage coverage =
        new Coverage(
            new Coverage.Frames(10, 1, 2, 0, Map.of("ring", 1L), 1, 5, 4, 1),
            Map.of("tcp", 3L, "ipv4", 4L),
            Map.of("layer.limit", 1L, "ipv4.header.length", 2L),
            2,
            1,
            Map.of(Severity.HIGH, 1L),
            List.of(input),
            List.of(),
            new Coverage.Mirror(1, 2, 3, 4, 5),
            Map.of("frames_delivered", 5L));
    CoverageReport.write(coverage, directory);
    JsonNode json =
        new ObjectMapper().readTree(Files.readString(directory.resolve("coverage.json")));
    assertThat(json.propertyNames())
        .containsExactly(
            "verdict",
            "why",
            "frames",
            "layers",
            "malformations",
            "flows",
            "equipment",
            "alerts",
            "inputs",
            "mirror",
            "counters");
    assertThat(json.get("verdict").stringValue()).isEqualTo("partly");
    assertThat(json.get("frames").toString())
        .isEqualTo(
            "{\"wire\":10,\"filtered\":1,\"kernel_dropped\":2,\"interface_dropped\":0,"
                + "\"shed\":{\"ring\":1},\"damaged\":1,\"delivered\":5,\"inspected\":4,"
                + "\"quarantined\":1}");
    assertThat(json.get("malformations").toString())
        .isEqualTo("{\"ipv4.header.length\":2,\"layer.limit\":1}");
    assertThat(json.get("alerts").toString())
        .isEqualTo("{\"critical\":0,\"high\":1,\"medium\":0,\"low\":0}");
    assertThat(json.get("inputs").get(0).toString())
        .isEqualTo(
            "{\"path\":\"dir/a \\\"b\\\".pcap\",\"sha256\":\"00ff\",\"compression\":\"gzip\","
                + "\"bytes\":1234,\"frames\":3,"
                + "\"first\":\"2026-11-23T00:00:00.000001Z\",\"last\":\"2026-11-23T00:00:01Z\",\"damage\":[{\"offset\":24,\"counted_in\":\"decompressed"
                + " bytes\",\"why\":\"cut off\"},{\"why\":\"gone\"}]}");
    assertThat(json.get("mirror").get("bad_checksums").longValue()).isEqualTo(5);
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }
}
