/** Evidence: pcapng files with the packets around an alert. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.sink.evidence;
