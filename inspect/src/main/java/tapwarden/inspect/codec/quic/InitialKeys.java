package tapwarden.inspect.codec.quic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tapwarden.inspect.wire.Bytes;

/**
 * What protects the Initial packets of one connection, both ways (RFC 9001 §5.1, §5.2): made of a
 * salt and of the destination identifier of the client's first packet. Reusable; the server's half
 * is made when it is first wanted. Empty until {@link #derive}.
 */
public final class InitialKeys {
  /** Longest connection identifier of all versions that are known (RFC 9000 §17.2). */
  public static final int MOST_ID_BYTES = 20;

  static final int KEY_BYTES = 16;
  static final int IV_BYTES = 12;

  private static final byte[] CLIENT = HkdfSha256.info("client in", HkdfSha256.HASH_BYTES);
  private static final byte[] SERVER = HkdfSha256.info("server in", HkdfSha256.HASH_BYTES);

  /** Of one direction. */
  static final class Half {
    final byte[] key = new byte[KEY_BYTES];
    final byte[] iv = new byte[IV_BYTES];
    final byte[] header = new byte[KEY_BYTES];
    boolean derived;

    void copy(Half of) {
      System.arraycopy(of.key, 0, key, 0, KEY_BYTES);
      System.arraycopy(of.iv, 0, iv, 0, IV_BYTES);
      System.arraycopy(of.header, 0, header, 0, KEY_BYTES);
      derived = of.derived;
    }
  }

  private final byte[] id = new byte[MOST_ID_BYTES];
  private final byte[] secret = new byte[HkdfSha256.HASH_BYTES];
  private final Half client = new Half();
  private final Half server = new Half();
  private InitialSalt salt = InitialSalt.V1;
  private int idBytes = -1;

  /** Whether they are those of that identifier and salt. */
  boolean areOf(InitialSalt ofSalt, MemorySegment segment, long offset, int length) {
    return salt == ofSalt && isOf(segment, offset, length);
  }

  /** Whether they are made of that identifier. */
  public boolean isOf(MemorySegment segment, long offset, int length) {
    if (length != idBytes) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (Bytes.u8(segment, offset + i) != (id[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /** Takes the identifier, of at most {@link #MOST_ID_BYTES}. */
  void derive(HkdfSha256 hkdf, InitialSalt of, MemorySegment segment, long offset, int length) {
    name(segment, offset, length);
    derive(hkdf, of);
  }

  /** Takes the identifier alone, of a connection whose packets are in clear. */
  public void name(MemorySegment segment, long offset, int length) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, id, 0, length);
    idBytes = length;
  }

  /** Makes those of another salt with the same identifier: the version changed on the way. */
  void derive(HkdfSha256 hkdf, InitialSalt of) {
    salt = of;
    hkdf.mac(of.key, id, idBytes, secret);
    client.derived = false;
    server.derived = false;
  }

  /** One direction's. */
  Half half(HkdfSha256 hkdf, boolean ofClient) {
    Half half = ofClient ? client : server;
    if (!half.derived) {
      hkdf.keyOf(secret, ofClient ? CLIENT : SERVER);
      hkdf.expand(salt.keyInfo, half.key);
      hkdf.expand(salt.ivInfo, half.iv);
      hkdf.expand(salt.headerInfo, half.header);
      half.derived = true;
    }
    return half;
  }

  InitialSalt salt() {
    return salt;
  }

  /** Becomes a copy. */
  public void copy(InitialKeys of) {
    System.arraycopy(of.id, 0, id, 0, MOST_ID_BYTES);
    System.arraycopy(of.secret, 0, secret, 0, secret.length);
    client.copy(of.client);
    server.copy(of.server);
    salt = of.salt;
    idBytes = of.idBytes;
  }
}
