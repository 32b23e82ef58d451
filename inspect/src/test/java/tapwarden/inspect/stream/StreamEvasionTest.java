package tapwarden.inspect.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.capture.forge.Tcp.ACK;
import static tapwarden.capture.forge.Tcp.FIN;
import static tapwarden.capture.forge.Tcp.PSH;
import static tapwarden.capture.forge.Tcp.RST;
import static tapwarden.capture.forge.Tcp.SYN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.count.Counter;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Tcp;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * What a sender may do to show the tap one text and the receiver another: each reading that some
 * receiver has is told, as the main one or as another.
 */
class StreamEvasionTest {
  private static final int KIB = 1024;
  private static final StreamOptions SMALL =
      new StreamOptions(4, 4 << 20, 256 * KIB, 1024, 1 << 20, OverlapPolicy.FIRST);

  /** Ranges of at least a byte in the first four. */
  private static List<int[]> ranges() {
    List<int[]> ranges = new ArrayList<>();
    for (int start = 0; start < 4; start++) {
      for (int end = start + 1; end <= 4; end++) {
        ranges.add(new int[] {start, end});
      }
    }
    return ranges;
  }

  private static String letters(char letter, int[] range) {
    return String.valueOf(letter).repeat(range[1] - range[0]);
  }

  /** All pairs and triplets of ranges in all orders, behind a byte that comes last. */
  @ParameterizedTest
  @EnumSource(OverlapPolicy.class)
  void readsWaitingSegmentsThatOverlapAsEachReceiverDoes(OverlapPolicy main) {
    List<int[]> ranges = ranges();
    int sequences = 0;
    for (int[] a : ranges) {
      for (int[] b : ranges) {
        sequences += check(main, a, b) ? 1 : 0;
        for (int[] c : ranges) {
          sequences += check(main, a, b, c) ? 1 : 0;
        }
      }
    }
    assertThat(sequences).isGreaterThan(500);
  }

  /** False if the segments leave a hole. */
  private static boolean check(OverlapPolicy main, int[]... segments) {
    String expected = OverlapOracle.read(main, segments);
    if (expected.indexOf('?') >= 0) {
      return false;
    }
    StreamScript s =
        new StreamScript(new StreamOptions(4, 1 << 20, 4 * KIB, 16, 1 << 20, main)).handshake();
    char letter = 'A';
    for (int[] segment : segments) {
      s.client(1002 + segment[0], letters(letter++, segment));
    }
    s.client(1001, "-").closed();
    String as = main + " " + Arrays.deepToString(segments);
    assertThat(s.heard().replaceAll("\\{[^}]*}", "")).as(as).isEqualTo("-" + expected);
    List<String> told = new ArrayList<>(s.others());
    told.add("-" + expected);
    for (OverlapPolicy policy : OverlapPolicy.values()) {
      assertThat(told)
          .as("%s as %s", as, policy)
          .contains("-" + OverlapOracle.read(policy, segments));
    }
    assertThat(told).as(as).doesNotHaveDuplicates();
    assertThat(s.heard().contains("{")).as(as).isEqualTo(OverlapOracle.differ(segments));
    return true;
  }

  @Test
  void readsWhatWasHandedOnAsItCameFirstAndAsItCameLast() {
    for (int[] a : ranges()) {
      for (int[] b : ranges()) {
        for (int[] c : ranges()) {
          String last = OverlapOracle.read(OverlapPolicy.LAST, a, b, c);
          if (a[0] > 0 || b[0] > a[1] || c[0] > Math.max(a[1], b[1])) {
            continue;
          }
          StreamScript s = new StreamScript(SMALL).handshake();
          s.client(1001 + a[0], letters('A', a)).client(1001 + b[0], letters('B', b));
          s.client(1001 + c[0], letters('C', c)).closed();
          String first = OverlapOracle.read(OverlapPolicy.FIRST, a, b, c);
          assertThat(s.heard().replaceAll("\\{[^}]*}", "")).isEqualTo(first);
          assertThat(first.equals(last) || s.others().contains(last)).as("%s", last).isTrue();
        }
      }
    }
  }

  @Test
  void readsARetransmissionWithOtherDataAndWhatFollows() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.client(1001, "Host: ").client(1007, "good.example").client(1007, "evil.example");
    s.client(1019, "\r\n").answered(1021, "ok");
    assertThat(s.others()).containsExactly("Host: evil.example\r\n");
    s.closed();
    assertThat(s.heard()).isEqualTo("Host: good.example{6:evil.example}\r\n");
    // Once with the segment, once with the one behind it, and no more.
    assertThat(s.count(Counter.STREAM_READINGS)).isEqualTo(2);
    assertThat(s.others()).hasSize(1);
  }

  @Test
  void readsADecoySentBeforeAtOnePlaceAndBehindAtAnother() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.client(1001, "GET / ").client(1001, "XXXXXX");
    s.client(1007, "good.example").client(1007, "evil.example").client(1019, ";").closed();
    assertThat(s.others())
        .containsExactlyInAnyOrder(
            "XXXXXXevil.example;", "XXXXXXgood.example;", "GET / evil.example;");
  }

  @Test
  void readsAllBytesThatCameTwiceWhicheverWasTheDecoy() {
    String text = "GET /evil HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    StreamScript decoysFirst = new StreamScript(SMALL).handshake();
    StreamScript decoysLast = new StreamScript(SMALL).handshake();
    for (int i = 0; i < text.length(); i++) {
      decoysFirst.client(1001 + i, "?").client(1001 + i, text.substring(i, i + 1));
      decoysLast.client(1001 + i, text.substring(i, i + 1)).client(1001 + i, "?");
    }
    assertThat(decoysFirst.closed().others()).contains(text);
    assertThat(decoysLast.closed().heard().replaceAll("\\{[^}]*}", "")).isEqualTo(text);
  }

  @Test
  void readsTheRealSegmentsBehindEachKindOfDecoy() {
    List<Tcp> decoys = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      decoys.add(Forge.tcp(40_000, 443).flags(PSH | ACK).sequence(1001).acknowledgement(5001));
    }
    decoys.get(0).checksum(0x1234);
    decoys.get(1).acknowledgement(0x7123_4567);
    decoys.get(2).options(new byte[] {19, 18, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7});
    decoys.get(3).options(new byte[] {3, 3, 14}).window(0);
    decoys.get(4).flags(FIN | PSH | ACK);
    decoys.get(5).flags(RST | ACK);
    decoys.get(6).flags(0);
    decoys.get(7).flags(SYN).sequence(1000 + 7777);
    for (int i = 0; i < decoys.size(); i++) {
      StreamScript s = new StreamScript(SMALL).handshake();
      s.client(decoys.get(i), "nothing.").client(1001, "evil.example").acknowledged(1013);
      s.client(1013, "!").closed();
      List<String> told = new ArrayList<>(s.others());
      told.add(s.heard());
      assertThat(told).as("decoy %d", i).contains("evil.example!");
      assertThat(s.streams.memory().usedBytes()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 60_000, 300 * KIB, 0x4000_0000L, 0xC000_0000L, 0xFFFF_FFF0L})
  void readsWhatComesWithTheRightNumbersBesidesShiftedSegments(long shift) {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.client((1001 + shift) & 0xFFFF_FFFFL, "decoy").client(1001, "evil.").client(1006, "example");
    s.acknowledged(1013).closed();
    List<String> told = new ArrayList<>(s.others());
    told.add(s.heard().replaceAll("\\[.*|\\{[^}]*}", ""));
    assertThat(told).anyMatch(text -> text.startsWith("evil.example"));
  }

  @Test
  void followsEitherNumberOfASynThatCameTwice() {
    for (boolean firstIsReal : new boolean[] {true, false}) {
      StreamScript s = new StreamScript(SMALL);
      s.client(SYN, 1000, 0, "").client(SYN, 900_000, 0, "");
      long real = firstIsReal ? 1001 : 900_001;
      s.client(real, "evil.").client(real + 5, "example").closed();
      List<String> told = new ArrayList<>(s.others());
      told.add(s.heard());
      assertThat(told).as("first: %s", firstIsReal).contains("evil.example");
    }
  }

  @Test
  void theReceiversAcknowledgmentSaysWhichSynCounts() {
    StreamScript s = new StreamScript(SMALL);
    s.client(SYN, 1000, 0, "").client(SYN, 900_000, 0, "").server(SYN | ACK, 5000, 1001, "");
    s.client(1001, "evil.example").client(900_001, "good.example").closed();
    assertThat(s.heard()).isEqualTo("evil.example");
    assertThat(s.others()).containsExactly("good.example");
  }

  @Test
  void followsEitherNumberOfASynAckThatCameTwice() {
    StreamScript s = new StreamScript(SMALL).client(SYN, 1000, 0, "");
    s.server(SYN | ACK, 5000, 1001, "").server(SYN | ACK, 900_000, 1001, "");
    s.client(ACK, 1001, 5001, "").client(1001, "hello");
    s.server(PSH | ACK, 5001, 1006, "real").server(PSH | ACK, 900_001, 1006, "fake").closed();
    assertThat(s.heardBack()).isEqualTo("real");
    assertThat(s.othersBack()).containsExactly("fake");
  }

  @Test
  void readsUrgentBytesInLineAndWithoutThem() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.urgent(1001, 3, "evXil").client(1006, ".example").closed();
    assertThat(s.heard()).isEqualTo("ev{2:X}il.example");
    assertThat(s.others()).containsExactly("evXil.example");
    assertThat(s.count(Counter.STREAM_URGENT_SEGMENTS)).isEqualTo(1);
  }

  @Test
  void readsUrgentBytesAnnouncedInAnotherSegment() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.urgent(1001, 7, "evil.").client(1006, "eXxample").closed();
    assertThat(s.heard()).isEqualTo("evil.e{6:X}xample");
    assertThat(s.others()).containsExactly("evil.eXxample");
  }

  @Test
  void readsUrgentBytesOfSegmentsOutOfOrder() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.urgent(1006, 2, "eXxample").client(1001, "evil.").closed();
    assertThat(s.heard()).isEqualTo("evil.e{6:X}xample");
    assertThat(s.others()).containsExactly("evil.eXxample");
  }

  @Test
  void anUrgentPointerOfZeroMeansTheFirstByte() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.urgent(1001, 0, "Xevil").closed();
    assertThat(s.heard()).isEqualTo("{0:X}evil");
    assertThat(s.others()).containsExactly("Xevil");
  }

  @Test
  void readsABitOfUrgencyThatCameAfterTheByte() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.client(1001, "evXil").urgent(1001, 3, "evXil").client(1006, "!").closed();
    assertThat(s.heard()).isEqualTo("evXil{2:X}!");
    assertThat(s.others()).contains("evil!");
  }

  @Test
  void readsATextInUrgentBytesAlone() {
    StreamScript s = new StreamScript(SMALL).handshake();
    String text = "GET evil.example";
    for (int i = 0; i < text.length(); i++) {
      s.urgent(1001 + i, 1, text.substring(i, i + 1));
    }
    assertThat(s.closed().others()).containsExactly(text);
  }

  @Test
  void readsSingleBytesShuffledAndDuplicated() {
    String text = "GET / HTTP/1.1\r\nHost: evil.example\r\n".repeat(30);
    for (long seed = 0; seed < 10; seed++) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        places.add(i);
        places.add(i);
      }
      Collections.shuffle(places, new Random(seed));
      StreamScript s = new StreamScript(SMALL).handshake();
      for (int place : places) {
        s.client(1001 + place, text.substring(place, place + 1));
      }
      assertThat(s.heard()).as("seed %d", seed).isEqualTo(text);
      assertThat(s.count(Counter.STREAM_HELD_FULL)).as("seed %d", seed).isZero();
      assertThat(s.waiting()).isZero();
    }
  }

  @Test
  void readsAWholeWindowBackwards() {
    String block = "0123456789abcdef".repeat(64);
    StreamScript s = new StreamScript(SMALL).handshake();
    for (int i = 63; i >= 0; i--) {
      s.client(1001 + i * 1024L, block);
    }
    assertThat(s.heard()).isEqualTo(block.repeat(64));
    assertThat(s.waiting()).isZero();
  }

  @Test
  void manyDuplicatesOfAWaitingSegmentDoNotMakeItGiveUp() {
    StreamScript s = new StreamScript(SMALL).handshake();
    for (int i = 0; i < 5_000; i++) {
      s.client(1006, "example");
    }
    s.client(1001, "evil.");
    assertThat(s.heard()).isEqualTo("evil.example");
  }

  @Test
  void countsAGapOfSixtyFourKibibytesAndReadsOn() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.client(1001, "abc").client(1004 + 64 * KIB, "def").acknowledged(1007 + 64 * KIB);
    s.after(StreamOrder.REORDER_NANOS).client(1007 + 64 * KIB, "ghi");
    assertThat(s.heard()).isEqualTo("abc[65536]defghi");
    assertThat(s.count(Counter.STREAM_BYTES_MISSING)).isEqualTo(64 * KIB);
  }

  @Test
  void readsOneDirectionThatWasPickedUpInTheMiddle() {
    StreamScript s = new StreamScript(SMALL);
    s.client(77_000, "abc").client(77_006, "ghi").client(77_003, "def").client(77_003, "dXf");
    assertThat(s.closed().heard()).isEqualTo("abcdefghi{4:Xf}");
    assertThat(s.others()).containsExactly("abcdXfghi");
  }

  @Test
  void tellsFromWhereOnAReadingIsKnownIfItsBeginningWasLongAgo() {
    StreamScript s = new StreamScript(SMALL).handshake();
    String block = "x".repeat(1000);
    for (int i = 0; i < 6; i++) {
      s.client(1001 + 1000L * i, block);
    }
    s.client(7000, "yz").closed();
    assertThat(s.others()).containsExactly("1904:" + "x".repeat(4095) + "yz");
  }

  @Test
  void countsWhatIsTooDeepToBeReadTwice() {
    StreamScript s = new StreamScript(SMALL).handshake();
    String block = "x".repeat(1000);
    for (int i = 0; i < 20; i++) {
      s.client(1001 + 1000L * i, block);
    }
    s.client(20_000, "evil").closed();
    assertThat(s.others()).isEmpty();
    assertThat(s.count(Counter.STREAM_READINGS_REFUSED)).isEqualTo(1);
    assertThat(s.count(Counter.STREAM_OVERLAPS_DIFFER)).isEqualTo(1);
  }

  @Test
  void readingsOfALongBeginningAreToldWhenItIsComplete() {
    StreamScript s = new StreamScript(SMALL).handshake();
    s.client(1001, "abc").client(1001, "xyz");
    String block = "k".repeat(1000);
    for (int i = 0; i < 17; i++) {
      s.client(1004 + 1000L * i, block);
      // 3 and 1,003 and so on to 11,003 bytes are more than 64 KiB.
      int told = i < 16 ? 1000 * Math.min(i + 1, 11) : 16 * KIB - 3;
      assertThat(s.others()).containsExactly("xyz" + "k".repeat(told));
    }
    assertThat(s.closed().others()).hasSize(1);
  }
}
