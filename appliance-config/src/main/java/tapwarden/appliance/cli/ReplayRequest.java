package tapwarden.appliance.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.config.TapwardenConfig;

/**
 * What {@code replay} shall do.
 *
 * @param captures files and directories in the order given; {@link #STANDARD_INPUT} for {@code -}
 * @param logDirectory where {@code eve.json}, {@code coverage.json} and {@code evidence/} go, made
 *     if missing; null to write no file at all
 * @param filter BPF expression, or null
 * @param hashInputs whether the SHA-256 of each input goes into {@code coverage.json}
 */
public record ReplayRequest(
    TapwardenConfig config,
    List<Path> captures,
    @Nullable Path logDirectory,
    @Nullable String filter,
    boolean hashInputs) {
  /** Stands for standard input among the captures. */
  public static final Path STANDARD_INPUT = Path.of("-");

  public ReplayRequest {
    captures = List.copyOf(captures);
  }
}
