package tapwarden.inspect.sink.evidence;

/**
 * Which packets prove an alert and what of them is kept.
 *
 * @param before packets kept from before the alert
 * @param after packets kept from after it
 * @param maxBytes most bytes of one evidence file
 * @param payload what is kept of each packet's payload
 */
public record EvidenceOptions(int before, int after, long maxBytes, Payload payload) {
  public static final EvidenceOptions DEFAULT = new EvidenceOptions(32, 64, 1 << 20, Payload.FULL);

  /** Subscribers' payload inside user-plane tunnels is never kept beyond headers by default. */
  public enum Payload {
    FULL,
    HEADERS,
    NONE
  }
}
