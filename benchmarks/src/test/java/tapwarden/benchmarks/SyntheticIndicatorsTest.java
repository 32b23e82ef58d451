package tapwarden.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.intel.IndicatorLoader;
import tapwarden.inspect.intel.IndicatorSource;

class SyntheticIndicatorsTest {
  @TempDir Path directory;

  @Test
  void listsNothingTwiceAndNothingThatIsRefused() throws IOException {
    Path list = directory.resolve("list.txt");

    SyntheticIndicators.write(list, 100_000);

    List<String> lines = Files.readAllLines(list);
    assertThat(lines).hasSize(100_000);
    assertThat(new HashSet<>(lines)).hasSize(100_000);
    assertThat(lines.stream().filter(l -> l.matches("[0-9.]+"))).hasSize(55_000);
    assertThat(lines.stream().filter(l -> l.endsWith("/24"))).hasSize(5_000);
    assertThat(lines.stream().filter(l -> l.contains(":"))).hasSize(10_000);
    IndicatorSource source = new IndicatorSource(list, IndicatorLoader.PLAIN);
    IndicatorLoader.Loaded loaded =
        IndicatorLoader.load(List.of(source), Networks.standard(), null);
    assertThat(loaded.report().problems()).isEmpty();
    assertThat(loaded.set().size()).isEqualTo(100_000);
  }

  @Test
  void leavesOutWhatItIsToldTo() throws IOException {
    Path list = directory.resolve("list.txt");
    long first = SyntheticIndicators.addressV4(0);

    SyntheticIndicators.write(list, 1_000, address -> address == first);

    assertThat(Files.readAllLines(list))
        .hasSize(1_000)
        .doesNotContain(SyntheticIndicators.line(0))
        .contains(SyntheticIndicators.line(1), SyntheticIndicators.line(1_000));
  }
}
