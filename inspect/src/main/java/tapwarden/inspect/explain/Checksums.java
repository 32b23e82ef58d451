package tapwarden.inspect.explain;

import tapwarden.inspect.decode.Packet;

/**
 * Says of a transport checksum whether it is right, where that can be known: the innermost packet,
 * wholly captured and not a fragment.
 */
final class Checksums {
  private Checksums() {}

  /**
   * @param protocol IP protocol number of the pseudo-header; -1 for a checksum without one (ICMP)
   */
  static String verdict(LayerScope at, int protocol, int field) {
    Packet packet = at.packet();
    int length = wholeLength(at);
    if (length < 0) {
      return "";
    }
    long sum = InternetChecksum.sum(at.segment(), at.offset(), length);
    if (protocol >= 0) {
      sum +=
          InternetChecksum.pseudo(
              packet.sourceHigh(),
              packet.sourceLow(),
              packet.destinationHigh(),
              packet.destinationLow(),
              protocol,
              length);
    }
    return InternetChecksum.verdict(sum, field);
  }

  /** Bytes of the transport packet; -1 when some are missing or it is not the innermost one. */
  private static int wholeLength(LayerScope at) {
    Packet packet = at.packet();
    boolean known =
        packet.transportOffset() == at.offset()
            && !packet.isFragment()
            && packet.payloadLength() == packet.wirePayloadLength()
            && packet.payloadOffset() >= at.offset();
    return known ? (int) (packet.payloadOffset() + packet.payloadLength() - at.offset()) : -1;
  }
}
