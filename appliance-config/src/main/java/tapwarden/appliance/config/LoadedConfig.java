package tapwarden.appliance.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What loading gave: a configuration and everything that is wrong with it. With an error among the
 * problems the configuration must not be used; where a value was wrong it holds the default.
 *
 * @param files the files that were read, in order
 */
public record LoadedConfig(TapwardenConfig config, List<Path> files, List<ConfigProblem> problems) {
  public LoadedConfig {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(ConfigProblem::isError);
  }
}
