/**
 * FTP's control connection (RFC 959, RFC 2428, RFC 4217): commands and their replies, who logs in,
 * what is transferred, and where the data connections will be.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.ftp;
