/**
 * What of QUIC anyone can read who sees the packets: long headers (RFC 8999, 9000 §17.2, 9369
 * §3.2), the protection of Initial packets, whose keys follow from a connection identifier on the
 * wire (RFC 9001 §5, 9369 §3.3), the CRYPTO frames within, and the hellos of Google's QUIC, which
 * came before. The TLS hellos that IETF QUIC carries are {@link tapwarden.inspect.codec.tls}'s.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.quic;
