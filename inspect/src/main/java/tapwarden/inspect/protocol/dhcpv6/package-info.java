/**
 * DHCP for IPv6 (RFC 8415): events with what clients and servers say, also through relays, and what
 * a client says of itself.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.dhcpv6;
