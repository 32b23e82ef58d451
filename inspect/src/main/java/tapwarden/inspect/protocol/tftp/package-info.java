/**
 * TFTP (RFC 1350) with its options (RFC 2347, 2348, 2349, 7440): EVE tftp events of requests, and
 * fileinfo events of what is transferred.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.tftp;
