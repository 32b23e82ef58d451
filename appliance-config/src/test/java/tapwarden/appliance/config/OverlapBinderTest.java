package tapwarden.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.inspect.stream.ChecksumPolicy;
import tapwarden.inspect.stream.StreamOptions;
import tapwarden.inspect.wire.IpAddress;
import tapwarden.inspect.wire.OverlapPolicy;

class OverlapBinderTest {
  @TempDir Path directory;

  private StreamOptions stream(String text) {
    ConfigFilesOnDisk files = new ConfigFilesOnDisk(directory);
    LoadedConfig loaded = files.load(text);
    assertThat(files.problems(loaded)).isEmpty();
    return loaded.config().stream();
  }

  private String problems(String text) {
    ConfigFilesOnDisk files = new ConfigFilesOnDisk(directory);
    return files.problems(files.load(text));
  }

  private static OverlapPolicy of(StreamOptions options, String address) {
    IpAddress ip = Objects.requireNonNull(IpAddress.parse(address));
    return options.policies().of(ip.version(), ip.high(), ip.low());
  }

  @Test
  void aWordIsEverybodysPolicy() {
    StreamOptions options =
        stream(
            """
            config-version: 1
            equipment:
              - { id: r1, match: { ip: 10.0.9.1 }, role: router }
            stream: { overlap-policy: bsd-right, checksums: ignore }
            """);
    assertThat(of(options, "10.0.9.1")).isEqualTo(OverlapPolicy.BSD_RIGHT);
    assertThat(of(options, "203.0.113.9")).isEqualTo(OverlapPolicy.BSD_RIGHT);
    assertThat(options.checksums()).isEqualTo(ChecksumPolicy.IGNORE);
  }

  @Test
  void networksHaveTheirOwnAndOtherEquipmentThatOfItsRole() {
    StreamOptions options =
        stream(
            """
            config-version: 1
            equipment:
              - { id: r1, match: { ip: 10.0.9.1 }, role: router }
              - { id: r2, match: { ip: 10.7.0.1 }, role: router }
            stream:
              overlap-policy:
                - { cidr: 10.7.0.0/16, policy: solaris }
                - { cidr: ["fd00:7::/32", 10.7.8.0/24], policy: last }
            """);
    assertThat(of(options, "10.7.0.1")).isEqualTo(OverlapPolicy.SOLARIS);
    assertThat(of(options, "10.7.8.1")).isEqualTo(OverlapPolicy.LAST);
    assertThat(of(options, "fd00:7::1")).isEqualTo(OverlapPolicy.LAST);
    assertThat(of(options, "10.0.9.1")).isEqualTo(OverlapPolicy.BSD);
    assertThat(of(options, "203.0.113.9")).isEqualTo(OverlapPolicy.LINUX);
  }

  @Test
  void saysWhatIsWrongWithAnEntry() {
    assertThat(
            problems(
                    """
                    config-version: 1
                    stream:
                      overlap-policy:
                        - { cidr: 10.7.0.0/16, policy: solarix }
                        - { cidr: 10.7.0.0/16, policy: bsd }
                        - { policy: bsd }
                        - { cidr: 10.8.0.1/16, policy: last, why: because }
                    """)
                .lines()
                .filter(line -> line.contains("error:")))
        .containsExactly(
            "tapwarden.yaml:4:36: error: unknown value of 'policy' 'solarix'; did you mean"
                + " 'solaris'?",
            "tapwarden.yaml:5:15: error: '10.7.0.0/16' has a policy already",
            "tapwarden.yaml:6:7: error: an entry needs 'cidr' and 'policy'",
            "tapwarden.yaml:7:15: error: '10.8.0.1/16' has bits beside its prefix",
            "tapwarden.yaml:7:42: error: unknown key 'why'");
    assertThat(problems("stream: { overlap-policy: windoze }\n"))
        .startsWith(
            "tapwarden.yaml:1:27: error: unknown value of 'overlap-policy' 'windoze'; did you mean"
                + " 'windows'?");
  }
}
