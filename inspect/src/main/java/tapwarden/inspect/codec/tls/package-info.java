/**
 * What is known from the clear part of a TLS 1.0 to 1.3 or DTLS handshake (RFC 2246, 4346, 5246,
 * 8446, 6347, 9147), and of SSL 2 and 3 as far as a first message tells: bytes to records to
 * handshake messages ({@link tapwarden.inspect.codec.tls.HandshakeAssembler}, {@link
 * tapwarden.inspect.codec.tls.DtlsAssembler}), hellos read where they lie, fingerprints of clients
 * and servers, and certificates up to TLS 1.2 (later ones are encrypted).
 *
 * <p>JA3 and JA3S are under a BSD licence, and so is JA4, the client's fingerprint (BSD 3-Clause,
 * FoxIO, LLC). JA4S, JA4H, JA4X and the rest of JA4+ are under the FoxIO License 1.1, which forbids
 * use in a product that is sold; they are not here on purpose.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.tls;
