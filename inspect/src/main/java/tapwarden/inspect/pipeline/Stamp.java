package tapwarden.inspect.pipeline;

/**
 * The place of an output in the one order that does not depend on the number of workers: the number
 * of the packet at which it arose, then an order within that packet. What a tick of packet time
 * causes (flows that end, verdicts that waited long enough) stands before the packet that brought
 * the tick, ordered by the number of the flow's first packet, which no two flows share.
 */
final class Stamp {
  private static final long PACKET_PHASE = 1L << 62;
  private static final int ORDINAL_BITS = 10;

  /** Largest ordinal within one flow and phase. */
  static final int LAST_ORDINAL = (1 << ORDINAL_BITS) - 1;

  /** Number of everything that the end of the stream causes. */
  static final long END_NUMBER = Long.MAX_VALUE - 1;

  private Stamp() {}

  /** Order of the {@code ordinal}-th output that the packet itself caused. */
  static long ofPacket(int ordinal) {
    return PACKET_PHASE | ordinal;
  }

  /**
   * Order of an output that a tick caused.
   *
   * @param phase 0 to 3, in the order in which the worker goes through them
   * @param flowStartNumber number of the first packet of the flow concerned
   */
  static long ofTick(int phase, long flowStartNumber, int ordinal) {
    return ((long) phase << 60) | (flowStartNumber << ORDINAL_BITS) | ordinal;
  }
}
