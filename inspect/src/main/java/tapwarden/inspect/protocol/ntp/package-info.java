/**
 * NTP (RFC 5905, RFC 7822), its control messages (mode 6, RFC 9327) and the private ones of ntpd
 * (mode 7): one event for each kind of message of a flow.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.ntp;
