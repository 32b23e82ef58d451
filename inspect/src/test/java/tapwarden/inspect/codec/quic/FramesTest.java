package tapwarden.inspect.codec.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.Initials.hex;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  private final IetfFrames frames = new IetfFrames();
  private final GoogleFrames google = new GoogleFrames();

  private static List<String> parts(FrameCursor cursor) {
    List<String> parts = new ArrayList<>();
    while (cursor.next()) {
      parts.add(cursor.offset() + "+" + cursor.length() + "@" + cursor.data());
    }
    return parts;
  }

  /** RFC 9001 §A.3: an ACK, then 90 bytes of CRYPTO. */
  @Test
  void findsTheHandshakeBehindAnAcknowledgement() {
    byte[] plain = Initials.SERVER_FRAMES;
    assertThat(parts(frames.start(plain, 0, plain.length))).containsExactly("0+90@9");
    assertThat(frames.isBroken()).isFalse();
  }

  /** RFC 9000 §19.1 to §19.6 and §19.19: PADDING, PING, ACK with ranges and ECN, CRYPTO, CLOSE. */
  @Test
  void goesOverAllFramesOfAnInitialPacket() {
    byte[] plain = hex("0000 01 03 4064 00 02 05 01 02 03 04 07 08 09 06 4123 02 aabb 1c 00 00 00");
    assertThat(parts(frames.start(plain, 0, plain.length))).containsExactly("291+2@20");
    assertThat(frames.isBroken()).isFalse();
  }

  @Test
  void breaksOffAtWhatDoesNotBelongThere() {
    byte[] stream = hex("06 00 01 aa 08 00 06 00 01 bb");
    assertThat(parts(frames.start(stream, 0, stream.length))).containsExactly("0+1@3");
    assertThat(frames.isBroken()).isTrue();
    byte[] cut = hex("06 00 05 aabbccdd");
    assertThat(parts(frames.start(cut, 0, cut.length))).isEmpty();
    assertThat(frames.isBroken()).isTrue();
  }

  @Test
  void isNotHeldUpByACountOfRanges() {
    byte[] plain = hex("02 00 00 ffffffffffffffff 00 01 01 01");
    assertThat(parts(frames.start(plain, 0, plain.length))).isEmpty();
    assertThat(frames.isBroken()).isTrue();
  }

  /** Google's layout by its wire specification: STREAM 1 at 0 to the end, then with all fields. */
  @Test
  void findsStream1OfGoogles() {
    byte[] plain = hex("07 06 01 80 01 43484c4f");
    assertThat(parts(google.start(plain, 0, plain.length, 43, 1))).containsExactly("0+4@5");
    byte[] all = hex("a4 01 0258 0002 aabb a0 03 0001 cc 00");
    assertThat(parts(google.start(all, 0, all.length, 43, 1))).containsExactly("600+2@6");
    byte[] old = hex("a4 01 5802 0200 aabb");
    assertThat(parts(google.start(old, 0, old.length, 35, 1))).containsExactly("600+2@6");
  }

  /** ACK: largest in one byte, delay in two, a block of one byte, one stamp of 1 + 4 bytes. */
  @Test
  void skipsAnAcknowledgementOfGoogles() {
    byte[] plain = hex("40 05 0102 05 01 00 11223344 80 01 aa");
    assertThat(parts(google.start(plain, 0, plain.length, 46, 1))).containsExactly("0+1@13");
    byte[] blocks = hex("60 05 0102 01 05 0203 00 80 01 aa");
    assertThat(parts(google.start(blocks, 0, blocks.length, 46, 1))).containsExactly("0+1@11");
  }

  @Test
  void findsCryptoFramesOfGooglesFromVersion48On() {
    byte[] plain = hex("08 00 02 aabb 00");
    assertThat(parts(google.start(plain, 0, plain.length, QuicVersion.Q050)))
        .containsExactly("0+2@3");
    assertThat(parts(google.start(plain, 0, plain.length, 46, 1))).isEmpty();
  }
}
