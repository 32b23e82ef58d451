package tapwarden.inspect.stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Any segments in any order: six bytes of input are one, of either side, somewhere around what is
 * expected. Whatever they are, positions and bytes agree and memory stays within its bound.
 */
class TcpStreamsFuzzTest {
  private static final int OPERATION = 6;
  private static final int HELD_LIMIT = 16 << 10;

  @FuzzTest
  void takesAnySegments(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Tally tally = new Tally();
    OverlapPolicy[] policies = OverlapPolicy.values();
    OverlapPolicy policy = policies[(data[0] & 0xFF) % policies.length];
    TcpStreams streams =
        new TcpStreams(
            new StreamOptions(1, HELD_LIMIT, 8 << 10, 8, 1 << 16, policy),
            1,
            new CounterBlock(),
            tally);
    TcpStream stream = Objects.requireNonNull(streams.open());
    SyntheticPacket packets = new SyntheticPacket();
    long nanos = 0;
    for (int at = 1; at + OPERATION <= data.length; at += OPERATION) {
      boolean toServer = (data[at] & 0x40) != 0;
      nanos += (data[at] & 0x80) != 0 ? 700_000_000L : 1_000L;
      int delta = (data[at + 1] << 8 | (data[at + 2] & 0xFF)) >> ((data[at + 5] & 3) * 4);
      byte[] text = new byte[(data[at + 3] & 0xFF) * ((data[at + 5] & 4) != 0 ? 5 : 1)];
      java.util.Arrays.fill(text, data[at + 4]);
      packets.next(nanos).ip(4, 0, 1, 0, 7).tcp(4_000, 80, data[at] & 0x3F).payload(text);
      long expected = 1_000 + stream.position(toServer);
      packets.sequence(expected + delta & 0xFFFF_FFFFL, 1_000 + stream.position(!toServer) + delta);
      streams.segment(stream, packets.packet(), toServer);
      check(streams.memory().usedBytes() <= HELD_LIMIT, "memory within its bound");
      check(streams.memory().usedBytes() >= 0, "memory counted right");
      tally.agreesWith(stream);
    }
    streams.close(stream);
    check(streams.memory().usedBytes() == 0, "memory given back");
    check(streams.size() == 0, "stream given back");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static final class Tally implements StreamListener {
    private final long[] position = new long[2];

    void agreesWith(TcpStream stream) {
      for (int side = 0; side < 2; side++) {
        // What nobody wants any more is passed over without a word.
        check(position[side] <= stream.position(side == 1), "no byte told twice");
      }
    }

    @Override
    public boolean data(
        TcpStream stream, boolean toServer, MemorySegment segment, long offset, int length) {
      check(length > 0, "some bytes");
      check(position[toServer ? 1 : 0] == stream.position(toServer), "told in order");
      position[toServer ? 1 : 0] += length;
      return segment.get(ValueLayout.JAVA_BYTE, offset + length - 1) != 99;
    }

    @Override
    public boolean gap(TcpStream stream, boolean toServer, long bytes) {
      check(bytes > 0, "a gap has bytes");
      check(position[toServer ? 1 : 0] == stream.position(toServer), "told in order");
      position[toServer ? 1 : 0] += bytes;
      return true;
    }

    @Override
    public void alternative(
        TcpStream stream,
        boolean toServer,
        long position,
        MemorySegment segment,
        long offset,
        int length) {
      check(position >= 0 && length > 0, "some bytes");
      check(length <= SecondReadings.WINDOW_BYTES, "of the beginning");
    }

    @Override
    public void ambiguous(
        TcpStream stream,
        boolean toServer,
        Ambiguity kind,
        long position,
        MemorySegment segment,
        long offset,
        int length) {
      check(position >= 0 && length > 0, "somewhere");
      if (kind == Ambiguity.URGENT && position == this.position[toServer ? 1 : 0]) {
        this.position[toServer ? 1 : 0]++;
      }
      segment.get(ValueLayout.JAVA_BYTE, offset + length - 1);
    }
  }
}
