package tapwarden.inspect.pipeline;

import tapwarden.capture.packet.Frame;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.Networks;

/**
 * Finds the packet that carries a tunnel across the border: from home or declared equipment to
 * outside, or back. What is inside may bear any addresses; whoever is at the tunnel's end is met
 * all the same. Of packets that carry each other it is the outermost.
 *
 * <p>A tunnel within home, or between two sides outside (a remote mirror's transport, say), is no
 * contact of anybody here. One instance a thread; allocates nothing a packet.
 */
final class Carriers {
  private final EquipmentDirectory directory;
  private final Networks networks;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet carrier = new Packet();

  Carriers(EquipmentDirectory directory, Networks networks) {
    this.directory = directory;
    this.networks = networks;
  }

  /** Whether the tunnel that {@code packet} came in crosses the border. */
  boolean cross(Packet packet) {
    return packet.outerIpVersion() != 0
        && crosses(
            packet.outerIpVersion(),
            packet.outerSourceHigh(),
            packet.outerSourceLow(),
            packet.outerDestinationHigh(),
            packet.outerDestinationLow());
  }

  /** The packet that carries the outermost tunnel of the frame; valid until the next call. */
  Packet of(Frame frame) {
    decoder.decodeCarrier(frame, carrier, 1);
    return carrier;
  }

  private boolean crosses(
      int version, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
    return isOutside(version, sourceHigh, sourceLow)
        != isOutside(version, destinationHigh, destinationLow);
  }

  private boolean isOutside(int version, long high, long low) {
    return networks.isExternal(version, high, low)
        && directory.byAddress(version, high, low) == EquipmentDirectory.NONE;
  }
}
