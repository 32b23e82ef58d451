/** Files as they pass: what they are by their first bytes, and their digests. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.file;
