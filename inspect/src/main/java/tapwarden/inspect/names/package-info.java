/** Passive DNS: under which name a client looked an address up. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.names;
