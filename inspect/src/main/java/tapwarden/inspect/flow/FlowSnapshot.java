package tapwarden.inspect.flow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A flow as it stood at one packet: what leaves the hot path for events and alerts. "Client" is the
 * side that opened the flow (first packet, or the SYN whatever the mirror's order).
 *
 * @param flowId public id, the same in every run over the same packets; below 2^53
 * @param clientPort for ICMP the type of the first message
 * @param serverPort for ICMP the type that answers it, or the code where nothing answers
 * @param protocol IP protocol number; 255 if unreadable
 * @param vlans VLAN ids of the first packet, outermost first
 * @param tunnelId id of the innermost tunnel; 0 without one, and where each direction has its own
 * @param startNumber number of the first packet
 * @param state new, established, closed
 * @param end why the flow ended; null while it lives
 * @param tcpFlagsToServer all TCP flags seen from the client, or-ed
 * @param oneSided packets went in one direction only although answers were to be expected
 * @param alerted whether an alert was raised on it
 * @param userPlane subscribers' traffic inside a user-plane tunnel
 * @param appProtocol word of the protocol spoken; "failed" if none was recognised, null if nothing
 *     was said that could be
 */
public record FlowSnapshot(
    long flowId,
    int ipVersion,
    long clientHigh,
    long clientLow,
    long serverHigh,
    long serverLow,
    int clientPort,
    int serverPort,
    int protocol,
    java.util.List<Integer> vlans,
    long tunnelId,
    int interfaceIndex,
    long startNumber,
    long startNanos,
    long lastNumber,
    long lastNanos,
    long packetsToServer,
    long packetsToClient,
    long bytesToServer,
    long bytesToClient,
    State state,
    @Nullable End end,
    int tcpFlagsToServer,
    int tcpFlagsToClient,
    boolean oneSided,
    boolean alerted,
    boolean userPlane,
    @Nullable String appProtocol)
    implements FlowFacts {
  /** How far a conversation got. */
  public enum State {
    NEW,
    ESTABLISHED,
    CLOSED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The state in EVE's word. */
    public String word() {
      return word;
    }
  }

  /** Why a flow ended, in EVE's words. */
  public enum End {
    TIMEOUT,
    FORCED,
    SHUTDOWN,
    TCP_REUSE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The reason in EVE's word. */
    public String word() {
      return word;
    }
  }
}
