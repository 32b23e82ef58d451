/** DNS over UDP: facts for the name cache and EVE dns events. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.dns;
