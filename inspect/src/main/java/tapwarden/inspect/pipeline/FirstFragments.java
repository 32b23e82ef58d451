package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.protocol.dns.DnsKind;

/**
 * The first fragments of DNS messages over UDP whose other fragments have not come yet, by flow.
 * Where the whole comes it is told and the beginning is forgotten; else the beginning is all that
 * there is to tell when the flow ends. One worker's; bounded in messages and bytes.
 */
final class FirstFragments {
  static final int MOST_MESSAGES = 1_024;
  static final long MOST_BYTES = 2L << 20;

  private static final int ID_BYTES = 2;

  /** What was there of a message. */
  static final class Beginning {
    private final DnsKind kind;
    private final boolean toServer;
    private final byte[] bytes;

    private Beginning(DnsKind kind, boolean toServer, byte[] bytes) {
      this.kind = kind;
      this.toServer = toServer;
      this.bytes = bytes;
    }

    DnsKind kind() {
      return kind;
    }

    /** Whether the client sent it. */
    boolean toServer() {
      return toServer;
    }

    MemorySegment bytes() {
      return MemorySegment.ofArray(bytes);
    }

    private int id() {
      return (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    }
  }

  private final Map<Long, List<Beginning>> byFlow = new HashMap<>();
  private int messages;
  private long bytes;

  /** Whether there is room for a message of so many bytes. */
  boolean hasRoom(int length) {
    return length >= ID_BYTES && messages < MOST_MESSAGES && bytes + length <= MOST_BYTES;
  }

  /** Keeps the packet's payload, of which a message was read, in place of one of its number. */
  void keep(DnsKind kind, Packet packet, Flow flow, boolean toServer) {
    byte[] copy = new byte[packet.payloadLength()];
    MemorySegment.copy(
        packet.segment(), ValueLayout.JAVA_BYTE, packet.payloadOffset(), copy, 0, copy.length);
    Beginning kept = new Beginning(kind, toServer, copy);
    forget(flow, toServer, kept.id());
    byFlow.computeIfAbsent(flow.flowId(), id -> new ArrayList<>()).add(kept);
    messages++;
    bytes += copy.length;
  }

  /** The message of that number has come as a whole. */
  void forget(Flow flow, boolean toServer, int id) {
    List<Beginning> kept = messages == 0 ? null : byFlow.get(flow.flowId());
    if (kept == null) {
      return;
    }
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).toServer() == toServer && kept.get(i).id() == id) {
        gone(kept.remove(i));
        break;
      }
    }
    if (kept.isEmpty()) {
      byFlow.remove(flow.flowId());
    }
  }

  /** The flow is over: what was kept of it, in the order in which it came. */
  List<Beginning> take(Flow flow) {
    List<Beginning> kept = messages == 0 ? null : byFlow.remove(flow.flowId());
    if (kept == null) {
      return List.of();
    }
    kept.forEach(this::gone);
    return kept;
  }

  private void gone(Beginning beginning) {
    messages--;
    bytes -= beginning.bytes.length;
  }
}
