package tapwarden.inspect.protocol.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.RecordingReport;

class TlsUpgradeTest {
  private static final byte[] CLIENT_HELLO = {22, 3, 1, 0, 100, 1, 0, 0, 96};
  private static final byte[] REQUEST = {0, 0, 0, 8, 4, (byte) 0xD2, 22, 47};
  private final RecordingReport report = new RecordingReport();
  private final TlsUpgrade reader = new TlsUpgrade();

  private boolean says(boolean toServer, byte[] bytes) {
    return reader.data(report, toServer, MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  @Test
  void aClientHelloBehindSomethingElseIsHandedOverWhole() {
    assertThat(says(true, REQUEST)).isTrue();
    assertThat(says(false, new byte[] {'S'})).isTrue();
    assertThat(report.handedOver).isEqualTo(-1);
    assertThat(says(true, CLIENT_HELLO)).isTrue();
    assertThat(report.handedOver).isZero();
  }

  @Test
  void aClientHelloIsTheSameInAnyPieces() {
    byte[] all = Arrays.copyOf(REQUEST, REQUEST.length + CLIENT_HELLO.length);
    System.arraycopy(CLIENT_HELLO, 0, all, REQUEST.length, CLIENT_HELLO.length);
    for (int size = 1; size <= all.length; size++) {
      RecordingReport heard = new RecordingReport();
      TlsUpgrade pieces = new TlsUpgrade();
      int at = 0;
      while (heard.handedOver < 0 && at < all.length) {
        int some = Math.min(size, all.length - at);
        assertThat(pieces.data(heard, true, MemorySegment.ofArray(all), at, some)).isTrue();
        at += heard.handedOver < 0 ? some : 0;
      }
      int begin = at + heard.handedOver - heard.handedBack.length;
      assertThat(begin).as("pieces of %d", size).isEqualTo(REQUEST.length);
      assertThat(heard.handedBack)
          .isEqualTo(Arrays.copyOfRange(all, begin, begin + heard.handedBack.length));
    }
  }

  @Test
  void otherMessagesAreNotHandedOver() {
    byte[] serverHello = CLIENT_HELLO.clone();
    serverHello[5] = 2;
    says(true, REQUEST);
    says(true, serverHello);
    says(false, CLIENT_HELLO);
    assertThat(report.handedOver).isEqualTo(-1);
  }

  @Test
  void givesUpBehindSoMuch() {
    assertThat(says(true, new byte[TlsUpgrade.MOST_CLIENT_BYTES - 1])).isTrue();
    assertThat(says(true, new byte[1])).isFalse();
  }
}
