/**
 * Telnet (RFC 854, options by RFC 855 and RFC 1143): which options both sides agreed on, what
 * terminal the client says it is, what the server shows before anybody types, and whether it asks
 * for a name and a password. What is typed is told to nobody.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.telnet;
