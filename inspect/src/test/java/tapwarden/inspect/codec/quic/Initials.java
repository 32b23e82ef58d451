package tapwarden.inspect.codec.quic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Initial packets for tests: those of the RFCs' appendices, and ones that are protected here by the
 * JDK's own HKDF, which nothing in the product uses.
 */
public final class Initials {
  /** The identifier of all examples (RFC 9001 §A). */
  public static final byte[] ID = hex("8394c8f03e515708");

  /** RFC 9001 §A.2, RFC 9369 §A.2: the CRYPTO frame with the ClientHello. */
  public static final byte[] CLIENT_FRAMES =
      hex(
          """
          060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868
          04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578
          616d706c652e636f6dff01000100000a00080006001d00170018001000070005
          04616c706e000500050100000000003300260024001d00209370b2c9caa47fba
          baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400
          0d0010000e0403050306030203080408050806002d00020101001c0002400100
          3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000
          75300901100f088394c8f03e51570806048000ffff\
          """);

  /** RFC 9001 §A.3, RFC 9369 §A.3: ACK and the CRYPTO frame with the ServerHello. */
  public static final byte[] SERVER_FRAMES =
      hex(
          """
          02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf739
          88cfc79825df566dc5430b9a045a1200130100002e00330024001d00209d3c94
          0d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00
          020304\
          """);

  /** RFC 9001 §A.3. */
  public static final byte[] SERVER_V1 =
      hex(
          """
          cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a
          5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3
          dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84
          022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4
          2158407dd074ee\
          """);

  /** RFC 9369 §A.3. */
  public static final byte[] SERVER_V2 =
      hex(
          """
          dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698
          baeea26b91eb761d9b89237bbf87263017915358230035f7fd3945d88965cf17
          f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2
          c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca8
          4bed8521e2e140\
          """);

  /** RFC 9001 §A.4. */
  public static final byte[] RETRY_V1 =
      hex("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba");

  /** RFC 9369 §A.4. */
  public static final byte[] RETRY_V2 =
      hex("cf6b3343cf0008f067a5502a4262b5746f6b656ec8646ce8bfe33952d955543665dcc7b6");

  private static final byte[] SALT_V1 = hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final int NUMBER_BYTES = 4;

  /** Made once for each salt, identifier and side, since fuzzing makes many packets with few. */
  private static final Map<String, Keys> KEYS = new ConcurrentHashMap<>();

  private record Keys(SecretKey key, SecretKey iv, SecretKey header) {
    static Keys of(byte[] salt, byte[] id, String side) throws GeneralSecurityException {
      KDF hkdf = KDF.getInstance("HKDF-SHA256");
      SecretKey first =
          hkdf.deriveKey(
              "Generic", HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(id).extractOnly());
      SecretKey secret = new SecretKeySpec(expand(hkdf, first, side, 32), "Generic");
      return new Keys(
          new SecretKeySpec(expand(hkdf, secret, "quic key", 16), "AES"),
          new SecretKeySpec(expand(hkdf, secret, "quic iv", 12), "Generic"),
          new SecretKeySpec(expand(hkdf, secret, "quic hp", 16), "AES"));
    }
  }

  private Initials() {}

  /** RFC 9001 §A.2. */
  public static byte[] clientV1() {
    return resource("rfc9001-client-initial.hex");
  }

  /** RFC 9369 §A.2. */
  public static byte[] clientV2() {
    return resource("rfc9369-client-initial.hex");
  }

  private static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(Initials.class.getResourceAsStream(name))) {
      return hex(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  /** Bytes one behind the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** The ClientHello of the RFCs: 241 bytes. */
  public static byte[] clientHello() {
    byte[] hello = new byte[CLIENT_FRAMES.length - 4];
    System.arraycopy(CLIENT_FRAMES, 4, hello, 0, hello.length);
    return hello;
  }

  /** A CRYPTO frame with a part of a message. */
  public static byte[] crypto(byte[] message, int from, int to) {
    byte[] part = new byte[to - from];
    System.arraycopy(message, from, part, 0, part.length);
    return crypto(from, part);
  }

  /** A CRYPTO frame. */
  public static byte[] crypto(int offset, byte[] part) {
    return join(new byte[] {6}, varInt(offset), varInt(part.length), part);
  }

  /** In four bytes. */
  static byte[] varInt(int value) {
    return new byte[] {
      (byte) (0x80 | value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  /** A client's Initial packet of version 1, with PADDING up to a size of its frames. */
  public static byte[] client(byte[] id, int number, byte[] frames, int size) {
    return initial(1, SALT_V1, id, "client in", id, number, frames, size);
  }

  /** A server's, to a client without identifier; its own is {@code f067a5502a4262b5}. */
  public static byte[] server(byte[] keysOf, int number, byte[] frames) {
    return initial(1, SALT_V1, keysOf, "server in", new byte[0], number, frames, frames.length);
  }

  /** A client's with another destination than that its keys are of. */
  public static byte[] clientTo(byte[] keysOf, byte[] id, int number, byte[] frames) {
    return initial(1, SALT_V1, keysOf, "client in", id, number, frames, frames.length);
  }

  /** Of any version that has packets, labels and perhaps the salt of version 1. */
  public static byte[] initial(
      int version,
      byte[] salt,
      byte[] keysOf,
      String side,
      byte[] id,
      int number,
      byte[] frames,
      int size) {
    byte[] ours = side.startsWith("s") ? hex("f067a5502a4262b5") : new byte[0];
    byte[] plain = join(frames, new byte[Math.max(0, size - frames.length)]);
    byte[] header =
        join(
            new byte[] {(byte) 0xC3},
            be32(version),
            new byte[] {(byte) id.length},
            id,
            new byte[] {(byte) ours.length},
            ours,
            new byte[] {0},
            varInt(NUMBER_BYTES + plain.length + 16),
            be32(number));
    try {
      return protect(salt, keysOf, side, header, number, plain);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static byte[] be32(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  private static byte[] protect(
      byte[] salt, byte[] keysOf, String side, byte[] header, int number, byte[] plain)
      throws GeneralSecurityException {
    String name = HexFormat.of().formatHex(join(salt, keysOf)) + side;
    Keys keys = KEYS.get(name);
    if (keys == null) {
      keys = Keys.of(salt, keysOf, side);
      KEYS.put(name, keys);
    }
    byte[] nonce = keys.iv().getEncoded();
    byte[] counted = be32(number);
    for (int i = 0; i < counted.length; i++) {
      nonce[8 + i] ^= counted[i];
    }
    Cipher aead = Cipher.getInstance("AES/GCM/NoPadding");
    aead.init(Cipher.ENCRYPT_MODE, keys.key(), new GCMParameterSpec(128, nonce));
    aead.updateAAD(header);
    byte[] packet = join(header, aead.doFinal(plain));
    Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
    block.init(Cipher.ENCRYPT_MODE, keys.header());
    byte[] mask = block.doFinal(packet, header.length, 16);
    packet[0] ^= (byte) (mask[0] & 0x0F);
    for (int i = 0; i < NUMBER_BYTES; i++) {
      packet[header.length - NUMBER_BYTES + i] ^= mask[1 + i];
    }
    return packet;
  }

  private static byte[] expand(KDF hkdf, SecretKey secret, String label, int bytes)
      throws GeneralSecurityException {
    byte[] text = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    byte[] info = join(new byte[] {0, (byte) bytes, (byte) text.length}, text, new byte[] {0});
    return hkdf.deriveData(HKDFParameterSpec.expandOnly(secret, info, bytes));
  }
}
