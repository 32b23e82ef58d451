package tapwarden.appliance.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as the configuration writes them, for the command line. */
public final class Durations {
  private Durations() {}

  /** {@code 30s}, {@code 2h}, {@code 1d 12h}; null if the text is none. */
  public static @Nullable Duration parse(String text) {
    return text.equals("0") ? null : Quantities.duration(text);
  }
}
