package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.HashKey;
import tapwarden.inspect.equipment.IdentityOptions;
import tapwarden.inspect.equipment.IdentityTracker;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.flow.PacketClock;
import tapwarden.inspect.fragment.FragmentOptions;

class OwnerShardsTest {
  private static final int WORKERS = 3;

  private final CounterBlock counters = new CounterBlock();

  private OwnerShards shards(SourceNames sources) {
    EquipmentDirectory directory = EquipmentDirectory.empty();
    IdentityTracker identities =
        new IdentityTracker(
            directory, Networks.standard(), IdentityOptions.DEFAULT, new CounterBlock());
    return new OwnerShards(
        WORKERS,
        directory,
        Networks.standard(),
        identities,
        new ShardHash(new HashKey(3, 7).first()),
        new PacketClock(),
        sources,
        FragmentOptions.DEFAULT,
        7,
        counters);
  }

  private static FrameBatch batch(int frames) {
    FrameBatch batch = new FrameBatch(frames, FrameBatch.MAX_FRAME_BYTES);
    batch.firstNumber(1);
    for (int i = 0; i < frames; i++) {
      byte[] bytes =
          Forge.frame(
              Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
              Forge.ipv4("10.0.0." + i, "203.0.113.9"),
              Forge.udp(5_000, 5_001));
      MemorySegment frame = MemorySegment.ofArray(bytes);
      batch.append(frame, 0, bytes.length, bytes.length, i, LinkType.ETHERNET, i);
    }
    return batch;
  }

  private static int assigned(FrameBatch batch) {
    int assigned = 0;
    for (int worker = 0; worker < WORKERS; worker++) {
      assigned += batch.assignedCount(worker);
    }
    return assigned;
  }

  /** A look at the interface's name is the one thing in a plan that a test can make fail. */
  @Test
  void anErrorWhileAFrameIsSharedOutEndsNothing() {
    SourceNames failing =
        new SourceNames() {
          private int asked;

          @Override
          public Place of(int interfaceIndex) {
            return new Place(false, "x.pcap", 0);
          }

          @Override
          public Place ofNumber(long packetNumber) {
            return of(0);
          }

          @Override
          public List<String> interfaceNames() {
            if (++asked == 2) {
              throw new StackOverflowError("as if a table were too deep");
            }
            return List.of();
          }
        };
    FrameBatch batch = batch(5);
    shards(failing).plan(batch);
    assertThat(assigned(batch)).isEqualTo(5);
    assertThat(counters.get(Counter.FRAMES_NOT_SHARED)).isEqualTo(1);
  }

  @Test
  void everyFrameIsSomeWorkersAndNothingFails() {
    FrameBatch batch = batch(20);
    shards(new OneCapture()).plan(batch);
    assertThat(assigned(batch)).isEqualTo(20);
    assertThat(batch.assignedCount(0)).isLessThan(20);
    assertThat(counters.get(Counter.FRAMES_NOT_SHARED)).isZero();
  }
}
