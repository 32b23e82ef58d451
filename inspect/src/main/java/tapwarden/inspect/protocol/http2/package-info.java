/**
 * HTTP/2 in clear (RFC 9113), as begun with prior knowledge or after an upgrade: requests and
 * responses of all streams, with their headers decompressed. Bodies are passed over.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.http2;
