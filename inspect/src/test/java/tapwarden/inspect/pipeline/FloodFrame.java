package tapwarden.inspect.pipeline;

import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;

/**
 * An IPv4 frame of which a flood changes a few fields, millions of times: the checksums of the
 * headers follow each change as routers make them do (RFC 1624), so that none is ever wrong.
 */
final class FloodFrame {
  private static final int IP = 14;
  private static final int TCP = IP + 20;
  private static final int IP_CHECKSUM = IP + 10;
  private static final int TCP_CHECKSUM = TCP + 16;

  final byte[] bytes;
  private final boolean tcp;

  FloodFrame(boolean tcp, Layer... layers) {
    bytes = Forge.frame(layers);
    this.tcp = tcp;
  }

  FloodFrame identification(int value) {
    put(IP + 4, value, true, false);
    return this;
  }

  FloodFrame source(int address) {
    put(IP + 12, address >>> 16, true, tcp);
    put(IP + 14, address, true, tcp);
    return this;
  }

  FloodFrame destination(int address) {
    put(IP + 16, address >>> 16, true, tcp);
    put(IP + 18, address, true, tcp);
    return this;
  }

  FloodFrame ports(int source, int destination) {
    put(TCP, source, false, tcp);
    put(TCP + 2, destination, false, tcp);
    return this;
  }

  private void put(int at, int value, boolean inHeader, boolean inSegment) {
    int before = get(at);
    set(at, value);
    if (inHeader) {
      follow(IP_CHECKSUM, before, value & 0xFFFF);
    }
    if (inSegment) {
      follow(TCP_CHECKSUM, before, value & 0xFFFF);
    }
  }

  /** RFC 1624 §3: HC' = ~(~HC + ~m + m'). */
  private void follow(int checksum, int before, int after) {
    int sum = (~get(checksum) & 0xFFFF) + (~before & 0xFFFF) + after;
    sum = (sum & 0xFFFF) + (sum >>> 16);
    sum = (sum & 0xFFFF) + (sum >>> 16);
    set(checksum, ~sum);
  }

  private int get(int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private void set(int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }
}
