package tapwarden.appliance.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.config.TapwardenConfig;

/**
 * What {@code run} shall do. The interfaces are in the configuration, where {@code -i} has put
 * them.
 *
 * @param logDirectory where {@code eve.json}, {@code coverage.json} and {@code evidence/} go
 * @param filter BPF expression, or null
 */
public record RunRequest(TapwardenConfig config, Path logDirectory, @Nullable String filter) {}
