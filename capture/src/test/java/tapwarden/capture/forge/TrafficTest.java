package tapwarden.capture.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;

class TrafficTest {
  private static final Host CLIENT = Host.of("02:00:00:00:00:01", "10.0.0.1");
  private static final Host SERVER = Host.of("02:00:00:00:00:02", "203.0.113.9");

  @Test
  void connectionKeepsSequenceNumbersFromSynToLastAck() {
    Traffic traffic = new Traffic(0);
    traffic
        .tcp(CLIENT, 40_000, SERVER, 80)
        .handshake()
        .clientSends("hello".getBytes(StandardCharsets.US_ASCII))
        .serverSends(new byte[3_000])
        .close();
    // flags, sequence, acknowledgement as RFC 9293 §3.5 and §3.6 have them
    assertThat(traffic.frames().stream().map(TrafficTest::describe))
        .containsExactly(
            "40000 02 1000 0",
            "80 12 9000 1001",
            "40000 10 1001 9001",
            "40000 18 1001 9001",
            "80 10 9001 1006",
            "80 18 9001 1006",
            "80 18 10461 1006",
            "80 18 11921 1006",
            "40000 10 1006 12001",
            "40000 11 1006 12001",
            "80 11 12001 1007",
            "40000 10 1007 12002");
  }

  @Test
  void framesComeInOrderOfTimeWhateverTheOrderOfMaking() {
    Traffic traffic = new Traffic(5_000).gap(10);
    traffic.udp(CLIENT, 1, SERVER, 2, new byte[1]).udp(CLIENT, 3, SERVER, 2, new byte[1]);
    traffic.at(5_005).udp(CLIENT, 2, SERVER, 2, new byte[1]);
    assertThat(traffic.frames())
        .extracting(ForgedFrame::timestampNanos)
        .containsExactly(5_000L, 5_005L, 5_010L);
    assertThat(traffic.now()).isEqualTo(5_015);
  }

  @Test
  void lookUpAsksForIpv6WhenTheAnswerIsIpv6() {
    Traffic traffic = new Traffic(0);
    traffic.dnsLookup(CLIENT, SERVER, "x.example", "2001:db8::1");
    List<ForgedFrame> frames = traffic.frames();
    assertThat(frames).hasSize(2);
    // Ethernet 14, IPv4 20, UDP 8, DNS header 12, name 1+1+1+7+1, type
    assertThat(ByteBuffer.wrap(frames.get(0).bytes()).getShort(65)).isEqualTo((short) 28);
    assertThat(ByteBuffer.wrap(frames.get(1).bytes()).getShort(34)).isEqualTo((short) 53);
  }

  @Test
  void aHostOnAVlanTagsBothDirections() {
    Traffic traffic = new Traffic(0);
    traffic.udpExchange(CLIENT.onVlan(410), 1, SERVER, 2, new byte[1], new byte[1]);
    assertThat(traffic.frames())
        .allSatisfy(frame -> {
          assertThat(ByteBuffer.wrap(frame.bytes()).getInt(12)).isEqualTo(0x8100_019A);
        });
  }

  @Test
  void sourceFillsBatchesAndThenEnds() {
    ForgedSource source = new ForgedSource(SequencedFrames.frames(100, 5, 1_000, 10));
    FrameBatch batch = new FrameBatch(2, FrameBatch.MAX_FRAME_BYTES);
    Frame view = new Frame();
    long expected = 100;
    while (source.read(batch) != PacketSource.END) {
      for (int i = 0; i < batch.size(); i++) {
        batch.frame(i, view);
        assertThat(SequencedFrames.numberOf(view)).isEqualTo(expected);
        assertThat(view.timestampNanos()).isEqualTo(1_000 + (expected - 100) * 10);
        expected++;
      }
      batch.clear();
    }
    assertThat(expected).isEqualTo(105);
  }

  @Test
  void aForeignFrameHasNoNumber() {
    FrameBatch batch = new FrameBatch(2, FrameBatch.MAX_FRAME_BYTES);
    byte[] bytes = SequencedFrames.frame(1);
    new ForgedSource(
            List.of(
                new ForgedFrame(0, Forge.patch(bytes, 42, 0)),
                new ForgedFrame(0, Forge.truncate(bytes, 57))))
        .read(batch);
    Frame view = new Frame();
    assertThat(SequencedFrames.numberOf(batch.frame(0, view))).isEqualTo(SequencedFrames.FOREIGN);
    assertThat(SequencedFrames.numberOf(batch.frame(1, view))).isEqualTo(SequencedFrames.FOREIGN);
  }

  @Test
  void writesAPcapFileWithNanosecondsAndBothLengths(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("t.pcap");
    new Traffic(1_700_000_000_123_456_789L).frame(new byte[] {7, 8}, 60).writePcap(file);
    // Magic for nanoseconds, version 2.4, snap length 262,144, Ethernet; then one record:
    // 1,700,000,000 = 6553f100, 123,456,789 = 075bcd15, all little-endian.
    assertThat(Files.readAllBytes(file))
        .isEqualTo(
            Octets.fromHex(
                "4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000"
                    + "00f15365 15cd5b07 02000000 3c000000 0708"));
  }

  @Test
  void interruptEndsTheSource() {
    ForgedSource source = new ForgedSource(SequencedFrames.frames(0, 5, 0, 1));
    source.interrupt();
    assertThat(source.read(new FrameBatch(2, FrameBatch.MAX_FRAME_BYTES)))
        .isEqualTo(PacketSource.END);
  }

  private static String describe(ForgedFrame frame) {
    ByteBuffer tcp = ByteBuffer.wrap(frame.bytes()).position(34).slice();
    return "%d %02x %d %d"
        .formatted(
            Short.toUnsignedInt(tcp.getShort(0)),
            tcp.get(13),
            Integer.toUnsignedLong(tcp.getInt(4)),
            Integer.toUnsignedLong(tcp.getInt(8)));
  }
}
