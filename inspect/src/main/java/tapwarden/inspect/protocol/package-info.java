/** What a protocol analyser is, and the registry that picks one. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol;
