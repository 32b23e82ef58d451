package tapwarden.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Clients' first datagrams of QUIC version 1: 1,200 bytes with the ClientHello of RFC 9001 §A.2,
 * each with an identifier, and so with keys, of its own.
 */
final class QuicInitials {
  private static final byte[] SALT = hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final byte[] HELLO =
      hex(
          """
          010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868
          04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578
          616d706c652e636f6dff01000100000a00080006001d00170018001000070005
          04616c706e000500050100000000003300260024001d00209370b2c9caa47fba
          baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400
          0d0010000e0403050306030203080408050806002d00020101001c0002400100
          3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000
          75300901100f088394c8f03e51570806048000ffff
          """);

  private static final int FRAME_BYTES = 1_162;
  private static final int NUMBER_BYTES = 4;

  private QuicInitials() {}

  /**
   * @param parts CRYPTO frames that the hello is in, the last first
   */
  static byte[] datagram(long id, int parts) {
    try {
      return protect(number(id, 8), frames(parts));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static byte[] frames(int parts) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int part = parts - 1; part >= 0; part--) {
      int from = HELLO.length * part / parts;
      int length = HELLO.length * (part + 1) / parts - from;
      frames.write(6);
      frames.writeBytes(number(0x4000 | from, 2));
      frames.writeBytes(number(0x4000 | length, 2));
      frames.write(HELLO, from, length);
    }
    frames.writeBytes(new byte[FRAME_BYTES - frames.size()]);
    return frames.toByteArray();
  }

  private static byte[] protect(byte[] id, byte[] frames) throws GeneralSecurityException {
    KDF hkdf = KDF.getInstance("HKDF-SHA256");
    HKDFParameterSpec extract =
        HKDFParameterSpec.ofExtract().addSalt(SALT).addIKM(id).extractOnly();
    SecretKey secret = expand(hkdf, hkdf.deriveKey("Generic", extract), "client in", 32);
    byte[] header =
        join(hex("c3 00000001 08"), id, hex("0000"), hex("449e"), new byte[NUMBER_BYTES]);
    Cipher aead = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = expand(hkdf, secret, "quic iv", 12).getEncoded();
    SecretKey key = expand(hkdf, secret, "quic key", 16);
    aead.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    aead.updateAAD(header);
    byte[] packet = join(header, aead.doFinal(frames));
    Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
    block.init(Cipher.ENCRYPT_MODE, expand(hkdf, secret, "quic hp", 16));
    byte[] mask = block.doFinal(packet, header.length, 16);
    packet[0] ^= (byte) (mask[0] & 0x0F);
    for (int i = 0; i < NUMBER_BYTES; i++) {
      packet[header.length - NUMBER_BYTES + i] ^= mask[1 + i];
    }
    return packet;
  }

  private static SecretKey expand(KDF hkdf, SecretKey of, String label, int bytes)
      throws GeneralSecurityException {
    byte[] text = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    byte[] info = join(new byte[] {0, (byte) bytes, (byte) text.length}, text, new byte[1]);
    byte[] key = hkdf.deriveData(HKDFParameterSpec.expandOnly(of, info, bytes));
    return new SecretKeySpec(key, bytes == 16 ? "AES" : "Generic");
  }

  private static byte[] number(long value, int bytes) {
    byte[] number = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      number[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    return number;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }
}
