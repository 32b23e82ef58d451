package tapwarden.inspect.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What events say of a flow: of one that is in the table, as {@link Flow} shows it, or as it stood
 * once, in a {@link FlowSnapshot}. An event that is written at once needs no snapshot.
 */
public interface FlowFacts {
  /** Public id, the same in every run over the same packets; below 2^53. */
  long flowId();

  int ipVersion();

  /** IP protocol number; 255 if unreadable. */
  int protocol();

  long clientHigh();

  long clientLow();

  long serverHigh();

  long serverLow();

  /** For ICMP the type of the first message. */
  int clientPort();

  /** For ICMP the type that answers it, or the code where nothing answers. */
  int serverPort();

  /** VLAN ids of the first packet, outermost first. */
  List<Integer> vlans();

  int interfaceIndex();

  long startNanos();

  /** Number of the last packet. */
  long lastNumber();

  long lastNanos();

  long packetsToServer();

  long packetsToClient();

  /** Bytes on the wire, link-layer headers included. */
  long bytesToServer();

  long bytesToClient();

  FlowSnapshot.State state();

  /** All TCP flags that the client sent, or-ed. */
  int tcpFlagsToServer();

  int tcpFlagsToClient();

  /** Whether an alert was raised on it. */
  boolean alerted();

  /** Word of the protocol spoken, null for none, "failed" if none was recognised. */
  @Nullable String appProtocol();
}
