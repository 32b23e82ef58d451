package tapwarden.inspect.equipment;

import java.lang.foreign.MemorySegment;

/** Takes what {@link ProofReader} finds in a packet. */
interface ProofSink {
  /** A protocol says that the address is the device's. */
  void claim(long mac, int version, long high, long low, IdentifiedBy proof);

  /** Like {@link #claim}, from someone else: believed only if nothing is known of the address. */
  void hearsay(long mac, int version, long high, long low, IdentifiedBy proof);

  /** The device calls itself by the {@code length} bytes at {@code offset}. */
  void name(long mac, MemorySegment segment, long offset, int length);
}
