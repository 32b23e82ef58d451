/**
 * SNMP versions 1, 2c and 3 over UDP (RFC 1157, RFC 3416, RFC 3412, RFC 3414): EVE snmp events, and
 * what an agent says of its system.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.snmp;
