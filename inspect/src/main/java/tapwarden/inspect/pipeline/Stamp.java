package tapwarden.inspect.pipeline;

/**
 * Where an output stands in the one order that does not depend on the number of workers: its place
 * in the stream, then an order within that place. The place is a packet, or a tick of packet time
 * before a packet. What a tick causes (flows that end, verdicts that waited long enough) is ordered
 * by the number of the flow's first packet. Only the flows of one frame of tunnels share that; they
 * are the same worker's, which ends them in the order of their keys.
 */
final class Stamp {
  private static final long PACKET_PHASE = 1L << 62;
  private static final int ORDINAL_BITS = 10;

  /** Largest ordinal within one flow and phase. */
  static final int LAST_ORDINAL = (1 << ORDINAL_BITS) - 1;

  /** Of one packet or datagram. */
  private static final int WHOLE_BITS = 16;

  private static final int TICK_BITS = 7;
  private static final long PACKET_ITSELF = (1 << TICK_BITS) - 1;

  /** Place of everything that the end of the stream causes. */
  static final long END = Long.MAX_VALUE - 1;

  private Stamp() {}

  /** Place of what a packet causes, by its number, which is below 2^56. */
  static long atPacket(long number) {
    return number << TICK_BITS | PACKET_ITSELF;
  }

  /** Place of what a tick before a packet causes. */
  static long atTick(Tick tick) {
    return tick.beforeNumber() << TICK_BITS | tick.index();
  }

  /** Order of the {@code ordinal}-th output that the packet itself caused. */
  static long ofPacket(int ordinal) {
    return PACKET_PHASE | ordinal;
  }

  /**
   * The ordinal from which on those of what a fragment made whole are counted, behind the packet's
   * own: the worker of the one need not be that of the other.
   *
   * @param sequence place among what the fragment caused
   */
  static int ofWhole(int sequence) {
    return (sequence + 1) << WHOLE_BITS;
  }

  /**
   * Order of an output that a tick caused.
   *
   * @param phase 0 to 3, in the order in which the worker goes through them
   * @param flowStartOrder {@link tapwarden.inspect.flow.Flow#startOrder} of the flow concerned
   */
  static long ofTick(int phase, long flowStartOrder, int ordinal) {
    return ((long) phase << 60) | (flowStartOrder << ORDINAL_BITS) | ordinal;
  }
}
