/** Messages of Internet mail (RFC 5322) and their MIME parts (RFC 2045 to 2047, RFC 2231). */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.mail;
