package tapwarden.inspect.codec.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.tls.Wire.RFC_CERTIFICATE;
import static tapwarden.inspect.codec.tls.Wire.RFC_CLIENT_HELLO;
import static tapwarden.inspect.codec.tls.Wire.bodyOf;
import static tapwarden.inspect.codec.tls.Wire.hex;
import static tapwarden.inspect.codec.tls.Wire.join;
import static tapwarden.inspect.codec.tls.Wire.number;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.tls.Wire.Taken;

class DtlsAssemblerTest {
  private static final byte[] BODY = bodyOf(RFC_CERTIFICATE);

  private final Taken taken = new Taken();
  private final DtlsAssembler assembler = new DtlsAssembler(taken, HandshakeOptions.DEFAULTS);

  private HandshakeState feed(byte[] datagram) {
    return assembler.feed(MemorySegment.ofArray(datagram), 0, datagram.length);
  }

  /** RFC 6347 §4.1: type, DTLS 1.2, epoch, sequence number, length. */
  private static byte[] record(int type, int epoch, byte[] body) {
    return join(
        new byte[] {(byte) type, (byte) 0xFE, (byte) 0xFD},
        number(epoch, 2),
        new byte[6],
        number(body.length, 2),
        body);
  }

  /** RFC 6347 §4.2.2: a fragment in a record of its own. */
  private static byte[] fragment(int type, int sequence, byte[] body, int from, int to) {
    return record(
        22,
        0,
        join(
            new byte[] {(byte) type},
            number(body.length, 3),
            number(sequence, 2),
            number(from, 3),
            number(to - from, 3),
            Arrays.copyOfRange(body, from, to)));
  }

  @Test
  void deliversAMessageOfOneFragmentOnceHoweverOftenItComes() {
    byte[] hello = fragment(1, 0, bodyOf(RFC_CLIENT_HELLO), 0, RFC_CLIENT_HELLO.length - 4);
    feed(hello);
    assertThat(feed(join(hello, hello))).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.types()).containsExactly(1);
    assertThat(taken.body(0)).isEqualTo(bodyOf(RFC_CLIENT_HELLO));
    assertThat(assembler.records()).isEqualTo(3);
  }

  @Test
  void putsFragmentsTogetherInAnyOrderRepeatedAndOverlapping() {
    Random random = new Random(6347);
    for (int round = 0; round < 200; round++) {
      Taken any = new Taken();
      DtlsAssembler each = new DtlsAssembler(any, HandshakeOptions.DEFAULTS);
      List<byte[]> datagrams = new ArrayList<>();
      for (int at = 0; at < BODY.length; at += 40) {
        int from = Math.max(0, at - random.nextInt(20));
        datagrams.add(fragment(11, 2, BODY, from, Math.min(BODY.length, at + 40)));
        datagrams.add(fragment(11, 2, BODY, at, Math.min(BODY.length, at + 20)));
      }
      Collections.shuffle(datagrams, random);
      for (byte[] datagram : datagrams) {
        each.feed(MemorySegment.ofArray(datagram), 0, datagram.length);
      }
      assertThat(any.types()).containsExactly(11);
      assertThat(any.body(0)).isEqualTo(BODY);
      assertThat(each.heldBytes()).isZero();
    }
  }

  @Test
  void messagesComeAsTheyAreCompleteWhateverTheirOrder() {
    feed(fragment(11, 2, BODY, 0, 100));
    feed(fragment(2, 1, new byte[50], 0, 50));
    feed(fragment(11, 2, BODY, 100, BODY.length));
    assertThat(taken.types()).containsExactly(2, 11);
  }

  @Test
  void aFragmentThatIsMissingKeepsItsMessageBack() {
    feed(fragment(11, 2, BODY, 0, 100));
    feed(fragment(11, 2, BODY, 101, BODY.length));
    assertThat(taken.messages).isEmpty();
  }

  @Test
  void aLaterEpochOrAnEncryptedRecordOfDtls13EndsTheClearPart() {
    assertThat(feed(fragment(1, 0, new byte[50], 0, 50))).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(feed(record(22, 1, new byte[40]))).isEqualTo(HandshakeState.DONE);
    DtlsAssembler other = new DtlsAssembler(taken, HandshakeOptions.DEFAULTS);
    byte[] hello = fragment(1, 0, new byte[50], 0, 50);
    other.feed(MemorySegment.ofArray(hello), 0, hello.length);
    byte[] unified = hex("2e0001002a" + "00".repeat(42));
    assertThat(other.feed(MemorySegment.ofArray(unified), 0, unified.length))
        .isEqualTo(HandshakeState.DONE);
  }

  @Test
  void passesOverWhatOthersSendOnTheSamePorts() {
    feed(fragment(1, 0, new byte[50], 0, 50));
    assertThat(feed(hex("000100002112a442" + "00".repeat(12)))) // STUN
        .isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(assembler.foreignDatagrams()).isEqualTo(1);
  }

  @Test
  void whatBeginsOtherwiseIsNoDtls() {
    assertThat(feed(hex("000100002112a442" + "00".repeat(12)))).isEqualTo(HandshakeState.VIOLATED);
    DtlsAssembler tls = new DtlsAssembler(taken, HandshakeOptions.DEFAULTS);
    byte[] record = Wire.record(22, RFC_CLIENT_HELLO);
    assertThat(tls.feed(MemorySegment.ofArray(record), 0, record.length))
        .isEqualTo(HandshakeState.VIOLATED);
  }

  @Test
  void aFragmentBeyondItsMessageIsDropped() {
    feed(fragment(1, 0, new byte[50], 0, 50));
    byte[] beyond = fragment(11, 1, BODY, 0, 100);
    beyond[13 + 8] = 127; // fragment offset
    beyond[13 + 6] = 1;
    feed(beyond);
    assertThat(assembler.droppedFragments()).isEqualTo(1);
    assertThat(assembler.heldBytes()).isZero();
  }

  @Test
  void memoryIsBoundedWhateverIsAnnounced() {
    byte[] large = new byte[1 << 20];
    for (int sequence = 0; sequence < 100; sequence++) {
      for (int at = 0; at < 70_000; at += 2_000) {
        feed(fragment(11, sequence, large, at, at + 1_000));
      }
    }
    int most = DtlsAssembler.MOST_PENDING * HandshakeOptions.DEFAULT_MOST_CERTIFICATE_BYTES;
    assertThat(assembler.heldBytes()).isLessThanOrEqualTo(most);
    assertThat(assembler.droppedFragments()).isGreaterThan(0);
    assertThat(taken.messages).isEmpty();
  }

  @Test
  void oneFarFragmentCostsNoBufferOfTheWholeMessage() {
    feed(fragment(11, 1, new byte[60_000], 59_000, 59_100));
    assertThat(assembler.heldBytes()).isZero();
    assertThat(assembler.droppedFragments()).isEqualTo(1);
  }
}
