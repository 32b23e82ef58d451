/**
 * HTTP/1.x over TCP: requests, responses and the files that they carry (RFC 9110, RFC 9112, RFC
 * 1945), read as servers and browsers read them, and EVE http and fileinfo events.
 *
 * <p>Bodies are undone of chunks and of content codings before they are measured and hashed: the
 * digests of a fileinfo event are those of the file that a client stores and a scanner looks at.
 * They are looked at as far as the stream is, by default to 1 MiB of a direction.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.http;
