/** DNS messages (RFC 1035): bounded, allocation-free reading. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.dns;
