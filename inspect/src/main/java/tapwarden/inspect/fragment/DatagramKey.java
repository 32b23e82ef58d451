package tapwarden.inspect.fragment;

import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;

/**
 * What fragments of one datagram have in common: addresses, identification, of IPv4 the protocol
 * (RFC 791 section 3.2; RFC 8200 section 4.5), and where they were met, which is the VLANs and the
 * tunnel around them. VLAN 0, which only gives a priority, makes no difference. The hash is keyed.
 */
final class DatagramKey {
  private final long[] keys = new long[8];

  int version;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;

  /** Identification, and above it the protocol of IPv4. */
  long identity;

  long context;
  int hash;

  DatagramKey(long secret) {
    long state = secret;
    for (int i = 0; i < keys.length; i++) {
      state += 0x9E37_79B9_7F4A_7C15L;
      keys[i] = mix(state) | 1;
    }
  }

  void take(Packet packet, long identification) {
    version = packet.ipVersion();
    sourceHigh = packet.sourceHigh();
    sourceLow = packet.sourceLow();
    destinationHigh = packet.destinationHigh();
    destinationLow = packet.destinationLow();
    identity = identification | (version == 4 ? (long) packet.protocol() << 32 : 0);
    context = context(packet);
    long h = absorb(keys[0], version, keys[1]);
    h = absorb(h, sourceHigh, keys[2]);
    h = absorb(h, sourceLow, keys[3]);
    h = absorb(h, destinationHigh, keys[4]);
    h = absorb(h, destinationLow, keys[5]);
    h = absorb(h, identity, keys[6]);
    h = absorb(h, context, keys[7]);
    hash = (int) (h >>> 32);
  }

  /** What is around the packet, folded; nobody outside can choose the key of the folding. */
  private long context(Packet packet) {
    long folded = 0;
    for (int i = 0; i < packet.vlanCount(); i++) {
      if (packet.vlan(i) != 0) {
        folded = absorb(folded, packet.vlan(i) + 1, keys[1]);
      }
    }
    if (packet.tunnelDepth() > 0 && packet.tunnel() != Layer.PAYLOAD) {
      folded = absorb(folded, packet.tunnel().ordinal(), keys[2]);
      folded = absorb(folded, packet.tunnelId(), keys[3]);
      folded = absorb(folded, packet.outerSourceHigh(), keys[4]);
      folded = absorb(folded, packet.outerSourceLow(), keys[5]);
      folded = absorb(folded, packet.outerDestinationHigh(), keys[6]);
      folded = absorb(folded, packet.outerDestinationLow(), keys[7]);
    }
    return folded;
  }

  boolean isOf(Datagram datagram) {
    return hash == datagram.hash
        && identity == datagram.identity
        && sourceLow == datagram.sourceLow
        && destinationLow == datagram.destinationLow
        && sourceHigh == datagram.sourceHigh
        && destinationHigh == datagram.destinationHigh
        && version == datagram.version
        && context == datagram.context;
  }

  void copyTo(Datagram datagram) {
    datagram.version = version;
    datagram.sourceHigh = sourceHigh;
    datagram.sourceLow = sourceLow;
    datagram.destinationHigh = destinationHigh;
    datagram.destinationLow = destinationLow;
    datagram.identity = identity;
    datagram.context = context;
    datagram.hash = hash;
  }

  private static long absorb(long state, long word, long key) {
    return mix((state ^ word) * key + key);
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long x) {
    long z = (x ^ (x >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
