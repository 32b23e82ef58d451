/** TLS: the facts of a connection, and EVE tls events. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.tls;
