package tapwarden.inspect.flow;

/**
 * How flows are kept.
 *
 * @param capacity most flows at once over all workers; the oldest unestablished flow of nobody's
 *     equipment is given up first
 * @param vlanInKey whether equal 5-tuples on different VLANs are different flows
 * @param tunnelInKey whether equal 5-tuples in different tunnels are different flows
 * @param tcpNewTimeoutSeconds idle seconds before a TCP flow without handshake ends
 * @param tcpEstablishedTimeoutSeconds idle seconds before an established TCP flow ends
 * @param tcpClosedTimeoutSeconds seconds a closed TCP flow is kept for stragglers
 * @param udpNewTimeoutSeconds idle seconds before a one-sided UDP flow ends
 * @param udpEstablishedTimeoutSeconds idle seconds before a two-sided UDP flow ends
 * @param otherTimeoutSeconds idle seconds before a flow of ICMP, SCTP, GRE, ... ends
 */
public record FlowOptions(
    int capacity,
    boolean vlanInKey,
    boolean tunnelInKey,
    int tcpNewTimeoutSeconds,
    int tcpEstablishedTimeoutSeconds,
    int tcpClosedTimeoutSeconds,
    int udpNewTimeoutSeconds,
    int udpEstablishedTimeoutSeconds,
    int otherTimeoutSeconds) {
  public static final FlowOptions DEFAULT =
      new FlowOptions(1_000_000, true, true, 60, 600, 10, 30, 300, 60);
}
