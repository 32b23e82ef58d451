/**
 * Indicators: lists of known-bad addresses, networks and names, compiled for lookups in
 * nanoseconds.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.intel;
