package tapwarden.appliance.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;

/** Whatever a file says, it gives a configuration or problems, never an exception. */
class ConfigLoaderFuzzTest {
  @FuzzTest
  void readsAnything(byte[] data) {
    ConfigProblems problems = new ConfigProblems();
    ConfigText text = ConfigText.file("fuzz.yaml", new String(data, StandardCharsets.UTF_8));
    YamlValue value = YamlReader.read(text, problems);
    if (value instanceof YamlValue.Mapping mapping) {
      TapwardenConfig config = new ConfigBinder(problems, new LinkedHashSet<>()).bind(mapping);
      if (config.ring().workers() < 1) {
        throw new AssertionError("no worker");
      }
    }
    for (ConfigProblem problem : problems.list()) {
      if (problem.render().chars().anyMatch(c -> c < ' ' && c != '\n')) {
        throw new AssertionError("control character in " + problem);
      }
    }
  }
}
