/**
 * The flow table: 5-tuple conversations with direction, state, counts and timeouts in packet time.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.flow;
