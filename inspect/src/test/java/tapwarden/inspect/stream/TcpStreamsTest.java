package tapwarden.inspect.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.capture.forge.Tcp.ACK;
import static tapwarden.capture.forge.Tcp.FIN;
import static tapwarden.capture.forge.Tcp.PSH;
import static tapwarden.capture.forge.Tcp.RST;
import static tapwarden.capture.forge.Tcp.SYN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapwarden.capture.count.Counter;
import tapwarden.capture.forge.Forge;
import tapwarden.inspect.wire.OverlapPolicy;

class TcpStreamsTest {
  private static final int KIB = 1024;

  @Test
  void handsOnBothDirectionsInOrder() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "GET ").client(1005, "/").server(PSH | ACK, 5001, 1006, "200");
    assertThat(s.heard()).isEqualTo("GET /");
    assertThat(s.heardBack()).isEqualTo("200");
    assertThat(s.count(Counter.STREAM_OVERLAPS_DIFFER)).isZero();
    assertThat(s.waiting()).isZero();
  }

  @Test
  void putsSegmentsInOrder() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1007, "ghi").client(1004, "def").client(1001, "abc");
    assertThat(s.heard()).isEqualTo("abcdefghi");
    assertThat(s.waiting()).isZero();
  }

  @Test
  void readsOnWhereTheNumbersWrap() {
    StreamScript s = StreamScript.standard();
    s.client(SYN, 0xFFFF_FFFDL, 0, "").client(1, "def").client(0xFFFF_FFFEL, "abc");
    assertThat(s.heard()).isEqualTo("abcdef");
  }

  @Test
  void takesDataThatComesWithTheSyn() {
    StreamScript s = StreamScript.standard();
    s.client(SYN, 1000, 0, "ab").client(1003, "c");
    assertThat(s.heard()).isEqualTo("abc");
  }

  @Test
  void picksUpAConnectionInTheMiddle() {
    StreamScript s = StreamScript.standard();
    s.client(7000, "abc").client(7003, "def");
    assertThat(s.heard()).isEqualTo("abcdef");
  }

  @Test
  void saysNothingOfARetransmissionThatIsTheSame() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abcdef").client(1001, "abcdef").client(1004, "def").client(1004, "defghi");
    assertThat(s.heard()).isEqualTo("abcdefghi");
    assertThat(s.count(Counter.STREAM_OVERLAPS_DIFFER)).isZero();
  }

  @Test
  void tellsARetransmissionThatSaysSomethingElse() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abcdef").client(1003, "cXeY").client(1007, "g");
    assertThat(s.heard()).isEqualTo("abcdef{3:XeY}g");
    assertThat(s.count(Counter.STREAM_OVERLAPS_DIFFER)).isEqualTo(1);
  }

  @Test
  void comparesWithTheLastBytesOfALongStream() {
    StreamScript s = StreamScript.standard().handshake();
    String block = "0123456789".repeat(100);
    for (int i = 0; i < 9; i++) {
      s.client(1001 + 1000L * i, block);
    }
    s.client(1001, "old").client(9998, "7X9");
    assertThat(s.heard()).isEqualTo(block.repeat(9) + "{8998:X9}");
    assertThat(s.closed().streams.memory().usedBytes()).isZero();
  }

  @Test
  void doesNotTakeAKeepAliveForAnotherReading() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abc").acknowledged(1004).client(1003, "\0");
    s.client(ACK, 1003, 5001, "").client(1004, "d");
    assertThat(s.closed().heard()).isEqualTo("abcd");
    assertThat(s.count(Counter.STREAM_OVERLAPS_DIFFER)).isZero();
    assertThat(s.others()).isEmpty();
  }

  @Test
  void takesALateLastByteForAKeepAliveWhereNoAcknowledgmentIsSeen() {
    StreamScript s = StreamScript.standard();
    s.client(1001, "abc").after(StreamOrder.KEEP_ALIVE_NANOS).client(1003, "\0").client(1004, "d");
    assertThat(s.closed().heard()).isEqualTo("abcd");
    assertThat(s.count(Counter.STREAM_OVERLAPS_DIFFER)).isZero();
    assertThat(s.others()).containsExactly("ab\0d");
  }

  @Test
  void doesNotTakeALastByteThatComesAgainAtOnceForAKeepAlive() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abX").client(1003, "c").client(1004, "d");
    assertThat(s.closed().heard()).isEqualTo("abX{2:c}d");
    assertThat(s.others()).containsExactly("abcd");
  }

  /** 1001..1010 is missing; "BBBBBB" is at 1011, and a later "NNNNNN" overlaps it on the left. */
  @ParameterizedTest
  @CsvSource({
    "FIRST, NNNBBBBBB",
    "LAST, NNNNNNBBB",
    "BSD, NNNNNNBBB",
    "BSD_RIGHT, NNNBBBBBB",
    "LINUX, NNNNNNBBB",
    "WINDOWS, NNNNNNBBB",
    "SOLARIS, NNNBBBBBB"
  })
  void followsThePolicyWhereWaitingSegmentsOverlap(OverlapPolicy policy, String read) {
    StreamScript s = StreamScript.with(policy).handshake();
    s.client(1014, "BBBBBB").client(1011, "NNNNNN").client(1001, "0123456789");
    String other = read.equals("NNNNNNBBB") ? "BBB" : "NNN";
    assertThat(s.heard()).isEqualTo("{13:" + other + "}0123456789" + read);
    s.closed();
    assertThat(s.others())
        .containsExactly("0123456789" + (other.equals("NNN") ? "NNNNNNBBB" : "NNNBBBBBB"));
  }

  @Test
  void goesOnBehindAGapThatTheReceiverDoesNotHave() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abc").client(1009, "ijk").acknowledged(1012);
    assertThat(s.heard()).isEqualTo("abc");
    s.after(StreamOrder.REORDER_NANOS).client(ACK, 1012, 5001, "");
    assertThat(s.heard()).isEqualTo("abc[5]ijk");
    s.client(1012, "l");
    assertThat(s.heard()).isEqualTo("abc[5]ijkl");
    assertThat(s.count(Counter.STREAM_BYTES_MISSING)).isEqualTo(5);
  }

  @Test
  void waitsForARetransmissionThatTheReceiverWaitsFor() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abc").client(1009, "ijk").acknowledged(1004);
    s.after(TimeUnit.MILLISECONDS.toNanos(800)).acknowledged(1004).client(1004, "defgh");
    assertThat(s.heard()).isEqualTo("abcdefghijk");
  }

  @Test
  void givesUpWaitingWhereNoAcknowledgmentIsSeen() {
    StreamScript s = StreamScript.standard();
    s.client(SYN, 1000, 0, "").client(1004, "def");
    s.after(StreamOrder.MISSING_NANOS).client(1007, "g");
    assertThat(s.heard()).isEqualTo("[3]defg");
  }

  @Test
  void handsOnWhatWaitsWhenTheFlowEnds() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1004, "def").client(1010, "j").closed();
    assertThat(s.heard()).isEqualTo("[3]def[3]j");
    assertThat(s.streams.memory().usedBytes()).isZero();
    assertThat(s.streams.size()).isZero();
  }

  @Test
  void missesWhatTheCaptureHasCutOff() {
    StreamScript s = StreamScript.standard().handshake();
    s.cut(1001, "abcdef", 4).client(1007, "g");
    assertThat(s.heard()).isEqualTo("ab[4]g");
  }

  @Test
  void aForgedResetOrFinEndsNothing() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abc").client(RST, 1004, 0, "").server(RST | ACK, 5001, 1004, "");
    s.client(FIN | ACK, 99_000, 5001, "").client(1004, "def");
    assertThat(s.heard()).isEqualTo("abcdef");
  }

  @Test
  void aFinEndsItsDirectionWhenTheOtherSideHasAcknowledgedIt() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(FIN | PSH | ACK, 1001, 5001, "abc");
    assertThat(s.stream.client.over).isFalse();
    s.server(FIN | ACK, 5001, 1005, "").client(1005, "late");
    assertThat(s.heard()).isEqualTo("abc");
    assertThat(s.stream.isOver()).isFalse();
    s.client(ACK, 1005, 5002, "");
    assertThat(s.stream.isOver()).isTrue();
  }

  @Test
  void aForgedFinInItsPlaceEndsNothing() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abc").client(FIN | ACK, 1004, 5001, "").acknowledged(1004);
    s.client(1004, "def").acknowledged(1007).client(1007, "ghi");
    assertThat(s.heard()).isEqualTo("abcdefghi");
  }

  @Test
  void aSynThatComesAgainWithAnotherNumberCountsUntilThereIsData() {
    StreamScript s = StreamScript.standard();
    s.client(SYN, 1000, 0, "").client(SYN, 3000, 0, "").client(3001, "abc");
    s.client(SYN, 9000, 0, "").client(3004, "d").client(9001, "x");
    assertThat(s.heard()).isEqualTo("abcd");
    assertThat(s.count(Counter.STREAM_SYN_DIFFERS)).isEqualTo(2);
    assertThat(s.closed().others()).containsExactly("x");
  }

  @Test
  void aSynThatComesAgainAfterDataIsTheSame() {
    StreamScript s = StreamScript.standard().handshake().client(1001, "abc");
    s.client(SYN, 1000, 0, "").client(1004, "d");
    assertThat(s.heard()).isEqualTo("abcd");
    assertThat(s.count(Counter.STREAM_SYN_DIFFERS)).isZero();
  }

  @Test
  void aDecoyWithAWrongChecksumIsNotRead() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(tcp(1001).checksum(1), "XXX").client(1001, "abc");
    assertThat(s.heard()).isEqualTo("abc");
    assertThat(s.count(Counter.STREAM_BAD_CHECKSUMS)).isEqualTo(1);
  }

  @Test
  void aSenderWhoseChecksumsAreAllWrongIsRead() {
    StreamScript s = StreamScript.standard();
    s.client(tcp(1001).checksum(1), "abc").client(tcp(1004).checksum(1), "def");
    assertThat(s.heard()).isEqualTo("abcdef");
  }

  @Test
  void checksumsAreUsedOrNotAsToldToo() {
    StreamScript used = new StreamScript(StreamOptions.DEFAULT.checksums(ChecksumPolicy.USE));
    used.handshake().client(tcp(1001).checksum(1), "abc").client(1004, "def");
    assertThat(used.heard()).isEqualTo("abcdef");
    assertThat(used.count(Counter.STREAM_BAD_CHECKSUMS_USED)).isEqualTo(1);
    StreamScript not = new StreamScript(StreamOptions.DEFAULT.checksums(ChecksumPolicy.IGNORE));
    not.client(tcp(1001).checksum(1), "XXX").client(1001, "abc");
    assertThat(not.heard()).isEqualTo("abc");
    assertThat(not.count(Counter.STREAM_BAD_CHECKSUMS)).isEqualTo(1);
  }

  @Test
  void goesOnWhenTheConnectionIsTurnedRound() {
    StreamScript s = StreamScript.standard();
    s.client(1001, "abc").server(PSH | ACK, 5004, 1004, "def");
    s.streams.turnRound(s.stream);
    // Who was the server is the client now, of whom 5004 to 5006 were heard.
    s.client(5007, "ghi").server(PSH | ACK, 1004, 5007, "jkl");
    assertThat(s.heard()).isEqualTo("abcghi");
    assertThat(s.heardBack()).isEqualTo("defjkl");
    assertThat(s.count(Counter.STREAM_BYTES_MISSING)).isZero();
  }

  @Test
  void aSegmentFarAheadIsNotWaitedFor() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abc").client(1004 + 300 * KIB, "decoy").client(1004, "def");
    assertThat(s.heard()).isEqualTo("abcdef");
    assertThat(s.count(Counter.STREAM_OUT_OF_WINDOW)).isEqualTo(1);
    assertThat(s.waiting()).isZero();
  }

  @Test
  void aGreatLossIsAGapIfTheReceiverHasTheBytes() {
    StreamScript s = StreamScript.standard().handshake();
    s.client(1001, "abc").acknowledged(1004 + 300 * KIB).client(1004 + 300 * KIB, "def");
    assertThat(s.heard()).isEqualTo("abc[" + 300 * KIB + "]def");
  }

  @Test
  void aGreatLossIsAGapWhereTwoSegmentsFollowEachOtherBehindIt() {
    StreamScript s = StreamScript.standard();
    s.client(1001, "abc").client(1004 + 300 * KIB, "def").client(1007 + 300 * KIB, "ghi");
    assertThat(s.heard()).isEqualTo("abc[" + (300 * KIB + 3) + "]ghi");
  }

  @Test
  void tooManyWaitingSegmentsMakeAGap() {
    StreamScript s = new StreamScript(options(1 << 20, 64 * KIB, 4));
    s.handshake().client(1003, "c").client(1005, "e").client(1007, "g").client(1009, "i");
    assertThat(s.heard()).isEmpty();
    s.client(1011, "k");
    assertThat(s.heard()).isEqualTo("[2]c[1]e[1]g[1]i");
    s.client(1010, "j");
    assertThat(s.heard()).isEqualTo("[2]c[1]e[1]g[1]ijk");
    assertThat(s.count(Counter.STREAM_HELD_FULL)).isEqualTo(1);
  }

  @Test
  void memoryForWaitingBytesIsBounded() {
    StreamScript s = new StreamScript(options(8 * KIB, 64 * KIB, 100));
    String text = "x".repeat(1000);
    s.handshake();
    for (int i = 1; i < 30; i++) {
      s.client(1001 + 1000L * i, text);
      assertThat(s.streams.memory().usedBytes()).isLessThanOrEqualTo(8 * KIB);
    }
    assertThat(s.closed().heard().replace(text, "k")).isEqualTo("[1000]" + "k".repeat(29));
  }

  @Test
  void aDirectionIsReadToItsDepth() {
    StreamScript s =
        new StreamScript(new StreamOptions(10, 1 << 20, 64 * KIB, 64, 5, OverlapPolicy.FIRST));
    s.handshake().client(1001, "abc").client(1004, "def").client(1007, "ghi");
    assertThat(s.heard()).isEqualTo("abcdef");
    assertThat(s.count(Counter.STREAMS_DEEP)).isEqualTo(1);
  }

  @Test
  void theDepthOfADirectionCanBeSetWhenItsProtocolIsKnown() {
    StreamScript s =
        new StreamScript(new StreamOptions(10, 1 << 20, 64 * KIB, 64, 5, OverlapPolicy.FIRST));
    s.handshake().client(1001, "abc");
    s.stream.depth(true, 8);
    s.stream.depth(false, 1);
    s.client(1004, "def").client(1007, "ghi").client(1010, "jkl");
    s.server(PSH | ACK, 5001, 1013, "ABC").server(PSH | ACK, 5004, 1013, "DEF");
    assertThat(s.heard()).isEqualTo("abcdefghi");
    assertThat(s.heardBack()).isEqualTo("ABC");
  }

  @Test
  void whatNobodyWantsIsNotKept() {
    StreamScript s = StreamScript.standard().wanting(3).handshake();
    s.client(1001, "abc").acknowledged(1004).client(1009, "ijk");
    assertThat(s.heard()).isEqualTo("abc");
    assertThat(s.waiting()).isZero();
  }

  @Test
  void isNotOverWhileWhatNobodyWantedMayComeAgainAsSomethingElse() {
    StreamScript s = StreamScript.standard().wanting(3).handshake();
    s.client(1001, "XXX").answered(1001, "yyy").client(ACK, 1004, 5004, "");
    assertThat(s.stream.isOver()).isFalse();
    s.client(1001, "abc").client(1004, "def").acknowledged(1007);
    assertThat(s.stream.isOver()).isTrue();
    assertThat(s.closed().heard()).isEqualTo("XXX{0:abc}");
    assertThat(s.others()).containsExactly("abcdef");
  }

  @Test
  void tooManyConnectionsAreCounted() {
    StreamScript s =
        new StreamScript(new StreamOptions(1, 1 << 20, 64 * KIB, 64, 1 << 20, OverlapPolicy.LAST));
    assertThat(s.streams.open()).isNull();
    assertThat(s.count(Counter.STREAMS_NOT_FOLLOWED)).isEqualTo(1);
    s.closed();
    assertThat(s.streams.open()).isNotNull();
  }

  @Test
  void shuffledDuplicatedSmallSegmentsReadTheSame() {
    String text = "The quick brown fox jumps over the lazy dog. ".repeat(5);
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<int[]> pieces = new ArrayList<>();
      for (int at = 0; at < text.length(); ) {
        int length = Math.min(text.length() - at, 1 + random.nextInt(7));
        pieces.add(new int[] {Math.max(0, at - random.nextInt(4)), at + length});
        at += length;
      }
      pieces.addAll(List.copyOf(pieces.subList(0, 10)));
      Collections.shuffle(pieces, random);
      StreamScript s = StreamScript.with(OverlapPolicy.values()[(int) (seed % 7)]).handshake();
      for (int[] piece : pieces) {
        s.client(1001 + piece[0], text.substring(piece[0], piece[1]));
      }
      assertThat(s.heard()).as("seed %d", seed).isEqualTo(text);
      assertThat(s.count(Counter.STREAM_OVERLAPS_DIFFER)).as("seed %d", seed).isZero();
    }
  }

  private static tapwarden.capture.forge.Tcp tcp(long sequence) {
    return Forge.tcp(40_000, 443).flags(PSH | ACK).sequence(sequence).acknowledgement(5001);
  }

  private static StreamOptions options(long heldBytes, int bytes, int segments) {
    return new StreamOptions(10, heldBytes, bytes, segments, 1 << 20, OverlapPolicy.FIRST);
  }
}
