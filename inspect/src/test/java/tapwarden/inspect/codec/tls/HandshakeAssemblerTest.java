package tapwarden.inspect.codec.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.tls.Wire.ALERT;
import static tapwarden.inspect.codec.tls.Wire.APPLICATION_DATA;
import static tapwarden.inspect.codec.tls.Wire.CHANGE_CIPHER_SPEC;
import static tapwarden.inspect.codec.tls.Wire.HANDSHAKE;
import static tapwarden.inspect.codec.tls.Wire.RFC_CERTIFICATE;
import static tapwarden.inspect.codec.tls.Wire.RFC_CLIENT_HELLO;
import static tapwarden.inspect.codec.tls.Wire.RFC_SERVER_HELLO;
import static tapwarden.inspect.codec.tls.Wire.bodyOf;
import static tapwarden.inspect.codec.tls.Wire.hex;
import static tapwarden.inspect.codec.tls.Wire.join;
import static tapwarden.inspect.codec.tls.Wire.message;
import static tapwarden.inspect.codec.tls.Wire.number;
import static tapwarden.inspect.codec.tls.Wire.record;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.inspect.codec.tls.Wire.Taken;

class HandshakeAssemblerTest {
  private static final byte[] CHANGE = record(CHANGE_CIPHER_SPEC, new byte[] {1});
  private static final byte[] SERVER_FLIGHT =
      join(
          record(HANDSHAKE, join(RFC_SERVER_HELLO, RFC_CERTIFICATE)),
          record(HANDSHAKE, message(14, new byte[0])),
          CHANGE,
          record(HANDSHAKE, new byte[40]));

  private final Taken taken = new Taken();
  private final HandshakeAssembler assembler =
      new HandshakeAssembler(taken, HandshakeOptions.DEFAULTS);

  private static HandshakeState feed(HandshakeAssembler to, byte[] bytes) {
    return to.feed(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  private HandshakeState feed(byte[] bytes) {
    return feed(assembler, bytes);
  }

  private static HandshakeState feedInChunks(HandshakeAssembler to, byte[] bytes, int size) {
    for (int at = 0; at < bytes.length; at += size) {
      feed(to, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return to.state();
  }

  @Test
  void deliversTheMessagesOfAServerUpToTheChangeOfCipher() {
    assertThat(feed(SERVER_FLIGHT)).isEqualTo(HandshakeState.DONE);
    assertThat(taken.types()).containsExactly(2, 11, 14);
    assertThat(taken.body(0)).isEqualTo(bodyOf(RFC_SERVER_HELLO));
    assertThat(taken.body(1)).isEqualTo(bodyOf(RFC_CERTIFICATE));
    assertThat(assembler.records()).isEqualTo(3);
  }

  @Test
  void chunkBoundariesMayBeAnywhere() {
    for (int size = 1; size < SERVER_FLIGHT.length; size += size < 20 ? 1 : 13) {
      Taken cut = new Taken();
      HandshakeAssembler inChunks = new HandshakeAssembler(cut, HandshakeOptions.DEFAULTS);
      assertThat(feedInChunks(inChunks, SERVER_FLIGHT, size)).isEqualTo(HandshakeState.DONE);
      assertThat(cut.types()).as("chunks of %d", size).containsExactly(2, 11, 14);
      assertThat(cut.body(1)).isEqualTo(bodyOf(RFC_CERTIFICATE));
    }
  }

  @Test
  void truncatedAtEveryByteItDeliversWhatIsWhole() {
    int helloEnd = 5 + RFC_SERVER_HELLO.length;
    for (int length = 0; length <= SERVER_FLIGHT.length; length++) {
      Taken cut = new Taken();
      HandshakeAssembler short1 = new HandshakeAssembler(cut, HandshakeOptions.DEFAULTS);
      feed(short1, Arrays.copyOf(SERVER_FLIGHT, length));
      int expected = 0;
      for (int end : new int[] {helloEnd, helloEnd + RFC_CERTIFICATE.length, helloEnd + 454}) {
        expected += length >= end ? 1 : 0;
      }
      assertThat(cut.messages).as("%d bytes", length).hasSize(expected);
    }
  }

  @Test
  void aHelloMayBeSpreadOverRecordsOfOneByte() {
    byte[] records = {};
    for (byte b : RFC_CLIENT_HELLO) {
      records = join(records, record(HANDSHAKE, new byte[] {b}));
    }
    assertThat(feedInChunks(assembler, records, 7)).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.body(0)).isEqualTo(bodyOf(RFC_CLIENT_HELLO));
    assertThat(assembler.heldBytes()).isZero();
  }

  @Test
  void aWholeMessageIsNotCopied() {
    byte[] bytes = record(HANDSHAKE, RFC_CLIENT_HELLO);
    MemorySegment fed = MemorySegment.ofArray(bytes);
    boolean[] same = new boolean[1];
    new HandshakeAssembler(
            (type, segment, offset, length, announced) -> same[0] = segment.equals(fed),
            HandshakeOptions.DEFAULTS)
        .feed(fed, 0, bytes.length);
    assertThat(same[0]).isTrue();
  }

  @Test
  void theHelloAfterARetryIsReadBehindTheOrnamentalChangeOfCipher() {
    byte[] hello = record(HANDSHAKE, RFC_CLIENT_HELLO);
    assertThat(feed(join(hello, CHANGE, hello))).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.types()).containsExactly(1, 1);
    assertThat(feed(record(APPLICATION_DATA, new byte[30]))).isEqualTo(HandshakeState.DONE);
  }

  @Test
  void anEncryptedFinishedOfAResumedSessionIsNoMessage() {
    byte[] finished = record(HANDSHAKE, join(hex("0000000000000000"), new byte[32]));
    byte[] hello = record(HANDSHAKE, RFC_CLIENT_HELLO);
    assertThat(feed(join(hello, CHANGE, finished))).isEqualTo(HandshakeState.DONE);
    assertThat(taken.types()).containsExactly(1);
  }

  @Test
  void alertsAreSeenAndAFatalOneEndsTheHandshake() {
    byte[] warning = record(ALERT, new byte[] {1, 112});
    byte[] fatal = record(ALERT, new byte[] {2, 40});
    assertThat(feed(join(warning, record(HANDSHAKE, RFC_SERVER_HELLO), fatal)))
        .isEqualTo(HandshakeState.DONE);
    assertThat(taken.alerts).containsExactly("1/112", "2/40");
    assertThat(taken.types()).containsExactly(2);
  }

  @Test
  void ofAMessageBeyondItsLimitTheBeginningIsDelivered() {
    HandshakeAssembler small = new HandshakeAssembler(taken, new HandshakeOptions(100, 50, 9));
    byte[] all = join(RFC_SERVER_HELLO, message(11, new byte[3_000]), message(14, new byte[0]));
    assertThat(feedInChunks(small, record(HANDSHAKE, all), 64))
        .isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.types()).containsExactly(2, 11, 14);
    assertThat(taken.body(1)).hasSize(50);
    assertThat(taken.messages.get(1).announced()).isEqualTo(3_000);
  }

  @Test
  void anAnnouncedLengthCostsNoMemoryBeforeItsBytesArrive() {
    feed(join(hex("1603034000"), hex("0100ffff"), new byte[10]));
    assertThat(assembler.state()).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(assembler.heldBytes()).isLessThanOrEqualTo(512);
  }

  @Test
  void aCutStreamDeliversTheBeginningOfItsLastMessage() {
    feed(record(HANDSHAKE, Arrays.copyOf(RFC_CLIENT_HELLO, 80)));
    assembler.cut();
    assertThat(assembler.state()).isEqualTo(HandshakeState.DONE);
    assertThat(taken.body(0)).isEqualTo(Arrays.copyOfRange(RFC_CLIENT_HELLO, 4, 80));
    assertThat(taken.messages.get(0).announced()).isEqualTo(0xC0);
  }

  @Test
  void moreRecordsThanTheLimitAreNotRead() {
    HandshakeAssembler few = new HandshakeAssembler(taken, new HandshakeOptions(999, 999, 3));
    byte[] one = record(HANDSHAKE, message(1, new byte[0]));
    assertThat(feed(few, join(one, one, one))).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(feed(few, one)).isEqualTo(HandshakeState.LIMITED);
    assertThat(taken.messages).hasSize(3);
  }

  @Test
  void anSsl2HelloIsRecognisedAndTlsGoesOnBehindIt() {
    // RFC 5246 §E.2: version 3.1, two cipher specifications, no session, 16 bytes of challenge.
    byte[] body = join(hex("0301 0006 0000 0010 00002f 010080"), new byte[16]);
    byte[] ssl2 = join(number(0x8000 | (body.length + 1), 2), new byte[] {1}, body);
    assertThat(feedInChunks(assembler, join(ssl2, record(HANDSHAKE, message(16, new byte[9]))), 3))
        .isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.types()).containsExactly(HandshakeType.SSL2_CLIENT_HELLO, 16);
    assertThat(taken.body(0)).isEqualTo(body);
  }

  @Test
  void afterAHelloOfSsl2AloneNothingIsClearToUs() {
    byte[] body = join(hex("0002 0003 0000 0010 010080"), new byte[16]);
    byte[] ssl2 = join(number(0x8000 | (body.length + 1), 2), new byte[] {1}, body);
    assertThat(feed(ssl2)).isEqualTo(HandshakeState.DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "474554202f20485454502f312e310d0a", // GET / HTTP/1.1
        "5353482d322e302d4f70656e5353480a", // an SSH banner
        "1604010005010000010000", // version 4.1
        "160301480101000000000000", // a record beyond 2^14 + 2048
        "16030100045500000000", // an unknown message opens
        "160301000454657374", // "Test" in what looks like a record
        "190301000401000000", // unknown content type
        "14030300050102030405", // a change of cipher of five bytes
        "8080020301000000", // SSL 2 with another message
        "80030103010000" // an SSL 2 hello too short for its version
      })
  void whatOnlyLooksLikeTlsIsViolated(String bytes) {
    assertThat(feed(hex(bytes))).isEqualTo(HandshakeState.VIOLATED);
    assertThat(taken.messages).isEmpty();
    assertThat(
            feedInChunks(new HandshakeAssembler(taken, HandshakeOptions.DEFAULTS), hex(bytes), 1))
        .isEqualTo(HandshakeState.VIOLATED);
  }

  /** OpenSSL 3 (MAX_EMPTY_RECORDS in its record layer) passes 32 of them over. */
  @Test
  void aHelloBehindEmptyRecordsIsRead() {
    byte[] empty = record(HANDSHAKE, new byte[0]);
    byte[] all = {};
    for (int i = 0; i < 32; i++) {
      all = join(all, empty);
    }
    assertThat(feedInChunks(assembler, join(all, record(HANDSHAKE, RFC_CLIENT_HELLO)), 3))
        .isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.types()).containsExactly(1);
  }

  /** RFC 8446 §5: a server that keeps no state cannot tell it from one behind its retry. */
  @Test
  void aHelloBehindAChangeOfCipherIsRead() {
    byte[] hello = record(HANDSHAKE, RFC_CLIENT_HELLO);
    assertThat(feed(join(CHANGE, CHANGE, hello))).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.types()).containsExactly(1);
    assertThat(taken.body(0)).isEqualTo(bodyOf(RFC_CLIENT_HELLO));
  }

  @Test
  void whatIsEncryptedBehindAChangeOfCipherIsNoHello() {
    byte[] finished = record(HANDSHAKE, join(hex("0000000000000000"), new byte[32]));
    assertThat(feed(join(CHANGE, finished))).isEqualTo(HandshakeState.DONE);
    assertThat(taken.types()).isEmpty();
  }

  /**
   * RFC 8446 §4.1.2: 2 + 32 + 33 + 2 + 65,534 + 256 + 2 + 65,535 bytes are the most that the
   * lengths of a hello can say, here in the records of one byte that §5.1 allows.
   */
  @Test
  void theLongestHelloIsReadOutOfTheShortestRecords() {
    byte[] message = message(1, new byte[131_396]);
    byte[] records = new byte[6 * message.length];
    for (int i = 0; i < message.length; i++) {
      System.arraycopy(record(HANDSHAKE, new byte[] {message[i]}), 0, records, 6 * i, 6);
    }
    assertThat(feed(records)).isEqualTo(HandshakeState.WANTS_MORE);
    assertThat(taken.types()).containsExactly(1);
    assertThat(taken.body(0)).hasSize(131_396);
  }

  @Test
  void ofAMessageInTooManyRecordsTheBeginningIsDelivered() {
    HandshakeAssembler few = new HandshakeAssembler(taken, new HandshakeOptions(999, 999, 2));
    byte[] begun = record(HANDSHAKE, Arrays.copyOf(RFC_CLIENT_HELLO, 80));
    byte[] next = record(HANDSHAKE, Arrays.copyOfRange(RFC_CLIENT_HELLO, 80, 90));
    assertThat(feed(few, join(begun, next, next))).isEqualTo(HandshakeState.LIMITED);
    assertThat(taken.body(0)).isEqualTo(Arrays.copyOfRange(RFC_CLIENT_HELLO, 4, 90));
    assertThat(few.heldBytes()).isZero();
  }

  @Test
  void oneByteIsEnoughToSeeThatTextIsNoTls() {
    assertThat(feed("G".getBytes(US_ASCII))).isEqualTo(HandshakeState.VIOLATED);
  }

  @Test
  void randomBytesGiveNoHello() {
    Random random = new Random(8446);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[200];
      random.nextBytes(bytes);
      Taken any = new Taken();
      feed(new HandshakeAssembler(any, HandshakeOptions.DEFAULTS), bytes);
      assertThat(any.messages.stream().filter(m -> m.body().length > 0)).isEmpty();
    }
  }

  @Test
  void workGrowsNoFasterThanTheBytes() {
    for (int chunk : List.of(1, 3, 100)) {
      long once = work(4_000, chunk);
      long twice = work(8_000, chunk);
      assertThat(twice).as("chunks of %d", chunk).isLessThanOrEqualTo(once * 21 / 10);
    }
  }

  /** Steps for a hello of this size in records of one byte, fed in chunks. */
  private static long work(int size, int chunk) {
    byte[] message = message(1, new byte[size]);
    byte[] records = new byte[6 * message.length];
    for (int i = 0; i < message.length; i++) {
      System.arraycopy(record(HANDSHAKE, new byte[] {message[i]}), 0, records, 6 * i, 6);
    }
    Taken taken = new Taken();
    HandshakeAssembler counted = new HandshakeAssembler(taken, HandshakeOptions.DEFAULTS);
    feedInChunks(counted, records, chunk);
    assertThat(taken.body(0)).hasSize(size);
    return counted.work();
  }
}
