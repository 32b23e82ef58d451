/**
 * SMTP and LMTP (RFC 5321, RFC 3030, RFC 3207, RFC 4954): who sends mail to whom, what its head
 * says, which files are attached, and by which mechanism, but not with which secret, the client
 * authenticates.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.smtp;
