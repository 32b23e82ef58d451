package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class CiscoHdlcViewTest {
  private final CiscoHdlcView view = new CiscoHdlcView();

  @Test
  void readsTheProtocolAsAnEtherType() {
    assertThat(HeaderBytes.wrap(view::wrap, "0f00 0800 4500")).isTrue();
    assertThat(view.address()).isEqualTo(CiscoHdlcView.ADDRESS_UNICAST);
    assertThat(view.control()).isZero();
    assertThat(view.payloadType()).isEqualTo(EtherType.IPV4);
    assertThat(view.headerLength()).isEqualTo(4);
  }

  @Test
  void tellsItselfFromPpp() {
    assertThat(isCiscoHdlc("8f00 8035")).isTrue();
    assertThat(isCiscoHdlc("0f00 0800")).isTrue();
    assertThat(isCiscoHdlc("ff03 0021")).isFalse();
    assertThat(isCiscoHdlc("0f00 08")).isFalse();
  }

  private static boolean isCiscoHdlc(String hex) {
    byte[] bytes = HeaderBytes.bytes(hex);
    return CiscoHdlcView.isCiscoHdlc(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  @Test
  void needsFourBytes() {
    HeaderBytes.assertNeeds(4, view::wrap, view::toString, "8f00 8035 0000");
  }
}
