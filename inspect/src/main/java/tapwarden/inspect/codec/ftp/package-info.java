/** What an FTP control connection says of a data connection that is to come. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.ftp;
