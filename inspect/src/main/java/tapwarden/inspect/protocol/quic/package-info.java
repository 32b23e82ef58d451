/**
 * QUIC: versions 1 and 2 (RFC 9000, 9001, 9369), the drafts before them, and Google's QUIC. Reads
 * what the first packets of a connection say, whose protection anyone can take off: the client's
 * hello, be it in as many packets as it likes, the server's, version negotiation and Retry. All
 * later packets are encrypted for the two ends alone.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.quic;
