package tapwarden.capture.source.file;

import java.nio.channels.ReadableByteChannel;

/**
 * An opened input as a reader of records sees it.
 *
 * @param name what messages call it: its path, or {@code standard input}
 * @param interfaceName name of an interface that has none of its own
 * @param channel the uncompressed bytes behind those in the window
 * @param window what has been read of the channel so far
 * @param interfaces where the reader enters the interfaces of the input
 * @param waits true if reading may wait for a writer, so that frames are handed out as they come
 */
record CaptureInput(
    String name,
    String interfaceName,
    ReadableByteChannel channel,
    ByteWindow window,
    InterfaceList interfaces,
    boolean waits) {}
