package tapwarden.inspect.pipeline;

import java.util.List;

/** What events call the place that a frame came from. Any thread may ask, on the cold path. */
public interface SourceNames {
  /**
   * @param live whether it is an interface ({@code in_iface}) or a file ({@code pcap_filename})
   * @param name the interface, or the file as the user named it
   * @param framesBefore frames of the stream before that file: to be taken from a frame's number to
   *     get its number within the file, as other tools count
   */
  record Place(boolean live, String name, long framesBefore) {}

  Place of(int interfaceIndex);

  /** The place of the frame with that number in the stream. */
  Place ofNumber(long packetNumber);

  /** Names of all interfaces so far, by index; may grow while a source is read. */
  List<String> interfaceNames();
}
