package tapwarden.capture.source.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tapwarden.capture.forge.Forge.*;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapwarden.capture.forge.SequencedFrames;
import tapwarden.capture.forge.Tcp;
import tapwarden.capture.packet.LinkType;

class BpfFilterTest {
  private static final String A = "02:00:00:00:00:0a";
  private static final String B = "02:00:00:00:00:0b";
  private static final byte[] SYN =
      frame(ethernet(A, B), ipv4("10.0.0.1", "203.0.113.9"), tcp(40_000, 443).flags(Tcp.SYN));

  @BeforeAll
  static void needsLibpcap() {
    assumeTrue(LibPcap.isPresent(), "SKIPPED: libpcap is not installed");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp,                                true",
    "udp,                                false",
    "host 203.0.113.9,                   true",
    "src host 203.0.113.9,               false",
    "net 203.0.113.0/24 and port 443,    true",
    "tcp[tcpflags] & tcp-ack != 0,       false",
    "tcp[13] = 2,                        true",
    "ether src 02:00:00:00:00:0a,        true",
    "vlan,                               false",
    "greater 1000,                       false",
    "ip6,                                false",
    "'',                                 true",
  })
  void judgesAFrameAsPcapFilterSays(String expression, boolean expected) throws Exception {
    assertThat(matches(expression, LinkType.ETHERNET, SYN)).isEqualTo(expected);
  }

  @Test
  void compilesForTheLinkTypeOfTheFrame() throws Exception {
    byte[] ip = frame(ipv4("10.0.0.1", "10.0.0.2"), udp(1, 53));
    assertThat(matches("udp port 53", LinkType.RAW, ip)).isTrue();
    assertThat(matches("udp port 53", LinkType.ETHERNET, ip)).isFalse();
    byte[] cooked = frame(linuxCooked(0, A), ipv4("10.0.0.1", "10.0.0.2"), udp(1, 53));
    assertThat(matches("udp port 53", LinkType.LINUX_SLL, cooked)).isTrue();
  }

  @Test
  void neverLooksBeyondWhatWasCaptured() throws Exception {
    BpfFilter filter = BpfFilter.compile("tcp port 443", LinkType.ETHERNET, 65_535);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, SYN);
      assertThat(filter.matches(bytes, 0, SYN.length, SYN.length)).isTrue();
      assertThat(filter.matches(bytes, 0, 36, SYN.length)).isFalse();
      assertThatThrownBy(() -> filter.matches(bytes, 1, SYN.length, SYN.length))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          tcp porte 80                        | 4  | syntax error at "porte"
          host 1.2.3.4 and and port 80        | 17 | syntax error at "and"
          tcp port 80 xx                      | 12 | syntax error at "xx"
          (tcp port 80 and (udp or prot 9))   | 25 | syntax error at "prot"
          tcp $ 3                             | 4  | syntax error at "$"
          1.2.3.4.5                           | 0  | syntax error at "1.2.3.4.5"
          ip[0] === 4                         | 8  | syntax error at "="
          tcp[tcpflags] & tcp-foo != 0        | 16 | syntax error at "tcp-foo"
          tcp port                            | 8  | it ends where more is expected
          tcp and (port 80                    | 16 | it ends where more is expected
          ip[0                                | 4  | it ends where more is expected
          tcp and udp                         | 8  | expression rejects all packets
          tcp or port 99999                   | 12 | illegal port number 99999 > 65535
          udp and net 10.0.0.0/99             | 12 | mask length must be <= 32
          greater 5 and ip6 host 1.2.3.4      | 14 | 'ip6' modifier applied to ip host
          tcp and ip proto foo                | 17 | unknown ip proto 'foo'
          """)
  void pointsAtTheCulprit(String expression, int position, String words) {
    BpfSyntaxException wrong = refusal(expression);
    assertThat(wrong).hasMessageContaining(words).hasMessageContaining("\n  " + expression);
    assertThat(wrong.position()).isEqualTo(position);
    String carets = wrong.getMessage().lines().toList().getLast();
    assertThat(carets.indexOf('^')).isEqualTo(position + 2);
    assertThat(wrong.reason()).isEqualTo(CaptureException.Reason.BAD_FILTER);
  }

  @Test
  void saysWhatALinkTypeCannotBeAsked() {
    assertThatThrownBy(() -> BpfFilter.compile("vlan 5", LinkType.RAW, 65_535))
        .isInstanceOf(BpfSyntaxException.class)
        .hasMessageContaining("no VLAN support for Raw IP");
    assertThatThrownBy(() -> BpfFilter.compile("tcp", 9_999, 65_535))
        .isInstanceOf(BpfSyntaxException.class)
        .hasMessageContaining("unknown data link type 9999");
  }

  @Test
  void refusesAnExpressionThatCannotBeOne() {
    assertThatThrownBy(() -> BpfFilter.compile("a".repeat(70_000), LinkType.ETHERNET, 65_535))
        .isInstanceOf(BpfSyntaxException.class);
    assertThatThrownBy(() -> BpfFilter.compile("tcp\0", LinkType.ETHERNET, 65_535))
        .isInstanceOf(BpfSyntaxException.class);
  }

  @Test
  void stopsLookingForTheErrorInAnEndlessExpression() {
    String endless = "tcp or ".repeat(3_000) + "xx";
    assertThat(refusal(endless).position()).isEqualTo(BpfSyntaxException.UNKNOWN);
  }

  @Test
  void judgingAllocatesNothing() throws Exception {
    BpfFilter filter = BpfFilter.compile("udp port 9", LinkType.ETHERNET, 65_535);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] bytes = SequencedFrames.frame(1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, bytes);
      assertThat(judge(filter, frame, 200_000)).isEqualTo(200_000);
      long before = threads.getCurrentThreadAllocatedBytes();
      int passed = judge(filter, frame, 100_000);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(passed).isEqualTo(100_000);
      assertThat(allocated).isLessThan(1_024);
    }
  }

  private static int judge(BpfFilter filter, MemorySegment frame, int times) {
    int passed = 0;
    int length = (int) frame.byteSize();
    for (int i = 0; i < times; i++) {
      passed += filter.matches(frame, 0, length, length) ? 1 : 0;
    }
    return passed;
  }

  private static boolean matches(String expression, int linkType, byte[] bytes)
      throws CaptureException {
    // A heap segment: the slow way round, which copies.
    return BpfFilter.compile(expression, linkType, 65_535)
        .matches(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length);
  }

  private static BpfSyntaxException refusal(String expression) {
    try {
      BpfFilter.compile(expression, LinkType.ETHERNET, 65_535);
    } catch (BpfSyntaxException wrong) {
      return wrong;
    } catch (CaptureException other) {
      throw new AssertionError(other);
    }
    throw new AssertionError("accepted: " + expression);
  }
}
