package tapwarden.inspect.sink.evidence;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;

/** Decoded packets and evidence frames for tests. */
final class Packets {
  static final long SECOND = 1_000_000_000L;
  static final long START = 1_767_323_045L * SECOND;

  private Packets() {}

  /** Decodes an Ethernet frame that was captured {@code number} seconds after the start. */
  static Packet decode(int number, byte[] bytes) {
    MemorySegment segment = Arena.ofAuto().allocate(bytes.length + 64L);
    // Not at the start of the segment: an offset that is forgotten shows.
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 64, bytes.length);
    Frame frame =
        new Frame()
            .wrap(
                segment,
                64,
                bytes.length,
                bytes.length,
                START + number * SECOND,
                LinkType.ETHERNET,
                0,
                number);
    Packet packet = new Packet();
    new PacketDecoder().decode(frame, packet);
    return packet;
  }

  /** Ethernet (14), IPv4 (20), UDP (8) and {@code payloadBytes} letters. */
  static byte[] udp(String source, String destination, int payloadBytes) {
    return Forge.frame(
        Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
        Forge.ipv4(source, destination),
        Forge.udp(4000, 4001),
        Forge.payload("x".repeat(payloadBytes)));
  }

  static EvidenceFrame frame(int number, int bytes) {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) number);
    return new EvidenceFrame(
        MemorySegment.ofArray(content),
        bytes + 10,
        START + number * SECOND + number,
        LinkType.ETHERNET,
        "eth1",
        number,
        null);
  }

  static byte[] bytes(EvidenceFrame frame) {
    return frame.bytes().toArray(ValueLayout.JAVA_BYTE);
  }
}
