package tapwarden.appliance.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.config.TapwardenConfig;

/**
 * Which frames {@code explain} shall explain.
 *
 * @param packet number of the only frame wanted, counted from 1 over all captures; 0 for all
 * @param filter BPF expression, or null
 * @param json one JSON object a frame instead of indented text
 */
public record ExplainRequest(
    TapwardenConfig config,
    List<Path> captures,
    long packet,
    @Nullable String filter,
    boolean json) {
  public ExplainRequest {
    captures = List.copyOf(captures);
  }
}
