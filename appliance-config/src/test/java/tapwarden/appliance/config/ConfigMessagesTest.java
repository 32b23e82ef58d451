package tapwarden.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expected texts are written by hand: they are what a person should read. */
class ConfigMessagesTest {
  @TempDir Path directory;

  private String problems(String text) {
    ConfigFilesOnDisk files = new ConfigFilesOnDisk(directory);
    return files.problems(files.load(text));
  }

  @Test
  void showsAnUnknownKeyWithACaretASuggestionAndWhatIsAllowed() {
    assertThat(problems("config-version: 1\nevidence:\n  befor: 3\n"))
        .isEqualTo(
            """
            tapwarden.yaml:3:3: error: unknown key 'befor'; did you mean 'before'?
               3 |   befor: 3
                 |   ^^^^^
                  allowed: after, before, max-bytes, payload
            """);
  }

  @Test
  void makesNoSuggestionWhenNothingIsNear() {
    assertThat(problems("evidence: { zebra: 1 }\n"))
        .startsWith("tapwarden.yaml:1:13: error: unknown key 'zebra'\n");
  }

  @Test
  void reportsEveryProblemOfAFileAtOnceInTheOrderOfItsLines() {
    String problems =
        problems(
            """
            config-version: 2
            flow:
              capacity: lots
              tcp-new-timeout: 90x
              vlan-in-key: maybe
            evidence:
              max-bytes: 64 MeB
              payload: header
            """);
    assertThat(problems.lines().filter(line -> line.contains("error:")))
        .containsExactly(
            "tapwarden.yaml:1:17: error: config-version 2 is not known to this release",
            "tapwarden.yaml:3:13: error: 'lots' is no value of 'capacity'",
            "tapwarden.yaml:4:20: error: '90x' is no value of 'tcp-new-timeout'",
            "tapwarden.yaml:5:16: error: 'maybe' is no value of 'vlan-in-key'",
            "tapwarden.yaml:7:14: error: '64 MeB' is no value of 'max-bytes'",
            "tapwarden.yaml:8:12: error: unknown value of 'payload' 'header'; did you mean"
                + " 'headers'?");
  }

  @Test
  void namesTheAllowedRangeOfANumber() {
    assertThat(problems("flow: { capacity: 5 }\n"))
        .isEqualTo(
            """
            tapwarden.yaml:1:19: error: '5' is no value of 'capacity'
               1 | flow: { capacity: 5 }
                 |                   ^
                  allowed: 1000 to 100000000
            """);
  }

  @Test
  void refusesHostBitsAndSaysBothThingsThatMayHaveBeenMeant() {
    assertThat(problems("networks:\n  home: [10.0.0.1/8]\n"))
        .isEqualTo(
            """
            tapwarden.yaml:2:10: error: '10.0.0.1/8' has bits beside its prefix
               2 |   home: [10.0.0.1/8]
                 |          ^^^^^^^^^^
                  the network is 10.0.0.0/8, the address alone 10.0.0.1
            """);
  }

  @Test
  void pointsAtBothPlacesOfADuplicateKey() {
    assertThat(problems("policies:\n  ran: { allow: [] }\n  ran: { allow: [] }\n"))
        .isEqualTo(
            """
            tapwarden.yaml:3:3: error: key 'ran' appears twice; it was given before at\
             tapwarden.yaml:2:3
               3 |   ran: { allow: [] }
                 |   ^^^
            """);
  }

  @Test
  void saysWhichPolicyWasProbablyMeant() {
    assertThat(
            problems(
                """
                equipment:
                  - { id: enb, match: { ip: 10.0.0.1 }, policy: rann }
                policies:
                  ran: {}
                """))
        .startsWith("tapwarden.yaml:2:49: error: unknown policy 'rann'; did you mean 'ran'?\n");
  }

  @Test
  void refusesAnEntryThatWouldAllowOrSilenceEverything() {
    assertThat(
            problems(
                """
                policies:
                  ran: { allow: [{}] }
                suppress:
                  - { reason: noise }
                """))
        .contains("tapwarden.yaml:2:18: error: this entry allows every contact with everybody\n")
        .contains("tapwarden.yaml:4:5: error: this entry would silence every alert\n");
  }

  @Test
  void demandsAReasonForSilence() {
    assertThat(problems("suppress:\n  - endpoint: 203.0.113.9\n"))
        .isEqualTo(
            """
            tapwarden.yaml:2:5: error: 'reason' is missing
               2 |   - endpoint: 203.0.113.9
                 |     ^
            """);
  }

  @Test
  void locatesASyntaxError() {
    assertThat(problems("flow:\n  capacity: [1, 2\n"))
        .startsWith("tapwarden.yaml:2:18: error: not YAML: ");
  }

  @Test
  void cutsALongLineAroundTheCaret() {
    String problems = problems("networks: { home: [" + "10.0.0.0/8, ".repeat(40) + "bad] }\n");
    assertThat(problems.lines()).allMatch(line -> line.length() < 160);
    assertThat(problems).contains("…").contains("bad] }\n");
  }

  @Test
  void neverPrintsAControlCharacterOfTheFile() {
    String problems = problems("flow: { \"capa\\e[31mcity\\u202e\": 1 }\n");
    assertThat(problems).contains("capa\\u001b[31mcity\\u202e").doesNotContain("\u001b");
  }

  @Test
  void showsAFlagAsItWasWritten() {
    ConfigFilesOnDisk files = new ConfigFilesOnDisk(directory);
    LoadedConfig loaded =
        files.load(
            files.write("tapwarden.yaml", ""),
            java.util.Map.of(),
            java.util.Objects.requireNonNull(ConfigOverride.set("flow.capasity=3000")));
    assertThat(files.problems(loaded))
        .startsWith(
            """
            --set flow.capasity=3000: error: unknown key 'capasity'; did you mean 'capacity'?
                 | --set flow.capasity=3000
                 |       ^^^^^^^^^^^^^
            """);
  }
}
