package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import tapwarden.appliance.Engine;
import tapwarden.appliance.ops.DrainOnExit;
import tapwarden.appliance.ops.SelftestCase;
import tapwarden.appliance.ops.SelftestCases;
import tapwarden.inspect.detect.DetectorProvider;

class SelftestCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int selftest(CommandServices services) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(stream, stream, false, false, false, 100);
    return Tapwarden.execute(
        List.of("selftest"), services, terminal, Map.of(), new DrainOnExit(Duration.ofSeconds(1)));
  }

  @Test
  void everyCasePassesOnTheRealEngine() {
    int code = selftest(new Engine());
    int cases = SelftestCases.all().size();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .doesNotContain("FAIL")
        .endsWith(cases + "/" + cases + " self-tests passed\n");
    assertThat(code).isZero();
  }

  @Test
  void anEngineThatFindsNothingFails() {
    assertThat(selftest(new FakeServices())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("FAIL  watchlist: listed address: ");
  }

  @Test
  void everyDetectorHasACaseThatSpeaksAndOneThatIsSilent() {
    for (DetectorProvider provider : ServiceLoader.load(DetectorProvider.class)) {
      List<SelftestCase> cases =
          SelftestCases.all().stream()
              .filter(test -> test.detector().equals(provider.name()))
              .toList();
      assertThat(cases).as(provider.name()).anyMatch(test -> !test.expected().isEmpty());
      assertThat(cases).as(provider.name()).anyMatch(test -> test.expected().isEmpty());
    }
    assertThat(ServiceLoader.load(DetectorProvider.class)).isNotEmpty();
  }
}
