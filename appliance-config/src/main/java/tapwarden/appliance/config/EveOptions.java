package tapwarden.appliance.config;

import java.nio.file.Path;
import java.time.Duration;
import tapwarden.inspect.pipeline.EventSelection;
import tapwarden.inspect.sink.eve.EveFileOptions;

/**
 * What is written to {@code eve.json} and when {@code run} puts the file aside for a new one.
 *
 * @param events which types of events are written
 * @param dnsVersion 2 or 3: the version of EVE's {@code dns} events
 */
public record EveOptions(
    EventSelection events,
    int dnsVersion,
    long rotateBytes,
    Duration rotateAge,
    Duration flushInterval,
    Duration syncInterval) {
  public static final EveOptions DEFAULT = of(EveFileOptions.live(Path.of(".")));

  private static EveOptions of(EveFileOptions live) {
    return new EveOptions(
        EventSelection.ALL,
        2,
        live.maxBytes(),
        live.maxAge(),
        live.flushInterval(),
        live.syncInterval());
  }

  /** How the live service writes the file into this directory. */
  public EveFileOptions live(Path directory) {
    return new EveFileOptions(directory, rotateBytes, rotateAge, flushInterval, syncInterval);
  }
}
