package tapwarden.inspect.sink.eve;

import org.jspecify.annotations.Nullable;

/** Says where packets came from, in the words of events. Asked by one thread. */
public interface PacketOrigin {
  /** The live interface's name, EVE's {@code in_iface}; null where packets come from files. */
  @Nullable String interfaceName(int interfaceIndex);

  /** The file that holds the packet, EVE's {@code pcap_filename}; null for a live interface. */
  @Nullable String file(long packetNumber);

  /** The packet's number in its file, from 1; the number itself for a live interface. */
  long numberInFile(long packetNumber);
}
