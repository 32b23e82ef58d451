package tapwarden.inspect.intel;

import java.nio.file.Path;

/**
 * One list of indicators named in the configuration.
 *
 * @param format {@code plain}: one entry a line, {@code #} starts a comment
 */
public record IndicatorSource(Path file, String format) {}
