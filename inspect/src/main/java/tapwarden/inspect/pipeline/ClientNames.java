package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.names.KnownName;
import tapwarden.inspect.names.NameCache;
import tapwarden.inspect.names.NamePath;

/**
 * Under which names a client knows addresses: equipment that is declared by address is one client,
 * whichever of its addresses asks and whichever connects; any other address is one by itself.
 */
final class ClientNames {
  /** Stands for the IP version of a client that is a piece of equipment, known by its index. */
  private static final int EQUIPMENT = 0;

  private final EquipmentDirectory directory;
  private final NameCache names;

  // The client looked at last.
  private int version;
  private long high;
  private long low;

  ClientNames(EquipmentDirectory directory, NameCache names) {
    this.directory = directory;
    this.names = names;
  }

  private void client(int ipVersion, long clientHigh, long clientLow) {
    int index = directory.byAddress(ipVersion, clientHigh, clientLow);
    boolean declared = index != EquipmentDirectory.NONE;
    version = declared ? EQUIPMENT : ipVersion;
    high = declared ? 0 : clientHigh;
    low = declared ? index : clientLow;
  }

  /** Packet time has moved on, by the clock. */
  void advance(long nowNanos) {
    names.advance(nowNanos);
  }

  /** The client is told that the names stand for the remote address. */
  void learn(
      int clientVersion,
      long clientHigh,
      long clientLow,
      int remoteVersion,
      long remoteHigh,
      long remoteLow,
      NamePath path,
      long teacher) {
    client(clientVersion, clientHigh, clientLow);
    names.learn(version, high, low, remoteVersion, remoteHigh, remoteLow, path, teacher);
  }

  /** All names under which the client knows the address of the same IP version, or null. */
  @Nullable KnownName knownAs(
      int ipVersion, long clientHigh, long clientLow, long remoteHigh, long remoteLow) {
    if (names.size() == 0) {
      return null;
    }
    client(ipVersion, clientHigh, clientLow);
    return names.knownAs(version, high, low, ipVersion, remoteHigh, remoteLow);
  }

  /** The hardware address that sent the client the answer with the address's name, or -1. */
  long teacherOf(int ipVersion, long clientHigh, long clientLow, long remoteHigh, long remoteLow) {
    client(ipVersion, clientHigh, clientLow);
    return names.teacherOf(version, high, low, ipVersion, remoteHigh, remoteLow);
  }
}
