package tapwarden.inspect.detect;

import java.util.function.Supplier;
import tapwarden.inspect.equipment.Policies;
import tapwarden.inspect.intel.IndicatorSet;

/**
 * What detectors may know beyond the contact itself.
 *
 * @param indicators the indicators in force; asked for each time, because the set is swapped whole
 * @param policies what each policy allows
 */
public record DetectorContext(Supplier<IndicatorSet> indicators, Policies policies) {}
