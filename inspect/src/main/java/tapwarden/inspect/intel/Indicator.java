package tapwarden.inspect.intel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list, for explanations.
 *
 * @param id its number in the {@link IndicatorSet}, in the order of lists and lines, from 0
 * @param value as it is matched: {@code 203.0.113.9}, {@code 203.0.113.9:443}, {@code
 *     [2001:db8::9]:443}, {@code 203.0.113.0/24}, {@code c2.example}
 * @param line line in the list, from 1
 * @param comment what stood behind {@code #} on that line, neutralised; null if nothing
 */
public record Indicator(
    int id, IndicatorType type, String value, Path list, int line, @Nullable String comment) {}
