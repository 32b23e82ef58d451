/**
 * The NetBIOS name service (RFC 1001, RFC 1002 §4.2): who registers, asks for and has which name.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.nbns;
