package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.capture.packet.Frame;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.flow.FlowTable;

/**
 * Finds the packets that carry tunnels across the border: from home or declared equipment to
 * outside, or back. What is inside may bear any addresses; whoever is at a tunnel's end is met all
 * the same. Packets that carry each other are counted by level, the outermost is level 1; there are
 * fewer than {@link Packet#MAX_LAYERS}.
 *
 * <p>A tunnel within home is no contact of anybody. Nor is one between two sides outside, of which
 * nobody knows which one is here (a remote mirror's transport, say), unless a list names one of
 * them. One instance a thread; allocates nothing a packet.
 */
final class Carriers {
  /** Where the bits of tunnels between two sides outside begin in {@link #levels}. */
  private static final int OUTSIDE_SHIFT = 16;

  private static final int CROSSING_MASK = (1 << OUTSIDE_SHIFT) - 1;
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final EquipmentDirectory directory;
  private final Networks networks;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet carrier = new Packet();

  // The addresses read last.
  private int version;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;

  Carriers(EquipmentDirectory directory, Networks networks) {
    this.directory = directory;
    this.networks = networks;
  }

  /**
   * What the tunnels are that {@code packet} came in: 0 if none is of interest; to be asked of with
   * {@link #crossings} and {@link #outside}.
   */
  int levels(Packet packet) {
    if (packet.outerIpVersion() == 0) {
      return 0;
    }
    readOutermost(packet);
    int levels = kind();
    // With one tunnel header there are two IP headers, the carrier's and the packet's own.
    if (packet.tunnelDepth() > 1) {
      int level = 0;
      for (int i = 0; i < packet.layerCount(); i++) {
        if (isCarrier(packet, i) && ++level > 1) {
          read(packet, i);
          levels |= kind() << (level - 1);
        }
      }
    }
    return levels;
  }

  /** Of {@link #levels}: bit n-1 is set if the tunnel at level n crosses the border. */
  static int crossings(int levels) {
    return levels & CROSSING_MASK;
  }

  /** Of {@link #levels}: bit n-1 is set if both ends of the tunnel at level n are outside. */
  static int outside(int levels) {
    return levels >>> OUTSIDE_SHIFT;
  }

  /**
   * The level whose addresses the packet's shard is that of: the tunnel that carries a user plane,
   * or the outermost that crosses the border; 0 if it is the packet itself.
   */
  static int shardLevel(Packet packet, int levels) {
    if (!ContactWatch.isInShard(packet)) {
      return 1;
    }
    int crossings = crossings(levels);
    return crossings == 0 ? 0 : Integer.numberOfTrailingZeros(crossings) + 1;
  }

  /**
   * What, in the keys of flows, stands for the two addresses at a level that is not the flow's own:
   * a number that is the same only for packets of one shard.
   *
   * @param level 0 for the packet itself
   */
  long ends(Packet packet, int level) {
    if (level == 0) {
      long ends =
          FlowTable.ends(
              packet.sourceHigh(),
              packet.sourceLow(),
              packet.destinationHigh(),
              packet.destinationLow());
      return switch (OwnerShards.dnsClient(packet.sourcePort(), packet.destinationPort())) {
        case OwnerShards.SOURCE ->
            FlowTable.ends(ends, ends, packet.sourceHigh(), packet.sourceLow());
        case OwnerShards.DESTINATION ->
            FlowTable.ends(ends, ends, packet.destinationHigh(), packet.destinationLow());
        default -> ends;
      };
    }
    if (level == 1) {
      readOutermost(packet);
    } else {
      int at = -1;
      for (int passed = 0; passed < level; passed += isCarrier(packet, at) ? 1 : 0) {
        at++;
      }
      read(packet, at);
    }
    return FlowTable.ends(sourceHigh, sourceLow, destinationHigh, destinationLow);
  }

  /** The packet that carries the tunnel at that level of the frame; valid until the next call. */
  Packet of(Frame frame, int level) {
    decoder.decodeCarrier(frame, carrier, level);
    return carrier;
  }

  /** Whether an IP header at a layer carries another good one. */
  private static boolean isCarrier(Packet packet, int at) {
    Layer layer = packet.layer(at);
    return (layer == Layer.IPV4 || layer == Layer.IPV6)
        && packet.layerOffset(at) < packet.networkOffset();
  }

  private void readOutermost(Packet packet) {
    version = packet.outerIpVersion();
    sourceHigh = packet.outerSourceHigh();
    sourceLow = packet.outerSourceLow();
    destinationHigh = packet.outerDestinationHigh();
    destinationLow = packet.outerDestinationLow();
  }

  private void read(Packet packet, int layer) {
    MemorySegment segment = packet.segment();
    long at = packet.layerOffset(layer);
    if (packet.layer(layer) == Layer.IPV4) {
      version = 4;
      sourceHigh = 0;
      sourceLow = segment.get(U32, at + 12) & 0xFFFF_FFFFL;
      destinationHigh = 0;
      destinationLow = segment.get(U32, at + 16) & 0xFFFF_FFFFL;
    } else {
      version = 6;
      sourceHigh = segment.get(U64, at + 8);
      sourceLow = segment.get(U64, at + 16);
      destinationHigh = segment.get(U64, at + 24);
      destinationLow = segment.get(U64, at + 32);
    }
  }

  /** Bits for {@link #levels} of the addresses read last, as of level 1. */
  private int kind() {
    boolean source = isOutside(version, sourceHigh, sourceLow);
    boolean destination = isOutside(version, destinationHigh, destinationLow);
    if (source != destination) {
      return 1;
    }
    return source ? 1 << OUTSIDE_SHIFT : 0;
  }

  private boolean isOutside(int ipVersion, long high, long low) {
    return networks.isExternal(ipVersion, high, low)
        && directory.byAddress(ipVersion, high, low) == EquipmentDirectory.NONE;
  }
}
