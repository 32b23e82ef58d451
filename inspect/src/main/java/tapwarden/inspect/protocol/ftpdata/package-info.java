/**
 * FTP's data connections (RFC 959 §3.2), as the control connection announced them: what is
 * transferred, and what the file is.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.ftpdata;
