/**
 * What a protocol analyser is, and the registry that picks one: a {@link
 * tapwarden.inspect.protocol.ProtocolProvider} says what it is called, its {@link
 * tapwarden.inspect.protocol.Protocol} tells from the first bytes whether a flow speaks it and
 * makes a reader, and the reader tells a {@link tapwarden.inspect.protocol.Report} what it finds.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol;
