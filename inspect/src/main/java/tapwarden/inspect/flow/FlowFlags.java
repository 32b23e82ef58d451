package tapwarden.inspect.flow;

/** Bits of the state word of a slot. */
final class FlowFlags {
  /** Ordinal of {@link FlowSnapshot.State} in the low two bits. */
  static final int STATE_MASK = 3;

  static final int CLIENT_IS_B_SHIFT = 2;

  static final int CLIENT_IS_B = 1 << CLIENT_IS_B_SHIFT;
  static final int USER_PLANE = 1 << 3;

  /** The last stamp was implausible: activity is kept in the cold part. */
  static final int STRANGE_TIME = 1 << 4;

  // B's bit of a pair is A's, shifted by one.
  static final int PAYLOAD_A = 1 << 5;
  static final int PAYLOAD_B = 1 << 6;
  static final int FIN_A = 1 << 7;
  static final int FIN_B = 1 << 8;

  /** A SYN or SYN+ACK settled which side is the client. */
  static final int HANDSHAKE = 1 << 9;

  static final int SYN_ACK = 1 << 10;

  /** A sent a segment that acknowledges something and is no SYN or RST. */
  static final int ACKED_A = 1 << 11;

  static final int ACKED_B = 1 << 12;
  static final int SEQUENCE_A = 1 << 13;
  static final int SEQUENCE_B = 1 << 14;
  static final int HOLE_A = 1 << 15;
  static final int HOLE_B = 1 << 16;

  /** Bucket of the timer wheel that the flow is linked into: 10 bits. */
  static final int BUCKET_SHIFT = 17;

  /** The cold part holds an attachment or a stream, an owner: most packets need not look there. */
  static final int ATTACHED = 1 << 27;

  static final int OWNED = 1 << 28;

  /** List of {@link FlowAges} that the flow is in: 2 bits. */
  static final int AGE_SHIFT = 29;

  private static final int AGE_MASK = 3 << AGE_SHIFT;
  private static final int BUCKET_MASK = FlowWheel.BUCKETS - 1;

  private FlowFlags() {}

  static int state(int flags) {
    return flags & STATE_MASK;
  }

  static int withState(int flags, FlowSnapshot.State state) {
    return (flags & ~STATE_MASK) | state.ordinal();
  }

  static int bucket(int flags) {
    return (flags >>> BUCKET_SHIFT) & BUCKET_MASK;
  }

  static int withBucket(int flags, int bucket) {
    return (flags & ~(BUCKET_MASK << BUCKET_SHIFT)) | (bucket << BUCKET_SHIFT);
  }

  static int age(int flags) {
    return (flags & AGE_MASK) >>> AGE_SHIFT;
  }

  static int withAge(int flags, int list) {
    return (flags & ~AGE_MASK) | (list << AGE_SHIFT);
  }

  static int with(int flags, int bit, boolean set) {
    return set ? flags | bit : flags & ~bit;
  }

  static boolean has(int flags, int bit) {
    return (flags & bit) != 0;
  }
}
