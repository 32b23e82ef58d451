/** What readers of messages share that lie anyhow in the segments of a stream. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.message;
