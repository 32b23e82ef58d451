package tapwarden.capture.source;

/**
 * An interface that frames were captured on.
 *
 * @param name the system's name (eth1) or, for a file without one, the file's name
 * @param linkType see {@link tapwarden.capture.packet.LinkType}
 * @param snapLengthBytes most bytes captured of a frame; 0 if unlimited or unknown
 * @param description free text from the file or system, possibly empty
 */
public record CaptureInterface(
    String name, int linkType, int snapLengthBytes, String description) {}
