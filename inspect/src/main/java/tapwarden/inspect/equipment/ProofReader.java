package tapwarden.inspect.equipment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;

/**
 * Reads the protocols in which a device says which addresses it has: ARP (RFC 826), neighbour
 * discovery (RFC 4861), DHCP (RFC 2131), LLDP (IEEE 802.1AB) and CDP. A claim counts only if the
 * frame's sender makes it for its own hardware address, save DHCP, where the server says it. Never
 * reads beyond the frame; loops are bounded by the frame's length and by {@link #MOST_ITEMS}.
 */
final class ProofReader {
  /** Most options or TLVs read of one packet. */
  static final int MOST_ITEMS = 64;

  private static final long PROOF_LAYERS =
      Layer.ARP.bit() | Layer.ICMPV6.bit() | Layer.LLDP.bit() | Layer.CDP.bit();
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int ARP_BYTES = 28;
  private static final int ARP_REPLY = 2;
  private static final int ND_HOP_LIMIT = 255;
  private static final int DHCP_SERVER_PORT = 67;
  private static final int DHCP_CLIENT_PORT = 68;
  private static final int LLDP_SYSTEM_NAME = 5;
  private static final int LLDP_MANAGEMENT_ADDRESS = 8;
  private static final int CDP_HEADER_BYTES = 4;
  private static final int CDP_DEVICE_ID = 1;
  private static final int CDP_ADDRESSES = 2;
  private static final int CDP_MANAGEMENT_ADDRESSES = 0x16;

  private final ProofSink sink;
  private final Networks networks;
  private MemorySegment segment = MemorySegment.NULL;
  private long end;

  ProofReader(ProofSink sink, Networks networks) {
    this.sink = sink;
    this.networks = networks;
  }

  /** Whether the packet may hold any proof. */
  static boolean concerns(Packet packet) {
    return (packet.layerSet() & PROOF_LAYERS) != 0
        || (packet.hasPorts()
            && (packet.sourcePort() == DHCP_SERVER_PORT
                || packet.destinationPort() == DHCP_SERVER_PORT)
            && packet.has(Layer.UDP));
  }

  /**
   * Hands what the packet proves to the sink.
   *
   * @param mac the sender on the innermost segment
   */
  void read(Packet packet, long mac, long destinationMac) {
    segment = packet.segment();
    end = packet.frameEnd();
    int last = packet.layerCount() - 1;
    for (int i = last; i >= 0; i--) {
      switch (packet.layer(i)) {
        case ARP -> arp(packet.layerOffset(i), mac, destinationMac);
        case LLDP -> lldp(packet.layerOffset(i), mac);
        case CDP -> cdp(packet.layerOffset(i), mac);
        case ICMPV6 -> neighbour(packet, packet.layerOffset(i), mac);
        case UDP -> dhcp(packet);
        case IPV4, IPV6, ETHERNET -> i = -1; // What lies below carries a tunnel.
        default -> {}
      }
    }
    segment = MemorySegment.NULL;
  }

  private void arp(long at, long mac, long destinationMac) {
    if (at + ARP_BYTES > end || u32(at) != 0x0001_0800L || u16(at + 4) != 0x0604) {
      return;
    }
    long senderMac = mac(at + 8);
    long senderAddress = u32(at + 14);
    if (senderMac != mac) {
      return;
    }
    // The sender's address is zero in a probe (RFC 5227), which claims nothing yet.
    sink.claim(mac, 4, 0, senderAddress, IdentifiedBy.ARP);
    if (u16(at + 6) == ARP_REPLY && mac(at + 18) == destinationMac) {
      sink.hearsay(destinationMac, 4, 0, u32(at + 24), IdentifiedBy.ARP);
    }
  }

  private void neighbour(Packet packet, long at, long mac) {
    // RFC 4861, 6.1 and 7.1: anything else has crossed a router.
    if (packet.ttl() != ND_HOP_LIMIT || packet.isFragment() || at + 8 > end || u8(at + 1) != 0) {
      return;
    }
    int type = u8(at);
    long options =
        switch (type) {
          case 133 -> at + 8;
          case 134 -> at + 16;
          case 135, 136 -> at + 24;
          default -> end;
        };
    if (options > end) {
      return;
    }
    boolean advertisement = type == 136;
    if (advertisement) {
      long high = u64(at + 8);
      long low = u64(at + 16);
      boolean itself = high == packet.sourceHigh() && low == packet.sourceLow();
      if (itself || option(options, 2, mac)) {
        sink.claim(mac, 6, high, low, IdentifiedBy.ND);
      }
    } else if (type >= 133 && type <= 135 && option(options, 1, mac)) {
      sink.claim(mac, 6, packet.sourceHigh(), packet.sourceLow(), IdentifiedBy.ND);
    }
  }

  /** Whether the link-layer address option of that type is there and is the sender's. */
  private boolean option(long from, int type, long mac) {
    long at = from;
    for (int i = 0; i < MOST_ITEMS && at + 8 <= end; i++) {
      int length = u8(at + 1) * 8;
      if (length == 0) {
        return false;
      }
      if (u8(at) == type) {
        return mac(at + 2) == mac;
      }
      at += length;
    }
    return false;
  }

  private void dhcp(Packet packet) {
    long at = packet.payloadOffset();
    long stop = Math.min(end, at + packet.payloadLength());
    // Nobody outside says which address is whose.
    boolean fromServer =
        packet.sourcePort() == DHCP_SERVER_PORT
            && networks.isHome(packet.ipVersion(), packet.sourceHigh(), packet.sourceLow());
    boolean toServer = packet.destinationPort() == DHCP_SERVER_PORT;
    boolean toClient = packet.destinationPort() == DHCP_CLIENT_PORT;
    // Fixed fields 236 bytes, magic cookie 4; Ethernet with 6-byte addresses only.
    if ((!toServer && !(fromServer && toClient))
        || at + 240 > stop
        || u16(at + 1) != 0x0106
        || u32(at + 236) != 0x6382_5363L) {
      return;
    }
    int operation = u8(at);
    long clientMac = mac(at + 28);
    int messageType = 0;
    long option = at + 240;
    for (int i = 0; i < MOST_ITEMS && option + 1 < stop && u8(option) != 255; i++) {
      if (u8(option) == 0) {
        option++;
        continue;
      }
      int length = u8(option + 1);
      if (option + 2 + length > stop) {
        break;
      }
      if (u8(option) == 53 && length == 1) {
        messageType = u8(option + 2);
      } else if (u8(option) == 12 && operation == 1) {
        sink.name(clientMac, segment, option + 2, length);
      }
      option += 2 + length;
    }
    if (operation == 2 && messageType == 5 && fromServer) {
      long given = u32(at + 16);
      sink.claim(clientMac, 4, 0, given != 0 ? given : u32(at + 12), IdentifiedBy.DHCP);
    }
  }

  private void lldp(long from, long mac) {
    long at = from;
    for (int i = 0; i < MOST_ITEMS && at + 2 <= end; i++) {
      int type = u16(at) >>> 9;
      int length = u16(at) & 0x1FF;
      long value = at + 2;
      if (type == 0 || value + length > end) {
        return;
      }
      if (type == LLDP_SYSTEM_NAME) {
        sink.name(mac, segment, value, length);
      } else if (type == LLDP_MANAGEMENT_ADDRESS && length >= 2) {
        int addressBytes = u8(value) - 1;
        if (addressBytes + 2 <= length) {
          address(mac, u8(value + 1), addressBytes, value + 2);
        }
      }
      at = value + length;
    }
  }

  /** An address by its IANA family number: 1 is IPv4, 2 is IPv6. */
  private void address(long mac, int family, int bytes, long at) {
    if (family == 1 && bytes == 4) {
      sink.claim(mac, 4, 0, u32(at), IdentifiedBy.LLDP);
    } else if (family == 2 && bytes == 16) {
      sink.claim(mac, 6, u64(at), u64(at + 8), IdentifiedBy.LLDP);
    }
  }

  private void cdp(long from, long mac) {
    long at = from + CDP_HEADER_BYTES;
    for (int i = 0; i < MOST_ITEMS && at + 4 <= end; i++) {
      int type = u16(at);
      int length = u16(at + 2);
      if (length < 4 || at + length > end) {
        return;
      }
      if (type == CDP_DEVICE_ID) {
        sink.name(mac, segment, at + 4, length - 4);
      } else if (type == CDP_ADDRESSES || type == CDP_MANAGEMENT_ADDRESSES) {
        cdpAddresses(mac, at + 4, at + length);
      }
      at += length;
    }
  }

  private void cdpAddresses(long mac, long from, long stop) {
    if (from + 4 > stop) {
      return;
    }
    long count = u32(from);
    long at = from + 4;
    for (int i = 0; i < Math.min(count, MOST_ITEMS) && at + 2 <= stop; i++) {
      int protocolBytes = u8(at + 1);
      long lengthAt = at + 2 + protocolBytes;
      if (lengthAt + 2 > stop) {
        return;
      }
      int addressBytes = u16(lengthAt);
      if (lengthAt + 2 + addressBytes > stop) {
        return;
      }
      if (protocolBytes == 1 && u8(at + 2) == 0xCC && addressBytes == 4) {
        sink.claim(mac, 4, 0, u32(lengthAt + 2), IdentifiedBy.CDP);
      } else if (protocolBytes == 8
          && u64(at + 2) == 0xAAAA_0300_0000_86DDL
          && addressBytes == 16) {
        sink.claim(mac, 6, u64(lengthAt + 2), u64(lengthAt + 10), IdentifiedBy.CDP);
      }
      at = lengthAt + 2 + addressBytes;
    }
  }

  private int u8(long at) {
    return segment.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
  }

  private int u16(long at) {
    return segment.get(U16, at) & 0xFFFF;
  }

  private long u32(long at) {
    return segment.get(U32, at) & 0xFFFF_FFFFL;
  }

  private long u64(long at) {
    return segment.get(U64, at);
  }

  private long mac(long at) {
    return ((long) u16(at) << 32) | u32(at + 2);
  }
}
