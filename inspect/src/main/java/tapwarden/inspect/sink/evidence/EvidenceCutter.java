package tapwarden.inspect.sink.evidence;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;

/**
 * Says how much of a frame evidence may keep. What equipment says itself is kept as configured:
 *
 * <ul>
 *   <li>{@code full}: the frame as captured;
 *   <li>{@code headers}: everything up to and with the innermost transport header that was read;
 *   <li>{@code none}: up to and with the innermost network header, so that who talked to whom
 *       remains.
 * </ul>
 *
 * What equipment carries for subscribers (GTP-U, CAPWAP data, PPPoE sessions, L2TP) is their
 * communication and never kept beyond the headers. A frame that broke off inside such a tunnel
 * counts as theirs. Thread-safe; allocates nothing.
 */
public final class EvidenceCutter {
  private static final long USER_PLANE_LAYERS =
      Layer.GTP.bit() | Layer.CAPWAP.bit() | Layer.PPPOES.bit() | Layer.L2TP.bit();

  private final EvidenceOptions.Payload payload;

  public EvidenceCutter(EvidenceOptions.Payload payload) {
    this.payload = payload;
  }

  /** How many bytes are kept, from the start of the frame; at most those captured. */
  public int keptBytes(Packet packet) {
    if (payload == EvidenceOptions.Payload.NONE) {
      return (int) (Math.min(packet.transportOffset(), headersEnd(packet)) - packet.frameOffset());
    }
    if (payload == EvidenceOptions.Payload.HEADERS || carriesSubscriber(packet)) {
      return (int) (headersEnd(packet) - packet.frameOffset());
    }
    return packet.capturedLength();
  }

  /** Whether the frame carries, or may carry, traffic of a subscriber. */
  public static boolean carriesSubscriber(Packet packet) {
    return packet.isUserPlane() || (packet.layerSet() & USER_PLANE_LAYERS) != 0;
  }

  /** What was cut, in words; null if nothing was. */
  static @Nullable String comment(int kept, int captured, boolean subscriber) {
    if (kept >= captured) {
      return null;
    }
    String why = subscriber ? "traffic of a subscriber: " : "";
    return why + "the last " + (captured - kept) + " of " + captured + " captured bytes were cut";
  }

  private static long headersEnd(Packet packet) {
    return Math.min(packet.payloadOffset(), packet.frameEnd());
  }
}
