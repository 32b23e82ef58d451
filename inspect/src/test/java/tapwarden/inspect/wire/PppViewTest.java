package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PppViewTest {
  private final PppView view = new PppView();

  @ParameterizedTest
  @CsvSource({
    "00214500, 0x0021, 2, false",
    "ff0300214500, 0x0021, 4, true",
    "214500, 0x0021, 1, false",
    "ff03214500, 0x0021, 3, true",
    "576000, 0x0057, 1, false",
    "c021, 0xc021, 2, false",
    "ff03c223, 0xc223, 4, true",
  })
  void readsEveryFormOfTheProtocolField(String hex, int protocol, int length, boolean framed) {
    assertThat(HeaderBytes.wrap(view::wrap, hex)).isTrue();
    assertThat(view.protocol()).isEqualTo(protocol);
    assertThat(view.payloadType()).isEqualTo(protocol);
    assertThat(view.headerLength()).isEqualTo(length);
    assertThat(view.hasAddressAndControl()).isEqualTo(framed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0020", "c022", "ff0300", "ff03c020"})
  void refusesWhatIsNoProtocolField(String hex) {
    assertThat(HeaderBytes.wrap(view::wrap, hex)).isFalse();
  }
}
