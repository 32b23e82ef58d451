/**
 * SIP over UDP and TCP (RFC 3261) with the sessions that it describes (SDP, RFC 8866): EVE sip
 * events, and what the ends of calls say of themselves.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.sip;
