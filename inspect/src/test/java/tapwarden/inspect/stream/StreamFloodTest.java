package tapwarden.inspect.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.wire.OverlapPolicy;

/** Many connections that keep as much as they can: memory has its bound, and newcomers get some. */
class StreamFloodTest {
  private static final int MEMORY = 16 << 20;
  private static final int MANY = 50_000;

  private final Counters all = new Counters();
  private final Swallower listener = new Swallower();
  private final TcpStreams streams =
      new TcpStreams(
          new StreamOptions(MANY + 10, MEMORY, 256 << 10, 1024, 1 << 20, OverlapPolicy.LINUX),
          1,
          all.newBlock(),
          listener);
  private final SyntheticPacket packets = new SyntheticPacket();
  private long nanos;

  private TcpStream open() {
    TcpStream stream = Objects.requireNonNull(streams.open());
    streams.begin(stream, true, 1);
    return stream;
  }

  private void send(TcpStream stream, int sequence, byte[] bytes) {
    packets.next(nanos += 1_000).ip(4, 0, 1, 0, 7).tcp(4_000, 80, 0x18).payload(bytes);
    streams.segment(stream, packets.sequence(sequence, 0).packet(), true);
    assertThat(streams.memory().usedBytes()).isBetween(0L, (long) MEMORY);
  }

  private void sendBack(TcpStream stream, int sequence, byte[] bytes) {
    packets.next(nanos += 1_000).ip(4, 0, 7, 0, 1).tcp(80, 4_000, 0x18).payload(bytes);
    streams.segment(stream, packets.sequence(sequence, 0).packet(), false);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void checkThatANewcomerIsReadInOrder() {
    TcpStream stream = open();
    send(stream, 6, text("example"));
    send(stream, 1, text("evil."));
    assertThat(listener.heard(stream)).isEqualTo("evil.example");
    send(stream, 6, text("EXAMPLE"));
    streams.close(stream);
    assertThat(listener.others).containsExactly("evil.EXAMPLE");
  }

  @Test
  void oneSegmentOutOfOrderInEachOfManyConnectionsLeavesRoomForTheNext() {
    List<TcpStream> flood = new ArrayList<>();
    byte[] segment = new byte[1000];
    for (int i = 0; i < MANY; i++) {
      flood.add(open());
      send(flood.getLast(), 60_000, segment);
    }
    long evicted = all.sum(Counter.STREAM_HELD_EVICTED);
    // A segment of 1,000 bytes lies in one page or two of 2 KiB; the table of pages comes to that.
    assertThat(evicted).isBetween(MANY - MEMORY / 2048L, MANY - MEMORY / (4096L + 1024));
    assertThat(all.sum(Counter.STREAM_HELD_FULL)).isZero();
    checkThatANewcomerIsReadInOrder();
    // Who had to give way goes on as if the mirror had lost the segment.
    TcpStream first = flood.getFirst();
    send(first, 1, text("abc"));
    send(first, 4, text("def"));
    assertThat(listener.heard(first)).isEqualTo("abcdef");
    flood.forEach(streams::close);
    assertThat(streams.memory().usedBytes()).isZero();
  }

  @Test
  void theLastBytesOfManyConnectionsLeaveRoomForTheNext() {
    List<TcpStream> flood = new ArrayList<>();
    byte[] segment = new byte[1400];
    for (int i = 0; i < 10_000; i++) {
      flood.add(open());
      for (int k = 0; k < 4; k++) {
        send(flood.getLast(), 1 + k * 1400, segment);
      }
    }
    assertThat(streams.memory().usedBytes()).isLessThanOrEqualTo(MEMORY / 2);
    assertThat(all.sum(Counter.STREAM_RECENT_EVICTED)).isEqualTo(10_000 - MEMORY / 2 / 4096);
    checkThatANewcomerIsReadInOrder();
    flood.forEach(streams::close);
    assertThat(streams.memory().usedBytes()).isZero();
  }

  @Test
  void secondReadingsOfManyConnectionsLeaveRoomForEverythingElse() {
    List<TcpStream> flood = new ArrayList<>();
    byte[] segment = new byte[1400];
    for (int i = 0; i < 5_000; i++) {
      flood.add(open());
      send(flood.getLast(), 1, segment);
      send(flood.getLast(), 1, text("other"));
      send(flood.getLast(), 1401, segment);
    }
    assertThat(all.sum(Counter.STREAM_READINGS_REFUSED)).isPositive();
    assertThat(streams.memory().usedBytes()).isLessThanOrEqualTo(MEMORY / 2 + MEMORY / 8);
    flood.forEach(streams::close);
    assertThat(streams.memory().usedBytes()).isZero();
    listener.others.clear();
    checkThatANewcomerIsReadInOrder();
  }

  @Test
  void readersMayDriveWaitingSegmentsDownToHalfOfTheMemory() {
    for (int i = 0; i < 8_000; i++) {
      send(open(), 60_000, new byte[1000]);
    }
    StreamMemory memory = streams.memory();
    long before = memory.usedBytes();
    int readers = 0;
    while (memory.take(4096)) {
      readers++;
    }
    assertThat(before).isGreaterThan(MEMORY * 9L / 10);
    assertThat(readers * 4096L).isBetween(MEMORY * 4L / 10, MEMORY / 2L);
    checkThatANewcomerIsReadInOrder();
  }

  @Test
  void whatNobodyWantsIsLetGoWithoutAnAcknowledgmentWhenThereIsLittleRoom() {
    listener.wanting = false;
    TcpStream early = open();
    streams.begin(early, false, 1);
    sendBack(early, 1, text("abc"));
    send(early, 1, text("abc"));
    assertThat(early.isOver()).isFalse();
    for (int i = 0; i < MANY * 3 / 4 + 100; i++) {
      open();
    }
    sendBack(early, 4, text("def"));
    send(early, 4, text("def"));
    assertThat(early.isOver()).isTrue();
  }

  @Test
  void theWorkForSecondReadingsIsBoundedInTime() {
    byte[] segment = new byte[1400];
    for (int i = 0; i < 2_000; i++) {
      TcpStream stream = open();
      send(stream, 1, segment);
      send(stream, 1, text("other"));
      for (int k = 1; k < 12; k++) {
        send(stream, 1 + 1400 * k, segment);
      }
      streams.close(stream);
    }
    // All within less than a second of packet time, and each 16 KiB long.
    assertThat(listener.othersBytes).isBetween(15L << 20, ReadingTeller.MOST_BYTES_A_SECOND);
    assertThat(all.sum(Counter.STREAM_READINGS_REFUSED)).isPositive();
  }

  private static final class Swallower extends SilentListener {
    final List<String> others = new ArrayList<>();
    private final Map<TcpStream, StringBuilder> heard = new HashMap<>();
    long othersBytes;
    boolean wanting = true;

    String heard(TcpStream stream) {
      return Objects.requireNonNull(heard.get(stream)).toString();
    }

    private static String text(MemorySegment segment, long offset, int length) {
      byte[] bytes = segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
      return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Override
    public boolean data(
        TcpStream stream, boolean toServer, MemorySegment segment, long offset, int length) {
      if (length < 100) {
        heard
            .computeIfAbsent(stream, key -> new StringBuilder())
            .append(text(segment, offset, length));
      }
      return wanting;
    }

    @Override
    public void alternative(
        TcpStream stream,
        boolean toServer,
        long position,
        MemorySegment segment,
        long offset,
        int length) {
      othersBytes += length;
      if (length < 100) {
        others.add(text(segment, offset, length));
      }
    }
  }
}
