package tapwarden.inspect.flow;

/**
 * What one packet did to its flow: the bits that {@link FlowTable#update} returns. A result without
 * {@link #FLOW} means that the packet carries no IP and belongs to no flow.
 */
public final class FlowChange {
  /** The packet belongs to a flow and {@link FlowTable#flow()} shows it. Always set with a flow. */
  public static final int FLOW = 1;

  /** The flow begins with this packet. */
  public static final int NEW = 1 << 1;

  /** Both sides have taken part: handshake complete, or packets both ways where there is none. */
  public static final int ESTABLISHED = 1 << 2;

  /** With this packet both sides have sent payload. */
  public static final int DATA = 1 << 3;

  /** This packet carries the first payload of its direction. */
  public static final int FIRST_PAYLOAD = 1 << 4;

  /** TCP: both sides have sent FIN, or one has sent RST. */
  public static final int CLOSED = 1 << 5;

  /** An older flow with the same key ended just before this packet; {@link #NEW} is set too. */
  public static final int REUSED = 1 << 6;

  /** A SYN showed that the side taken for the server is the client; counts were kept by side. */
  public static final int DIRECTION_FLIPPED = 1 << 7;

  /** The packet travels from client to server. */
  public static final int TO_SERVER = 1 << 8;

  static final int TO_SERVER_SHIFT = 8;

  /** The mirror delivered the same frame twice. */
  public static final int DUPLICATE = 1 << 9;

  /** The mirror delivered TCP segments in another order than they were sent. */
  public static final int REORDERED = 1 << 10;

  /** The flow's first packet since {@link FlowTable#nextGeneration()}; not with {@link #NEW}. */
  public static final int NEW_GENERATION = 1 << 11;

  private FlowChange() {}
}
