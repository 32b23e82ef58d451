/**
 * Message heads of HTTP/1.x and of the protocols that are made like it (SIP, RTSP, SSDP), and the
 * codings of HTTP's contents: RFC 9110, RFC 9112; RFC 1950 to 1952 and RFC 7932 within them.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.http;
