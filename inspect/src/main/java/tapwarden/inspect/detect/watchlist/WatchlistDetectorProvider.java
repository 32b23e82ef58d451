package tapwarden.inspect.detect.watchlist;

import tapwarden.inspect.detect.Detector;
import tapwarden.inspect.detect.DetectorContext;
import tapwarden.inspect.detect.DetectorProvider;

/** Provides {@link WatchlistDetector}. */
public final class WatchlistDetectorProvider implements DetectorProvider {
  static final String NAME = "watchlist";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Detector create(DetectorContext context) {
    return new WatchlistDetector(context);
  }
}
