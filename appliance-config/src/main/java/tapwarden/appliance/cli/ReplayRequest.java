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
 * @param refusedIsDamage whether a file that can be read but is no capture, or in a variant that is
 *     refused, is damage in the account; otherwise the replay does not begin
 */
public record ReplayRequest(
    TapwardenConfig config,
    List<Path> captures,
    @Nullable Path logDirectory,
    @Nullable String filter,
    boolean hashInputs,
    boolean refusedIsDamage) {
  /** Stands for standard input among the captures. */
  public static final Path STANDARD_INPUT = Path.of("-");

  public ReplayRequest {
    captures = List.copyOf(captures);
  }
}
