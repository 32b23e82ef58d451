package tapwarden.inspect.explain;

import tapwarden.inspect.decode.Checksums;
import tapwarden.inspect.decode.Checksums.Verdict;
import tapwarden.inspect.decode.Packet;

/** What is said of a checksum. Only those of the innermost packet are verified. */
final class ChecksumWords {
  private ChecksumWords() {}

  static String ofIpv4Header(LayerScope at) {
    Packet packet = at.packet();
    return packet.networkOffset() == at.offset() ? words(Checksums.ipv4Header(packet)) : "";
  }

  static String ofTransport(LayerScope at) {
    Packet packet = at.packet();
    return packet.transportOffset() == at.offset() ? words(Checksums.transport(packet)) : "";
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "correct";
      case BAD -> "wrong";
      case OFFLOADED -> "left to the sender's network card";
      case ABSENT -> "none was computed";
      case UNKNOWN -> "";
    };
  }
}
