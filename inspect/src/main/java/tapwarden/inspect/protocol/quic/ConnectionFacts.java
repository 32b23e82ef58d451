package tapwarden.inspect.protocol.quic;

import java.util.Arrays;
import tapwarden.inspect.codec.quic.LongHeader;

/** What the headers of a connection say, to be written with the next event. */
final class ConnectionFacts {
  /** Versions of a negotiation that are written; servers offer a handful. */
  static final int MOST_VERSIONS = 32;

  private static final int[] NONE = {};

  /** Of the packet read last; 0 if none told it. */
  int version;

  boolean retry;
  boolean zeroRtt;
  boolean closed;
  int[] offered = NONE;

  /** Whether something is known that no event has told. */
  boolean untold;

  void version(int of) {
    untold |= version == 0;
    version = of;
  }

  void retry() {
    untold |= !retry;
    retry = true;
  }

  void zeroRtt() {
    untold |= !zeroRtt;
    zeroRtt = true;
  }

  void offered(LongHeader negotiation) {
    int[] versions = new int[Math.min(MOST_VERSIONS, negotiation.versionCount())];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = negotiation.offeredVersion(i);
    }
    untold |= !Arrays.equals(versions, offered);
    offered = versions;
  }
}
