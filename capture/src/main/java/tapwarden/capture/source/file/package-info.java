/** Capture files: pcap and pcapng, compressed or not, from folders, files and standard input. */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.source.file;
