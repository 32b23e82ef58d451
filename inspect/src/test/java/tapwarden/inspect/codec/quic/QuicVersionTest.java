package tapwarden.inspect.codec.quic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuicVersionTest {
  @Test
  void namesVersionsAsEveDoes() {
    assertThat(QuicVersion.eveName(1)).isEqualTo("1");
    assertThat(QuicVersion.eveName(0x6B3343CF)).isEqualTo("6b3343cf");
    assertThat(QuicVersion.eveName(0xFF00001D)).isEqualTo("ff00001d");
    assertThat(QuicVersion.eveName(0x51303436)).isEqualTo("Q046");
    assertThat(QuicVersion.eveName(0x54303531)).isEqualTo("T051");
  }

  @Test
  void saysThemInWords() {
    assertThat(QuicVersion.word(0xFF00001D)).isEqualTo("draft-29");
    assertThat(QuicVersion.word(0xFACEB00E)).isEqualTo("mvfst");
    assertThat(QuicVersion.word(0x1A2A3A4A)).isEqualTo("reserved");
    assertThat(QuicVersion.word(0x51303530)).isEqualTo("gquic");
    assertThat(QuicVersion.word(2)).isNull();
  }

  @Test
  void tellsGooglesFromOthers() {
    assertThat(QuicVersion.googleNumber(0x51303234)).isEqualTo(24);
    assertThat(QuicVersion.googleNumber(0x54303530)).isEqualTo(50);
    assertThat(QuicVersion.googleNumber(0x54303438)).isZero();
    assertThat(QuicVersion.googleNumber(0x51313234)).isZero();
    assertThat(QuicVersion.googleNumber(0x5130343A)).isZero();
    assertThat(QuicVersion.hasGoogleHandshake(0x54303530)).isFalse();
    assertThat(QuicVersion.hasPublicHeader(0x51303433)).isTrue();
    assertThat(QuicVersion.hasClearLongHeader(0x51303434)).isTrue();
    assertThat(QuicVersion.hasClearLongHeader(0x51303530)).isFalse();
    assertThat(QuicVersion.hasProtectedInitial(0x51303530)).isTrue();
  }

  @Test
  void knowsWhatIsMetAndNothingElse() {
    assertThat(QuicVersion.isKnown(1)).isTrue();
    assertThat(QuicVersion.isKnown(0xFF000016)).isTrue();
    assertThat(QuicVersion.isKnown(0xFF000015)).isFalse();
    assertThat(QuicVersion.isKnown(0xFF000023)).isFalse();
    assertThat(QuicVersion.isKnown(0x0A0A0A0A)).isFalse();
    assertThat(QuicVersion.isKnown(0)).isFalse();
  }
}
