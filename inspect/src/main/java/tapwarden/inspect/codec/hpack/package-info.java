/**
 * HPACK, the compression of headers in HTTP/2 (RFC 7541): linear in what comes in, bounded in what
 * is kept, whatever the sender does.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.hpack;
