/**
 * DHCP for IPv4 (RFC 2131, RFC 2132) and the BOOTP that it grew out of (RFC 951): EVE dhcp events,
 * and what a client says of itself.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.dhcp;
