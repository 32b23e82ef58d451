package tapwarden.capture.source.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.BeforeAll;
import tapwarden.capture.packet.LinkType;

/** Any bytes as a frame: the verdict is the one that the two bytes at offset 12 give by hand. */
class BpfFilterFuzzTest {
  @BeforeAll
  static void needsLibpcap() {
    assumeTrue(LibPcap.isPresent(), "SKIPPED: libpcap is not installed");
  }

  @FuzzTest
  void agreesWithTheEtherType(byte[] data) throws Exception {
    BpfFilter filter = BpfFilter.compile("ip", LinkType.ETHERNET, 65_535);
    boolean expected = data.length >= 14 && data[12] == 8 && data[13] == 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocate(Math.max(1, data.length));
      MemorySegment.copy(data, 0, frame, ValueLayout.JAVA_BYTE, 0, data.length);
      assertThat(filter.matches(frame, 0, data.length, data.length)).isEqualTo(expected);
      BpfFilter deep =
          BpfFilter.compile("tcp[tcpflags] & tcp-syn != 0 or vlan", LinkType.ETHERNET, 65_535);
      deep.matches(frame, 0, data.length, data.length);
    }
  }
}
