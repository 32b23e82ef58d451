/**
 * SSH (RFC 4253, and the first version of the protocol): what both sides call themselves, what they
 * offer in the key exchange and what comes of it, their HASSH fingerprints, and how the session
 * went.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.ssh;
