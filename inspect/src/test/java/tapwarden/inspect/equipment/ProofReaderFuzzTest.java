package tapwarden.inspect.equipment;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;

class ProofReaderFuzzTest {
  /** No frame, whole or cut, makes the tracker read beyond it or fail. */
  @FuzzTest
  void learnsFromAnyFrameWithoutReadingBeyondIt(byte[] data) {
    IdentityTracker tracker =
        new IdentityTracker(
            EquipmentDirectory.empty(),
            Networks.standard(),
            IdentityOptions.DEFAULT,
            new CounterBlock());
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    try (Arena arena = Arena.ofConfined()) {
      for (int cut = 0; cut < Math.min(4, data.length); cut++) {
        int length = data.length - cut;
        MemorySegment exact = arena.allocate(length);
        exact.copyFrom(MemorySegment.ofArray(data).asSlice(0, length));
        Frame frame = new Frame();
        frame.wrap(exact, 0, length, length, cut, LinkType.ETHERNET, 0, cut + 1L);
        decoder.decode(frame, packet);
        int facts = tracker.observe(packet);
        for (int i = 0; i < facts; i++) {
          tracker.fact(i).hashCode();
        }
      }
    }
    tracker.inventory().hashCode();
  }
}
