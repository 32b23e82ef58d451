/**
 * What the segments of a TCP connection say in order, whatever the mirror or a hostile sender does
 * with their order, overlaps and losses.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.stream;
