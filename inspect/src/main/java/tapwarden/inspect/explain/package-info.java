/**
 * What a frame says, in words: every layer and field of any frame, for {@code tapwarden explain}.
 * The cold path; nothing here is called for traffic that is only inspected.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.explain;
