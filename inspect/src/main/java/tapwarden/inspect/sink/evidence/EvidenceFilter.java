package tapwarden.inspect.sink.evidence;

import tapwarden.inspect.wire.IpAddress;

/** Chooses remembered frames by their innermost addresses. */
@FunctionalInterface
public interface EvidenceFilter {
  /**
   * @param ipVersion 4, 6, or 0 for a frame without IP
   */
  boolean test(
      int ipVersion, long sourceHigh, long sourceLow, long destinationHigh, long destinationLow);

  /** Takes every frame. */
  static EvidenceFilter any() {
    return (version, sourceHigh, sourceLow, destinationHigh, destinationLow) -> true;
  }

  /** Takes frames from or to {@code address}. */
  static EvidenceFilter address(IpAddress address) {
    return (version, sourceHigh, sourceLow, destinationHigh, destinationLow) ->
        version == address.version()
            && ((sourceHigh == address.high() && sourceLow == address.low())
                || (destinationHigh == address.high() && destinationLow == address.low()));
  }
}
