package tapwarden.inspect.stream;

/** Why a stream can be read in more than one way. */
public enum Ambiguity {
  /** Bytes that were sent again are other bytes. */
  RETRANSMISSION,
  /** Segments that came out of order overlap, and differ there. */
  OVERLAP,
  /** Urgent data: receivers read it in line, or take it out. */
  URGENT,
  /** The connection was opened with more than one initial sequence number. */
  START
}
