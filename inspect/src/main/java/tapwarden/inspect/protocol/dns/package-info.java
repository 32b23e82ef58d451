/** DNS, multicast DNS and LLMNR: facts for the name cache and EVE events. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.dns;
