/**
 * Wires everything from a frame batch to the alert ring; the only place that sees all of inspect.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.pipeline;
