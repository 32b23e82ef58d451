package tapwarden.inspect.detect.policy;

import tapwarden.inspect.detect.Detector;
import tapwarden.inspect.detect.DetectorContext;
import tapwarden.inspect.detect.DetectorProvider;

/** Provides {@link PolicyDetector}. */
public final class PolicyDetectorProvider implements DetectorProvider {
  static final String NAME = "policy";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Detector create(DetectorContext context) {
    return new PolicyDetector(context);
  }
}
