package tapwarden.inspect.sink.eve;

import org.jspecify.annotations.Nullable;

/**
 * How the event log is doing; any thread may read it.
 *
 * @param problem what keeps it from being written now, in words; null if nothing does
 * @param linesWritten lines that are whole in a file
 * @param linesDropped lines that were lost
 * @param linesHeld lines that wait in memory
 */
public record EveFileState(
    @Nullable String problem, long linesWritten, long linesDropped, long linesHeld) {
  public boolean isHealthy() {
    return problem == null;
  }
}
