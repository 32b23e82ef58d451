package tapwarden.inspect.codec.tls;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Records and messages put together by hand, and what a listener took. */
final class Wire {
  /** RFC 8448 §3: the ClientHello message of the simple 1-RTT handshake, 196 octets. */
  static final byte[] RFC_CLIENT_HELLO =
      hex(
          """
          010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef
          6283024dece7000006130113031302010000910000000b000900000673657276
          6572ff01000100000a00140012001d0017001800190100010101020103010400
          230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e
          51c13cae4d5413691e529aaf2c002b0003020304000d0020001e040305030603
          020308040805080604010501060102010402050206020202002d00020101001c
          00024001\
          """);

  /** RFC 8448 §3: the ServerHello message, 90 octets. */
  static final byte[] RFC_SERVER_HELLO =
      hex(
          """
          020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155
          772ed3e2692800130100002e00330024001d0020c9828876112095fe66762bdb
          f7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304\
          """);

  /** RFC 8448 §3: the Certificate message as it is before encryption, 445 octets. */
  static final byte[] RFC_CERTIFICATE =
      hex(
          """
          0b0001b9000001b50001b0308201ac30820115a003020102020102300d06092a
          864886f70d01010b0500300e310c300a06035504031303727361301e170d3136
          303733303031323335395a170d3236303733303031323335395a300e310c300a
          0603550403130372736130819f300d06092a864886f70d010101050003818d00
          30818902818100b4bb498f8279303d980836399b36c6988c0c68de55e1bdb826
          d3901a2461eafd2de49a91d015abbc9a95137ace6c1af19eaa6af98c7ced4312
          0998e187a80ee0ccb0524b1b018c3e0b63264d449a6d38e22a5fda4308467480
          30530ef0461c8ca9d9efbfae8ea6d1d03e2bd193eff0ab9a8002c47428a6d35a
          8d88d79f7f1e3f0203010001a31a301830090603551d1304023000300b060355
          1d0f0404030205a0300d06092a864886f70d01010b05000381810085aad2a0e5
          b9276b908c65f73a7267170618a54c5f8a7b337d2df7a594365417f2eae8f8a5
          8c8f8172f9319cf36b7fd6c55b80f21a03015156726096fd335e5e67f2dbf102
          702e608ccae6bec1fc63a42a99be5c3eb7107c3c54e9b9eb2bd5203b1c3b84e0
          a8b2f759409ba3eac9d91d402dcc0cc8f8961229ac9187b42b4de10000\
          """);

  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  private Wire() {}

  /** A message as it was delivered. */
  record Message(int type, byte[] body, int announced) {}

  /** Keeps what is delivered. */
  static final class Taken implements HandshakeListener {
    final List<Message> messages = new ArrayList<>();
    final List<String> alerts = new ArrayList<>();

    @Override
    public void onMessage(
        int type, MemorySegment segment, long offset, int length, int announcedLength) {
      byte[] body = new byte[length];
      MemorySegment.copy(segment, offset, MemorySegment.ofArray(body), 0, length);
      messages.add(new Message(type, body, announcedLength));
    }

    @Override
    public void onAlert(int level, int description) {
      alerts.add(level + "/" + description);
    }

    List<Integer> types() {
      return messages.stream().map(Message::type).toList();
    }

    byte[] body(int index) {
      return messages.get(index).body();
    }
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  /** A TLS 1.2 record. */
  static byte[] record(int type, byte[] body) {
    return join(new byte[] {(byte) type, 3, 3}, number(body.length, 2), body);
  }

  /** A handshake message. */
  static byte[] message(int type, byte[] body) {
    return join(new byte[] {(byte) type}, number(body.length, 3), body);
  }

  /** The body of a message: what follows its four bytes. */
  static byte[] bodyOf(byte[] message) {
    return Arrays.copyOfRange(message, 4, message.length);
  }

  /** The extensions' bytes with their length before them. */
  static byte[] extensions(byte[]... extensions) {
    byte[] all = join(extensions);
    return join(number(all.length, 2), all);
  }

  static byte[] extension(int type, byte[] data) {
    return join(number(type, 2), number(data.length, 2), data);
  }

  static byte[] serverName(byte[] name) {
    return extension(
        0, join(number(name.length + 3, 2), new byte[1], number(name.length, 2), name));
  }

  static byte[] alpn(byte[] name) {
    return extension(16, join(number(name.length + 1, 2), number(name.length, 1), name));
  }

  /** A list of 16-bit numbers in an extension, its length in {@code prefix} bytes. */
  static byte[] numbers(int type, int prefix, int... values) {
    byte[] list = {};
    for (int value : values) {
      list = join(list, number(value, 2));
    }
    return extension(type, join(number(list.length, prefix), list));
  }

  /** A TLS 1.2 hello's body with these suites and this end (compression is added). */
  static byte[] clientHello(int[] ciphers, byte[] extensions) {
    byte[] suites = {};
    for (int cipher : ciphers) {
      suites = join(suites, number(cipher, 2));
    }
    return join(
        new byte[] {3, 3},
        new byte[32],
        new byte[1],
        number(suites.length, 2),
        suites,
        new byte[] {1, 0},
        extensions);
  }

  static byte[] number(int value, int bytes) {
    byte[] number = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      number[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    return number;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
