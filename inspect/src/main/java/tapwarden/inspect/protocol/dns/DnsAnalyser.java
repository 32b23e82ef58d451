package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.decode.Packet;

/**
 * Finds DNS messages in packets: UDP on ports 53, 5353 and 5355, and those over TCP on port 53 that
 * begin and end within one segment (each after its length in two bytes, RFC 1035 §4.2.2); {@link
 * DnsConnection} reads those of connections that are put in order. One instance a worker; no
 * allocation a packet.
 */
public final class DnsAnalyser {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int TCP = 6;
  private static final int UDP = 17;

  /** Most messages taken from one TCP segment; pipelined queries are far fewer. */
  static final int MAX_MESSAGES_A_SEGMENT = 32;

  private final DnsMessage message = new DnsMessage();
  private final DnsListener listener;
  private final CounterBlock counters;

  public DnsAnalyser(CounterBlock counters, DnsListener listener) {
    this.counters = counters;
    this.listener = listener;
  }

  /** Which protocol the packet's ports claim; null if none of them. */
  public static @Nullable DnsKind kindOf(Packet packet) {
    if (!packet.hasPorts()) {
      return null;
    }
    int source = packet.sourcePort();
    int destination = packet.destinationPort();
    if (packet.protocol() == UDP) {
      return isPort(DnsKind.DNS, source, destination)
          ? DnsKind.DNS
          : isPort(DnsKind.MDNS, source, destination)
              ? DnsKind.MDNS
              : isPort(DnsKind.LLMNR, source, destination) ? DnsKind.LLMNR : null;
    }
    return packet.protocol() == TCP && isPort(DnsKind.DNS, source, destination)
        ? DnsKind.DNS
        : null;
  }

  private static boolean isPort(DnsKind kind, int source, int destination) {
    return source == kind.port() || destination == kind.port();
  }

  /**
   * Reads the packet's messages and tells the listener of each.
   *
   * @return how many there were
   */
  public int analyse(Packet packet) {
    DnsKind kind = kindOf(packet);
    if (kind == null || packet.payloadLength() == 0) {
      return 0;
    }
    if (packet.protocol() == TCP) {
      return analyseSegment(kind, packet);
    }
    return message(kind, packet, packet.segment(), packet.payloadOffset(), packet.payloadLength())
        ? 1
        : 0;
  }

  private int analyseSegment(DnsKind kind, Packet packet) {
    MemorySegment segment = packet.segment();
    long at = packet.payloadOffset();
    long end = at + packet.payloadLength();
    int messages = 0;
    while (messages < MAX_MESSAGES_A_SEGMENT && at + 2 <= end) {
      int length = segment.get(U16, at) & 0xFFFF;
      if (at + 2 + length > end || !message(kind, packet, segment, at + 2, length)) {
        break;
      }
      messages++;
      at += 2 + length;
    }
    return messages;
  }

  /** A message over TCP has begun for which there is no memory. */
  void giveUp() {
    counters.increment(Counter.DNS_INCOMPLETE);
  }

  /**
   * Reads what should be a message and tells the listener of it.
   *
   * @param packet the one that carries it, or its end
   * @return false if it is none
   */
  boolean message(DnsKind kind, Packet packet, MemorySegment segment, long offset, int length) {
    if (!message.parse(segment, offset, length)) {
      counters.increment(Counter.DNS_REFUSED);
      return false;
    }
    counters.increment(Counter.DNS_MESSAGES);
    if (!message.isWhole()) {
      counters.increment(Counter.DNS_INCOMPLETE);
    }
    listener.onMessage(kind, packet, message);
    return true;
  }
}
