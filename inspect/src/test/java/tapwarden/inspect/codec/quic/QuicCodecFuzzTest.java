package tapwarden.inspect.codec.quic;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.tls.ClientHello;

class QuicCodecFuzzTest {
  private static final int[] VERSIONS = {24, 33, 35, 39, 43, 46, 50};

  private final LongHeader header = new LongHeader();
  private final ClearPacket clear = new ClearPacket();
  private final IetfFrames frames = new IetfFrames();
  private final GoogleFrames google = new GoogleFrames();
  private final GoogleHello hello = new GoogleHello();
  private final ClientHello client = new ClientHello();
  private final TransportParameters parameters = new TransportParameters();

  /** The segment has no byte more than the datagram: a read beyond throws. */
  @FuzzTest
  void readsAnyDatagramWithinBounds(byte[] data) {
    MemorySegment segment = MemorySegment.ofArray(data);
    long at = 0;
    while (at < data.length && header.parse(segment, at, data.length)) {
      check(header.end() > at && header.end() <= data.length, "a packet that ends");
      check(header.destinationIdLength() <= 20 && header.sourceIdLength() <= 20, "identifiers");
      if (header.type() == LongHeader.Type.VERSION_NEGOTIATION) {
        header.offersKnownVersion();
      } else {
        header.isFixed();
      }
      QuicVersion.word(header.version());
      at = header.end();
    }
    if (clear.parse(segment, 0, data.length)) {
      clear.isClear(true);
      walk(clear.frames(google, new byte[data.length]), data.length);
    }
  }

  /** The first byte chooses the version. */
  @FuzzTest
  void readsAnyFramesWithinBounds(byte[] data) {
    walk(frames.start(data, 0, data.length), data.length);
    if (data.length > 0) {
      int version = VERSIONS[(data[0] & 0xFF) % VERSIONS.length];
      walk(google.start(data, 1, data.length, version, 1 + (data[0] & 1)), data.length);
    }
  }

  private static void walk(FrameCursor cursor, int length) {
    int steps = 0;
    while (cursor.next()) {
      check(cursor.data() >= 0 && cursor.data() + cursor.length() <= length, "data inside");
      check(cursor.offset() >= 0, "offset");
      check(++steps <= length, "as many frames as bytes at most");
    }
  }

  @FuzzTest
  void readsAnyHelloOfGoogles(byte[] data) {
    int length = GoogleHello.messageLength(data, 0, data.length);
    if (length > 0 && length <= data.length && hello.parse(data, 0)) {
      for (int tag : new int[] {GoogleHello.SERVER_NAME, GoogleHello.USER_AGENT}) {
        int index = hello.find(tag);
        check(
            index < 0
                || (hello.valueLength(index) >= 0
                    && hello.valueAt(index) + hello.valueLength(index) <= length),
            "value inside");
      }
      check(hello.fingerprint(QuicVersion.Q050).hash().length() == 32, "MD5");
    }
  }

  /** The parameters are the last extension of a hello. */
  @FuzzTest
  void readsAnyTransportParameters(byte[] data) {
    int length = Math.min(data.length, 0xFFF0);
    byte[] start = Initials.hex("0303" + "00".repeat(32) + "00" + "00021301" + "0100");
    byte[] body =
        Initials.join(
            start, u16(length + 4), u16(57), u16(length), java.util.Arrays.copyOf(data, length));
    if (client.parse(MemorySegment.ofArray(body), 0, body.length)
        && parameters.find(client, TransportParameters.USER_AGENT)) {
      check(parameters.valueAt() + parameters.valueLength() <= body.length, "value inside");
    }
  }

  private static byte[] u16(int value) {
    return new byte[] {(byte) (value >>> 8), (byte) value};
  }

  /** Against arrays as large as the limit, of which each byte says whether it is there. */
  @FuzzTest
  void putsPartsTogetherAsAModelDoes(FuzzedDataProvider data) {
    CryptoStream stream = new CryptoStream();
    byte[] model = new byte[CryptoStream.MOST_BYTES];
    boolean[] there = new boolean[CryptoStream.MOST_BYTES];
    int held = 0;
    while (data.remainingBytes() > 4) {
      int offset = data.consumeInt(0, 2 * CryptoStream.MOST_BYTES) >>> data.consumeInt(0, 15);
      boolean lastWins = data.consumeBoolean();
      byte[] part = data.consumeBytes(data.consumeInt(0, 40));
      held += stream.growthFor(offset, part.length);
      boolean differs = false;
      for (int i = 0; i < part.length && offset + i < model.length; i++) {
        differs |= there[offset + i] && model[offset + i] != part[i];
        model[offset + i] = there[offset + i] && !lastWins ? model[offset + i] : part[i];
        there[offset + i] = true;
      }
      CryptoStream.Taken taken =
          lastWins
              ? stream.overlay(offset, part, 0, part.length)
              : stream.add(offset, part, 0, part.length);
      check(lastWins || differs == (taken == CryptoStream.Taken.DIFFERS), "difference told");
      check(stream.heldBytes() == held, "memory as said");
    }
    int ready = 0;
    while (ready < there.length && there[ready]) {
      check(stream.bytes()[ready] == model[ready], "the same bytes");
      ready++;
    }
    check(stream.ready() == ready, "the same length");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
