package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class L2tpViewTest {
  /** Start-Control-Connection-Request: message type 1, then protocol version 1.0. */
  private static final String SCCRQ =
      "c802 001c 0000 0000 0000 0000 8008 0000 0000 0001 8008 0000 0002 0100";

  private final L2tpView view = new L2tpView();

  @Test
  void readsADataMessageInItsShortestForm() {
    assertThat(HeaderBytes.wrap(view::wrap, "0002 1234 5678 ff030021")).isTrue();
    assertThat(view.isControl()).isFalse();
    assertThat(view.headerLength()).isEqualTo(6);
    assertThat(view.tunnelId()).isEqualTo(0x1234);
    assertThat(view.sessionId()).isEqualTo(0x5678);
    assertThat(view.length()).isEqualTo(-1);
    assertThat(view.sent()).isEqualTo(-1);
    assertThat(view.messageType()).isEqualTo(-1);
  }

  @Test
  void readsADataMessageWithEveryField() {
    String full = "4b02 0016 0001 0002 0003 0004 0004 aabbccdd ff030021";
    assertThat(HeaderBytes.wrap(view::wrap, full)).isTrue();
    assertThat(view.isPriority()).isTrue();
    assertThat(view.length()).isEqualTo(22);
    assertThat(view.tunnelId()).isEqualTo(1);
    assertThat(view.sessionId()).isEqualTo(2);
    assertThat(view.sent()).isEqualTo(3);
    assertThat(view.expected()).isEqualTo(4);
    assertThat(view.headerLength()).isEqualTo(18);
  }

  @Test
  void readsTheAttributesOfAControlMessage() {
    assertThat(HeaderBytes.wrap(view::wrap, SCCRQ + "ffff")).isTrue();
    assertThat(view.isControl()).isTrue();
    assertThat(view.messageType()).isEqualTo(1);
    TlvCursor attributes = view.attributes();
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.next()).isTrue();
    assertThat(attributes.type()).isEqualTo(2);
    assertThat(attributes.valueLength()).isEqualTo(2);
    assertThat(attributes.next()).isFalse();
    assertThat(attributes.isDamaged()).isFalse();
  }

  @Test
  void refusesVersionThreeByItsVersion() {
    byte[] bytes = HeaderBytes.bytes("0003 0000 00000001 ff030021");
    assertThat(L2tpView.version(MemorySegment.ofArray(bytes), 0, bytes.length)).isEqualTo(3);
    assertThat(HeaderBytes.wrap(view::wrap, bytes)).isFalse();
  }

  @Test
  void refusesALengthBelowItsHeader() {
    assertThat(HeaderBytes.wrap(view::wrap, "4002 0007 0001 0002 0021")).isFalse();
  }

  @Test
  void needsTheOffsetPadding() {
    HeaderBytes.assertNeeds(
        18, view::wrap, view::toString, "4b02 0016 0001 0002 0003 0004 0004 aabbccdd ff030021");
    HeaderBytes.assertNeeds(12, view::wrap, view::toString, SCCRQ);
  }
}
