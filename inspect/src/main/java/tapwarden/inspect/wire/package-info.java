/**
 * Views of headers as they are on the wire: one header, one class, all offsets in one place;
 * imports nothing of ours.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.wire;
