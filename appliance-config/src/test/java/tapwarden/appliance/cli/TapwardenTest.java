package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.inspect.pipeline.EventSelection;

class TapwardenTest {
  private final FakeServices services = new FakeServices();
  @TempDir private Path directory;

  private String config(String text) throws IOException {
    Path file = directory.resolve("tapwarden.yaml");
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void printsALineForAnAlertAndASentenceForAll() {
    services.alerts.add(SampleAlerts.alert("a", 1, 75, "upd.example.net"));
    assertThat(services.execute("replay", "x.pcap")).isZero();
    assertThat(services.out())
        .isEqualTo(
            """
            2026-11-23 08:00:00.000001  HIGH      enb-tokyo-17 (Huawei) → 203.0.113.9:443/tcp\
             upd.example.net  Contact with a listed address [established, 75]: listed in c2.txt;\
             first contact ever
            1,204 packets in 88 flows, 3 pieces of equipment; 1 alert: 1 high; seen: every frame\
             was inspected.
            """);
    assertThat(services.err()).isEmpty();
  }

  @Test
  void printsALaterRevisionOnlyWhenItIsGraver() {
    services.alerts.add(SampleAlerts.alert("a", 1, 50, null));
    services.alerts.add(SampleAlerts.alert("a", 2, 50, null));
    services.alerts.add(SampleAlerts.alert("a", 3, 95, null));
    services.execute("replay", "x.pcap");
    assertThat(services.out().lines().filter(line -> line.contains("enb-tokyo-17")))
        .satisfiesExactly(
            line -> assertThat(line).contains("  MEDIUM  "),
            line -> assertThat(line).contains("  CRITICAL  ").endsWith(" (now)"));
  }

  @Test
  void aNameFromTheWireCannotMoveTheCursor() {
    services.alerts.add(SampleAlerts.alert("a", 1, 75, "evil\u001b[2J\r\n\u202e.example"));
    services.execute("replay", "x.pcap");
    assertThat(services.out())
        .contains("evil\\u001b[2J\\u000d\\u000a\\u202e.example")
        .doesNotContain("\u001b");
    assertThat(services.out().lines()).hasSize(2);
  }

  @Test
  void jsonPrintsEveLinesAndNothingElseOnStandardOutput() {
    services.alerts.add(SampleAlerts.alert("a", 1, 75, null));
    services.eveLines.add("{\"event_type\":\"alert\"}");
    services.eveLines.add("{\"event_type\":\"flow\"}");
    assertThat(services.execute("replay", "--json", "x.pcap")).isZero();
    assertThat(services.out()).isEqualTo("{\"event_type\":\"alert\"}\n{\"event_type\":\"flow\"}\n");
    assertThat(services.err()).contains("1,204 packets");
    services.execute("replay", "--json", "-q", "x.pcap");
    assertThat(services.err()).isEmpty();
  }

  @Test
  void handsOnWhatTheCommandLineSays() {
    services.execute(
        "replay",
        "-l",
        "out",
        "--no-input-hash",
        "--workers",
        "3",
        "--events",
        "alert,flow",
        "--set",
        "flow.capacity=5000",
        "a.pcap",
        "-",
        "--",
        "host",
        "192.0.2.1",
        "and",
        "tcp");
    ReplayRequest request = services.replays.getFirst();
    assertThat(request.captures()).containsExactly(Path.of("a.pcap"), Path.of("-"));
    assertThat(request.logDirectory()).isEqualTo(Path.of("out"));
    assertThat(request.filter()).isEqualTo("host 192.0.2.1 and tcp");
    assertThat(request.hashInputs()).isFalse();
    assertThat(request.config().ring().workers()).isEqualTo(3);
    assertThat(request.config().eve().events())
        .isEqualTo(EventSelection.of(List.of("alert", "flow")));
    assertThat(request.config().flow().capacity()).isEqualTo(5000);
  }

  @Test
  void defaultsAreTheOnesThatAreDocumented() {
    services.execute("replay", "a.pcap");
    ReplayRequest request = services.replays.getFirst();
    assertThat(request.logDirectory()).isEqualTo(Path.of("tapwarden-out"));
    assertThat(request.filter()).isNull();
    assertThat(request.hashInputs()).isTrue();
    assertThat(request.config().eve().events()).isEqualTo(EventSelection.ALL);
  }

  @Test
  void aFlagOfItsOwnIsNamedInTheProblemItCauses() {
    assertThat(services.execute("replay", "--events", "alert,flaw", "x.pcap")).isEqualTo(3);
    assertThat(services.err())
        .startsWith(
            """
            --events alert,flaw: error: unknown type of event 'flaw'; did you mean 'flow'?
                 | --events alert,flaw
                 |                ^^^^
            """);
    assertThat(services.replays).isEmpty();
  }

  @Test
  void failOnAlertTakesASeverityOnlyAfterAnEqualsSign() {
    services.alerts.add(SampleAlerts.alert("a", 1, 50, null));
    assertThat(services.execute("replay", "x.pcap")).isZero();
    assertThat(services.execute("replay", "--fail-on-alert", "x.pcap")).isEqualTo(10);
    assertThat(services.execute("replay", "--fail-on-alert=medium", "x.pcap")).isEqualTo(10);
    assertThat(services.execute("replay", "--fail-on-alert=high", "x.pcap")).isZero();
    assertThat(services.execute("replay", "--fail-on-alert=awful", "x.pcap")).isEqualTo(2);
  }

  @Test
  void damageExitsWithFiveAndAMissingCaptureWithFour() {
    assertThat(services.execute("replay", "damaged.pcap")).isEqualTo(5);
    assertThat(services.out()).contains("partly seen: x is damaged in 1 place");
    assertThat(services.execute("replay", "missing.pcap")).isEqualTo(4);
    assertThat(services.err()).isEqualTo("error: there is no file missing.pcap\n");
  }

  @Test
  void eachInspectsEveryCaptureByItselfAndGoesOnAfterAFailure() {
    int code =
        services.execute(
            "replay", "--each", "-l", "out", "dir/a.pcap", "missing.pcap", "damaged.pcap");
    assertThat(code).isEqualTo(4);
    assertThat(services.replays)
        .extracting(request -> String.valueOf(request.logDirectory()))
        .containsExactly("out/0001-a.pcap", "out/0002-missing.pcap", "out/0003-damaged.pcap");
    assertThat(services.replays).allMatch(request -> request.captures().size() == 1);
  }

  @Test
  void theGravestExitCodeIsTheFirstOfFailureCaptureDamageAlertsDone() {
    assertThat(ExitCode.DONE.or(ExitCode.ALERTS_FOUND)).isEqualTo(ExitCode.ALERTS_FOUND);
    assertThat(ExitCode.ALERTS_FOUND.or(ExitCode.INPUT_DAMAGED)).isEqualTo(ExitCode.INPUT_DAMAGED);
    assertThat(ExitCode.INPUT_DAMAGED.or(ExitCode.CAPTURE_NOT_POSSIBLE))
        .isEqualTo(ExitCode.CAPTURE_NOT_POSSIBLE);
    assertThat(ExitCode.CAPTURE_NOT_POSSIBLE.or(ExitCode.FAILED)).isEqualTo(ExitCode.FAILED);
    assertThat(ExitCode.DONE.or(ExitCode.DONE)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void readsTheCapturesOfAFileList() throws IOException {
    Path list = directory.resolve("list");
    Files.writeString(list, "b.pcap\n\n#c.pcap\n");
    services.execute("replay", "--file-list", list.toString(), "a.pcap");
    assertThat(services.replays.getFirst().captures())
        .containsExactly(Path.of("a.pcap"), Path.of("b.pcap"), Path.of("#c.pcap"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "replya x.pcap",
        "replay",
        "replay --no-such-option x.pcap",
        "replay --set flow x.pcap",
        "replay -f tcp x.pcap -- udp",
        "replay --file-list /no/such/list",
        "check -- tcp",
        "explain --packet -3 x.pcap",
        "explain --packet 0 x.pcap",
        "run",
        "explain --packet many x.pcap",
        "alerts --since yesterday",
        "alerts --endpoint nonsense",
        "alerts --follow --count"
      })
  void wrongUsageExitsWithTwoAndSaysWhy(String line) {
    assertThat(services.execute(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(services.err()).isNotEmpty();
    assertThat(services.out()).isEmpty();
  }

  @Test
  void suggestsTheOptionThatWasProbablyMeant() {
    services.execute("replay", "--no-input-hsh", "x.pcap");
    assertThat(services.err()).contains("--no-input-hash");
  }

  @Test
  void anInvalidConfigurationExitsWithThreeBeforeAnythingIsRead() throws IOException {
    String file = config("flow: { capasity: 1 }\n");
    for (List<String> command :
        List.of(
            List.of("replay", "-c", file, "x.pcap"),
            List.of("run", "-c", file),
            List.of("explain", "-c", file, "x.pcap"),
            List.of("equipment", "-c", file, "x.pcap"),
            List.of("check", "-c", file),
            List.of("-T", "-c", file))) {
      assertThat(services.execute(command.toArray(String[]::new))).as("%s", command).isEqualTo(3);
      assertThat(services.err()).contains("did you mean 'capacity'?");
    }
    assertThat(services.replays).isEmpty();
    assertThat(services.runs).isEmpty();
  }

  @Test
  void checkReportsConflictsBetweenPiecesOfEquipment() throws IOException {
    String file =
        config(
            """
            equipment:
              - { id: a, match: { ip: 10.0.0.1 } }
              - { id: b, match: { ip: 10.0.0.1 } }
            """);
    assertThat(services.execute("check", "-c", file)).isEqualTo(3);
    assertThat(services.err()).contains("tapwarden.yaml:3:11: error: equipment b claims");
  }

  @Test
  void checkReportsConflictsAlsoBesideOtherErrors() throws IOException {
    String file =
        config(
            """
            flow: { capasity: 1 }
            equipment:
              - { id: a, match: { ip: 10.0.0.1 } }
              - { id: b, match: { ip: 10.0.0.1 } }
              - { id: c, match: { mac: zz }, policy: ran }
            """);
    assertThat(services.execute("check", "-c", file)).isEqualTo(3);
    assertThat(services.err())
        .contains("unknown key 'capasity'")
        .contains("tapwarden.yaml:4:11: error: equipment b claims")
        .contains("unknown policy 'ran'")
        .endsWith("configuration invalid: 4 errors\n");
  }

  @Test
  void checkReportsAMissingListOnceAndInWords() throws IOException {
    String file = config("indicators: [{ file: none.txt }]\n");
    assertThat(services.execute("check", "-c", file)).isEqualTo(3);
    assertThat(services.err())
        .contains("tapwarden.yaml:1:22: error: there is no file")
        .endsWith("configuration invalid: 1 error\n")
        .doesNotContain("Exception");
  }

  @Test
  void checkKnowsTheDetectorsThatCanBeSilenced() throws IOException {
    String file = config("suppress: [{ detector: watchlst, reason: ours }]\n");
    assertThat(services.execute("check", "-c", file)).isEqualTo(3);
    assertThat(services.err())
        .contains("tapwarden.yaml:1:24: error: unknown detector 'watchlst'")
        .contains("did you mean 'watchlist'?")
        .contains("allowed: policy, watchlist");
  }

  @Test
  void checkSaysWhatAValidConfigurationHolds() throws IOException {
    String file = config("equipment: [{ id: a, match: { ip: 10.0.0.1 } }]\n");
    assertThat(services.execute("check", "-c", file)).isZero();
    assertThat(services.out())
        .isEqualTo(
            "configuration valid: 1 piece of equipment, 0 policies, 0 indicator lists,"
                + " 0 suppressions ("
                + file
                + ")\n");
  }

  @Test
  void theEnvironmentSetsKeysAndAFlagWins() {
    Map<String, String> environment = Map.of("TAPWARDEN_RING_WORKERS", "4");
    services.execute(environment, "replay", "x.pcap");
    services.execute(environment, "replay", "--workers", "2", "x.pcap");
    assertThat(services.replays)
        .extracting(request -> request.config().ring().workers())
        .containsExactly(4, 2);
  }

  @Test
  void runListensToTheInterfacesOfTheCommandLine() {
    assertThat(services.execute("run", "-i", "eth1", "-i", "eth2", "-q", "--set", "console.port=0"))
        .isZero();
    RunRequest request = services.runs.getFirst();
    assertThat(request.config().capture().interfaces()).containsExactly("eth1", "eth2");
    assertThat(request.config().capture().live()).hasSize(2);
  }

  @Test
  void runWithoutAnInterfaceIsNotARunThatSawNothing() {
    assertThat(services.execute("run")).isEqualTo(2);
    assertThat(services.err()).contains("name an interface with -i").contains("interfaces");
    assertThat(services.runs).isEmpty();
  }

  @Test
  void saysWhatAValueMayBeWithoutTheWordsOfTheLanguageItIsWrittenIn() {
    assertThat(services.execute("replay", "--fail-on-alert=grave", "x.pcap")).isEqualTo(2);
    assertThat(services.err())
        .contains("'grave' is none of critical, high, medium, low")
        .doesNotContain("java");
    assertThat(services.execute("alerts", "--severity", "grave")).isEqualTo(2);
    assertThat(services.err()).contains("'grave' is none of critical, high, medium, low");
    assertThat(services.execute("explain", "--packet", "many", "x.pcap")).isEqualTo(2);
    assertThat(services.err()).contains("'many' is no whole number");
  }

  @Test
  void explainPrintsOnlyWhatItIsAskedFor() {
    assertThat(services.execute("explain", "x.pcap", "--packet", "3")).isZero();
    assertThat(services.explains.getFirst().packet()).isEqualTo(3);
    assertThat(services.out()).isEqualTo("Frame 1\n");
    assertThat(services.execute("explain", "x.pcap", "--packet", "5000")).isEqualTo(1);
    assertThat(services.err()).contains("there is no packet 5000; the input has 1,204 packets");
  }

  @Test
  void helpOfEachCommandShowsExamplesAndExitCodes() {
    for (String command : List.of("replay", "run", "check", "explain", "equipment", "alerts")) {
      assertThat(services.execute(command, "--help")).isZero();
      assertThat(services.out())
          .contains("Example")
          .contains("  10   alerts found and --fail-on-alert given")
          .contains("  5    input damaged");
    }
  }

  @Test
  void helpNamesEveryCommandButNotTheRulesThatAreNotThereYet() {
    assertThat(services.execute("--help")).isZero();
    assertThat(services.out())
        .contains("replay", "run", "check", "explain", "interfaces", "equipment", "alerts");
    services.execute("replay", "--help");
    assertThat(services.out()).doesNotContain("--rules");
  }

  @Test
  void printsAScriptThatCompletesWords() {
    assertThat(services.execute("completion")).isZero();
    assertThat(services.out()).contains("_complete_tapwarden").contains("--no-input-hash");
  }

  @Test
  void saysItsVersion() {
    assertThat(services.execute("--version")).isZero();
    assertThat(services.out()).matches("Tapwarden \\S+ \\(Java \\d+\\)\n");
  }
}
