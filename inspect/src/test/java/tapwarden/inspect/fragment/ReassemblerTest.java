package tapwarden.inspect.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.capture.forge.Forge.ethernet;
import static tapwarden.capture.forge.Forge.frame;
import static tapwarden.capture.forge.Forge.gre;
import static tapwarden.capture.forge.Forge.ipv4;
import static tapwarden.capture.forge.Forge.ipv6;
import static tapwarden.capture.forge.Forge.ipv6Fragment;
import static tapwarden.capture.forge.Forge.payload;
import static tapwarden.capture.forge.Forge.udp;
import static tapwarden.capture.forge.Forge.vlan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.forge.Forge;
import tapwarden.inspect.decode.Checksums;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

class ReassemblerTest {
  private static final String EIGHT = "01234567";

  @Test
  void putsFragmentsTogetherInAnyOrder() {
    for (int version : new int[] {4, 6}) {
      FragmentScript s = new FragmentScript(FragmentOptions.DEFAULT, version);
      s.put(1, 0, true, EIGHT).put(1, 8, true, "89abcdef").put(1, 16, false, "ghi");
      s.put(2, 16, false, "ghi").put(2, 8, true, "89abcdef").put(2, 0, true, EIGHT);
      assertThat(s.told).containsExactly("0123456789abcdefghi", "0123456789abcdefghi");
      assertThat(s.count(Counter.FRAGMENTS)).isEqualTo(6);
      assertThat(s.count(Counter.DATAGRAMS_REASSEMBLED)).isEqualTo(2);
      assertThat(s.count(Counter.DATAGRAMS_DIFFER)).isZero();
      assertThat(s.reassembler.size()).isZero();
    }
  }

  @Test
  void aWholeDatagramIsThePacketThatWasCutUp() {
    byte[] data = new byte[4_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i * 31);
    }
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    List<byte[]> cut =
        new ArrayList<>(
            Forge.ipv4Fragments(
                1_480,
                ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
                vlan(7),
                ipv4("192.0.2.1", "192.0.2.2").identification(77),
                udp(53, 4000),
                payload(data)));
    Collections.reverse(cut);
    cut.forEach(s::bytes);
    Packet whole = s.packets.getFirst();
    assertThat(whole.isFragment()).isFalse();
    assertThat(whole.sourcePort()).isEqualTo(53);
    assertThat(whole.payloadLength()).isEqualTo(4_000);
    assertThat(whole.malformations()).isZero();
    assertThat(whole.vlan(0)).isEqualTo(7);
    assertThat(whole.sourceMac()).isEqualTo(0x02_00_00_00_00_01L);
    assertThat(whole.number()).isEqualTo(3);
    assertThat(Checksums.ipv4Header(whole)).isEqualTo(Checksums.Verdict.GOOD);
    assertThat(Checksums.transport(whole)).isEqualTo(Checksums.Verdict.GOOD);
  }

  @Test
  void theFragmentHeaderOfIpv6MayStandAnywhereItIsLegal() {
    FragmentScript s = FragmentScript.v6(OverlapPolicy.FIRST);
    byte[] datagram = Forge.frame(udp(4000, 53), payload("x".repeat(40)));
    byte[][] parts = {
      Arrays.copyOf(datagram, 24), Arrays.copyOfRange(datagram, 24, datagram.length)
    };
    for (int i = 0; i < 2; i++) {
      s.bytes(
          frame(
              FragmentScript.ETHERNET,
              ipv6("2001:db8::1", "2001:db8::2"),
              Forge.hopByHop(new byte[] {1, 4, 0, 0, 0, 0}),
              ipv6Fragment(0, false, 3),
              ipv6Fragment(24 * i, i == 0, 9).nextHeader(17),
              payload(parts[i])));
    }
    assertThat(s.told).containsExactly("x".repeat(40));
    assertThat(s.packets.getFirst().destinationPort()).isEqualTo(53);
    assertThat(s.packets.getFirst().malformations()).isZero();
  }

  @Test
  void whatCarriesTheDatagramHasNoSayInItsLength() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    byte[] datagram = frame(udp(5000, 5001), payload("y".repeat(2_000)));
    for (int at = 0; at < datagram.length; at += 800) {
      int end = Math.min(datagram.length, at + 800);
      s.bytes(
          frame(
              FragmentScript.ETHERNET,
              ipv4("10.0.0.1", "10.0.0.2"),
              gre(),
              ipv4("192.0.2.1", "192.0.2.2")
                  .identification(77)
                  .fragment(at, end < datagram.length)
                  .protocol(17),
              payload(Arrays.copyOfRange(datagram, at, end))));
    }
    assertThat(s.told).containsExactly("y".repeat(2_000));
    Packet whole = s.packets.getFirst();
    assertThat(whole.tunnelDepth()).isEqualTo(1);
    assertThat(whole.outerSourceLow()).isEqualTo(0x0A00_0001L);
  }

  @Test
  void neverHandsOnAHole() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, EIGHT).put(16, false, EIGHT).put(15 * 8, true, EIGHT).put(24, true, EIGHT);
    assertThat(s.told).containsExactly("!");
    s.put(8, true, EIGHT);
    assertThat(s.told).containsExactly("!", EIGHT.repeat(3));
  }

  @Test
  void neverHandsOnWithoutTheFirstOrTheLastByte() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.LAST);
    s.put(1, 8, true, EIGHT).put(1, 16, false, EIGHT).put(1, 8, false, EIGHT.repeat(2));
    s.put(2, 0, true, EIGHT).put(2, 8, true, EIGHT);
    assertThat(s.told).isEmpty();
  }

  @Test
  void twoEndsAreBothRead() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    // The second end is a decoy that must not hide what goes up to the first.
    s.put(0, true, "AAAAAAAA").put(24, false, "DDDDDDDD").put(8, false, "BBBBBBBB");
    assertThat(s.told).containsExactly("!", "AAAAAAAABBBBBBBB");
    s.put(16, true, "CCCCCCCC");
    assertThat(s.told)
        .containsExactly("!", "AAAAAAAABBBBBBBB", "(AAAAAAAABBBBBBBBCCCCCCCCDDDDDDDD)");
    assertThat(s.reassembler.size()).isZero();
    assertThat(s.count(Counter.DATAGRAMS_REASSEMBLED)).isOne();
  }

  /**
   * Who does not get the decoy (its hops do not suffice, its checksum is wrong) reads the other.
   */
  @Test
  void aDecoyThatFillsTheHoleDoesNotHideWhatComesInItsPlace() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, "AAAAAAAA").put(16, false, "CCCCCCCC").put(8, true, "decoy...");
    s.put(8, true, "BBBBBBBB");
    assertThat(s.told)
        .containsExactly(
            "AAAAAAAAdecoy...CCCCCCCC", "(AAAAAAAAdecoy...CCCCCCCC)", "(AAAAAAAABBBBBBBBCCCCCCCC)");
    assertThat(s.count(Counter.FRAGMENTS_LATE)).isOne();
    assertThat(s.count(Counter.DATAGRAMS_DIFFER)).isZero();
  }

  @Test
  void aDecoyThatEndsTheDatagramDoesNotHideWhatComesBehindIt() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, "AAAAAAAA").put(8, false, "BBBBBBBB");
    s.put(8, true, "BBBBBBBB").put(16, false, "CCCCCCCC");
    assertThat(s.told).startsWith("AAAAAAAABBBBBBBB").contains("(AAAAAAAABBBBBBBBCCCCCCCC)");
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherDatagramToo() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, "AAAAAAAA").put(8, false, "B").put(0, true, "CCCCCCCC").put(8, false, "D");
    assertThat(s.told).startsWith("AAAAAAAAB").endsWith("CCCCCCCCD");
    assertThat(s.count(Counter.DATAGRAMS_REASSEMBLED)).isEqualTo(2);
  }

  @Test
  void whatTheMirrorShowsTwiceIsNothingNew() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, EIGHT).put(8, false, "B").put(8, false, "B");
    assertThat(s.told).containsExactly(EIGHT + "B");
    assertThat(s.count(Counter.FRAGMENTS_LATE)).isZero();
  }

  @Test
  void aDatagramThatWasWholeIsHandedOnAgainNoMoreThanSomeTimes() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, EIGHT).put(8, false, "x");
    for (char c = 'a'; c < 'z'; c++) {
      s.put(8, true, String.valueOf(c).repeat(8));
    }
    assertThat(s.count(Counter.FRAGMENTS_LATE)).isEqualTo(Reassembler.MOST_REPEATS);
    s.after(40);
    assertThat(s.reassembler.heldBytes()).isLessThanOrEqualTo(4 << 10);
  }

  @Test
  void aSecondHeadDoesNotReplaceTheFirst() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.LAST);
    s.put(0, true, "AAAAAAAA").put(0, true, "BBBBBBBB").put(8, false, "C");
    assertThat(s.told).containsExactly("!", "BBBBBBBBC", "(AAAAAAAAC)");
  }

  @Test
  void theSameFragmentTwiceContradictsNobody() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, EIGHT).put(0, true, EIGHT).put(8, false, "C");
    assertThat(s.told).containsExactly(EIGHT + "C");
    assertThat(s.count(Counter.FRAGMENTS_OVERLAP)).isOne();
    assertThat(s.count(Counter.DATAGRAMS_DIFFER)).isZero();
  }

  @Test
  void tellsDatagramsApart() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(1, 0, true, "AAAAAAAA").put(2, 0, true, "BBBBBBBB");
    s.bytes(
        frame(
            FragmentScript.ETHERNET,
            ipv4("192.0.2.1", "192.0.2.3").identification(1).fragment(8, false).protocol(253),
            payload("other receiver")));
    s.bytes(
        frame(
            FragmentScript.ETHERNET,
            ipv4("192.0.2.1", "192.0.2.2").identification(1).fragment(8, false).protocol(254),
            payload("other protocol")));
    s.bytes(
        frame(
            FragmentScript.ETHERNET,
            vlan(9),
            ipv4("192.0.2.1", "192.0.2.2").identification(1).fragment(8, false).protocol(253),
            payload("other network")));
    assertThat(s.told).isEmpty();
    s.put(2, 8, false, "b").put(1, 8, false, "a");
    assertThat(s.told).containsExactly("BBBBBBBBb", "AAAAAAAAa");
  }

  @Test
  void aPriorityTagMakesNoDifference() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(1, 0, true, EIGHT);
    s.bytes(
        frame(
            FragmentScript.ETHERNET,
            vlan(0),
            ipv4("192.0.2.1", "192.0.2.2").identification(1).fragment(8, false).protocol(253),
            payload("end")));
    assertThat(s.told).containsExactly(EIGHT + "end");
  }

  @Test
  void refusesWhatReachesBeyondTheLargestPacket() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, EIGHT).put(65_528, false, EIGHT);
    assertThat(s.count(Counter.FRAGMENTS_REFUSED)).isOne();
    // 65,535 bytes of data are too many with a header of 20.
    byte[] half = new byte[32_760];
    s.put(1, 8, true, half).put(1, 32_768, true, half).put(65_528, false, "1234567");
    assertThat(s.told).isEmpty();
    assertThat(s.count(Counter.FRAGMENTS_REFUSED)).isEqualTo(2);
    assertThat(s.reassembler.size()).isZero();
  }

  @Test
  void readsTheLargestPacketThereIs() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    byte[] most = new byte[65_512];
    s.put(1, 0, true, most).put(65_512, false, "abc");
    assertThat(s.told).hasSize(1);
    assertThat(s.told.getFirst()).hasSize(65_515).endsWith("abc");
    assertThat(s.packets.getFirst().malformations()).isZero();
  }

  @Test
  void refusesFragmentsWithoutData() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, "").put(8, false, "").put(8, true, "1234567");
    assertThat(s.count(Counter.FRAGMENTS_REFUSED)).isEqualTo(3);
    assertThat(s.reassembler.size()).isZero();
  }

  @Test
  void cutsAtEightBytesWhatIsNotTheLastOfIpv4AndRefusesItOfIpv6() {
    FragmentScript four = FragmentScript.v4(OverlapPolicy.FIRST);
    four.put(0, true, EIGHT + "over").put(8, false, "end");
    assertThat(four.told).containsExactly(EIGHT + "end");
    FragmentScript six = FragmentScript.v6(OverlapPolicy.FIRST);
    six.put(0, true, EIGHT + "over").put(8, false, "end");
    assertThat(six.told).isEmpty();
    assertThat(six.count(Counter.FRAGMENTS_REFUSED)).isOne();
  }

  @Test
  void whatTheCaptureCutOffIsAHole() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(0, true, EIGHT);
    byte[] last = FragmentScript.fragment(4, 1, 8, false, EIGHT.repeat(4).getBytes());
    s.captured(last, last.length - 20);
    assertThat(s.told).isEmpty();
    assertThat(s.count(Counter.FRAGMENTS_CUT)).isOne();
    s.put(16, true, EIGHT.repeat(2)).put(32, false, EIGHT);
    assertThat(s.told).containsExactly(EIGHT.repeat(5));
  }

  @Test
  void givesUpAfterTheTimeoutAndNotBefore() {
    FragmentScript s = FragmentScript.v4(OverlapPolicy.FIRST);
    s.put(1, 0, true, EIGHT).after(15).put(2, 0, true, EIGHT).after(14);
    s.put(1, 8, false, "a");
    assertThat(s.told).containsExactly(EIGHT + "a");
    s.after(16).put(2, 8, false, "b");
    assertThat(s.told).hasSize(1);
    assertThat(s.count(Counter.DATAGRAMS_EXPIRED)).isOne();
  }

  @Test
  void theOldestGoesWhereThereAreTooMany() {
    FragmentScript s =
        new FragmentScript(
            new FragmentOptions(
                1 << 20, 2, 64, 30, OverlapPolicies.everywhere(OverlapPolicy.FIRST)),
            4);
    s.put(1, 0, true, EIGHT).put(2, 0, true, EIGHT).put(3, 0, true, EIGHT);
    s.put(2, 8, false, "b").put(3, 8, false, "c").put(1, 8, false, "a");
    assertThat(s.told).containsExactly(EIGHT + "b", EIGHT + "c");
    assertThat(s.count(Counter.DATAGRAMS_EVICTED)).isOne();
  }

  @Test
  void theOldestGoesWhereTooMuchIsKept() {
    FragmentScript s =
        new FragmentScript(
            new FragmentOptions(
                1 << 20, 1_000, 8_192, 30, OverlapPolicies.everywhere(OverlapPolicy.FIRST)),
            4);
    for (int id = 1; id <= 100; id++) {
      s.put(id, 0, true, new byte[40_000]);
      assertThat(s.reassembler.heldBytes()).isLessThanOrEqualTo(1 << 20);
    }
    assertThat(s.count(Counter.DATAGRAMS_EVICTED)).isGreaterThan(80);
    s.put(100, 40_000, false, "end");
    assertThat(s.told).hasSize(1);
    s.put(1, 40_000, false, "end");
    assertThat(s.told).hasSize(1);
  }

  @Test
  void keepsNoMorePiecesThanItMay() {
    FragmentScript s =
        new FragmentScript(
            new FragmentOptions(
                1 << 20, 10, 4, 30, OverlapPolicies.everywhere(OverlapPolicy.FIRST)),
            4);
    for (int i = 0; i < 10; i++) {
      s.put(16 * i, true, EIGHT);
    }
    assertThat(s.count(Counter.FRAGMENTS_REFUSED)).isEqualTo(6);
  }

  @Test
  void asksForThePolicyOfTheReceiver() {
    OverlapPolicies policies =
        new OverlapPolicies(
            List.of(
                new OverlapPolicies.Entry(
                    java.util.Objects.requireNonNull(
                        tapwarden.inspect.wire.Cidr.parse("192.0.2.2/32")),
                    OverlapPolicy.LAST)),
            OverlapPolicy.FIRST);
    FragmentScript s = new FragmentScript(new FragmentOptions(1 << 20, 10, 99, 30, policies), 4);
    s.put(0, true, "AAAAAAAA").put(0, true, "BBBBBBBB").put(8, false, "C");
    assertThat(s.told).startsWith("!", "BBBBBBBBC");
  }
}
