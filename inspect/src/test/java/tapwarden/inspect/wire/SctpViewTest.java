package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SctpViewTest {
  private static final String HEAD = "8e3c 8e3d 0000002a 12345678";
  private final SctpView view = new SctpView();

  @Test
  void readsChunksPaddedToFourBytes() {
    // DATA of 17 bytes (one of them user data) with three of padding, then SACK.
    String data = "00 03 0011 00000001 0002 0003 00000012 aa 000000";
    String sack = "03 00 0010 00000001 00010000 0000 0000";
    assertThat(HeaderBytes.wrap(view::wrap, HEAD + data + sack)).isTrue();
    assertThat(view.sourcePort()).isEqualTo(36412);
    assertThat(view.destinationPort()).isEqualTo(36413);
    assertThat(view.verificationTag()).isEqualTo(42);
    assertThat(view.checksum()).isEqualTo(0x12345678L);
    assertThat(view.nextChunk()).isTrue();
    assertThat(view.isData()).isTrue();
    assertThat(view.dataSequence()).isEqualTo(1);
    assertThat(view.dataStream()).isEqualTo(2);
    assertThat(view.dataProtocol()).isEqualTo(18);
    assertThat(view.dataLength()).isEqualTo(1);
    assertThat(view.dataOffset()).isEqualTo(HeaderBytes.OFFSET + 28);
    assertThat(view.nextChunk()).isTrue();
    assertThat(view.chunkType()).isEqualTo(SctpView.SACK);
    assertThat(view.isData()).isFalse();
    assertThat(view.nextChunk()).isFalse();
    assertThat(view.isBroken()).isFalse();
  }

  @Test
  void stopsForGoodAtAChunkThatIsTooShortOrTooLong() {
    for (String chunk : new String[] {"00 03 0000", "00 03 0003", "00 03 0005"}) {
      assertThat(HeaderBytes.wrap(view::wrap, HEAD + chunk)).isTrue();
      assertThat(view.nextChunk()).isFalse();
      assertThat(view.isBroken()).isTrue();
      assertThat(view.nextChunk()).isFalse();
    }
  }

  @Test
  void needsTwelveBytes() {
    HeaderBytes.assertNeeds(12, view::wrap, () -> "" + view.nextChunk(), HEAD + "00030000");
  }
}
