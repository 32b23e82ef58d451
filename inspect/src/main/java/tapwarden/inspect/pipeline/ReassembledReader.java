package tapwarden.inspect.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;

/** Says on a worker's thread what the capture thread found out of fragments. */
final class ReassembledReader {
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet onWire = new Packet();
  private final Packet found = new Packet();

  // Off-heap as frames of the ring are, so that the decoder meets one kind of memory only.
  private MemorySegment wireBytes = MemorySegment.NULL;
  private MemorySegment foundBytes = MemorySegment.NULL;

  /** The frame that completed the datagram that was read last. */
  Packet onWire() {
    return onWire;
  }

  void read(Reassembled message, Fragments.Out out) {
    foundBytes = roomFor(message.frame(), foundBytes);
    var frame = message.frame().view(foundBytes);
    FrameCopy wire = message.onWire();
    if (wire == null) {
      decoder.decodeWhole(frame, message.ipOffset(), found, message.level());
      out.differ(found, frame, message.ipOffset(), message.level(), message.sequence());
      return;
    }
    wireBytes = roomFor(wire, wireBytes);
    decoder.decode(wire.view(wireBytes), onWire);
    decoder.decodeWhole(frame, message.ipOffset(), found, Packet.MAX_LAYERS);
    out.whole(found, frame, message.ipOffset(), message.chosen(), message.sequence());
  }

  private static MemorySegment roomFor(FrameCopy copy, MemorySegment room) {
    return copy.length() <= room.byteSize()
        ? room
        : Arena.ofAuto().allocate(Math.max(2L * room.byteSize(), copy.length()));
  }
}
