/**
 * SOCKS 4, 4a and 5 (RFC 1928, RFC 1929): where a client asks a proxy to connect it to, whether it
 * may, and what it calls itself. A name in a request is told as the server's name, although it
 * names what lies behind the proxy: for whoever judges the contact that is the end that counts. Of
 * passwords only is told that they are there.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.socks;
