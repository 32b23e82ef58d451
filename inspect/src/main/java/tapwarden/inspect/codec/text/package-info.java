/** Lines of text in streams of bytes, as SSH, FTP and SMTP speak in them. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.text;
