package tapwarden.inspect.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

class TlsOpeningTest {
  private static final String HELLO = "16030100c4010000c00303";
  private static final String EMPTY = "1603010000";
  private static final String CHANGE = "140303000101";
  private static final String WARNING = "15030100020100";

  private static Recognition said(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Opening opening = new Opening().flow(true, 40_000, 443);
    return TlsOpening.recognise(opening.bytes(true, MemorySegment.ofArray(bytes), 0, bytes.length));
  }

  @Test
  void aHelloIsSure() {
    assertThat(said(HELLO)).isEqualTo(Recognition.YES);
    assertThat(said(HELLO.substring(0, 10))).isEqualTo(Recognition.MORE);
  }

  @Test
  void aHelloIsSureBehindRecordsThatServersPassOver() {
    assertThat(said(EMPTY + HELLO)).isEqualTo(Recognition.YES);
    assertThat(said(EMPTY.repeat(32) + HELLO)).isEqualTo(Recognition.YES);
    assertThat(said(CHANGE + HELLO)).isEqualTo(Recognition.YES);
    assertThat(said(WARNING + EMPTY + CHANGE + HELLO)).isEqualTo(Recognition.YES);
  }

  @Test
  void emptyRecordsAloneSayNothingYet() {
    String begun = EMPTY + EMPTY + HELLO;
    for (int bytes = 1; bytes <= 15; bytes++) {
      assertThat(said(begun.substring(0, 2 * bytes)))
          .as("%d bytes", bytes)
          .isEqualTo(Recognition.MORE);
    }
    assertThat(said(EMPTY + "474554202f20")).isEqualTo(Recognition.NO);
    assertThat(said("1703010000" + HELLO)).isEqualTo(Recognition.NO);
  }

  /** As where the tap comes in within a handshake. */
  @Test
  void aChangeOfCipherAndAnAlertAreLikely() {
    assertThat(said(CHANGE)).isEqualTo(Recognition.LIKELY);
    assertThat(said(CHANGE + "1603030028" + "00".repeat(40))).isEqualTo(Recognition.LIKELY);
    assertThat(said(CHANGE + "00")).isEqualTo(Recognition.LIKELY);
    assertThat(said(WARNING)).isEqualTo(Recognition.LIKELY);
    assertThat(said("150301000203")).isEqualTo(Recognition.NO);
  }
}
