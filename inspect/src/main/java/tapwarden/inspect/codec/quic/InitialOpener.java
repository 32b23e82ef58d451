package tapwarden.inspect.codec.quic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Takes the protection off Initial packets (RFC 9001 §5.3, §5.4): AES-128 of a sample uncovers the
 * packet number, AES-128-GCM the frames. Holds one worker's ciphers and buffers. What was opened
 * last stays until something else is, and opening the same packet again with the same keys costs a
 * comparison.
 */
public final class InitialOpener {
  /** Longest packet that is opened: what a datagram can hold. */
  static final int MOST_PACKET = 65_535;

  private static final int TAG_BYTES = 16;
  private static final int TAG_BITS = 8 * TAG_BYTES;
  private static final int SAMPLE_BYTES = 16;
  private static final int SAMPLE_AT = 4;
  private static final int FIRST_BITS = 0x0F;
  private static final int RESERVED_BITS = 0x0C;
  private static final int FIRST_BUFFER = 2_048;

  private final HkdfSha256 hkdf = new HkdfSha256();
  private final Cipher block;
  private final Cipher aead;
  private final byte[] mask = new byte[SAMPLE_BYTES];
  private final byte[] nonce = new byte[InitialKeys.IV_BYTES];
  private final byte[] openedKey = new byte[InitialKeys.KEY_BYTES];
  private final InitialKeys derived = new InitialKeys();
  private byte[] packet = new byte[FIRST_BUFFER];
  private byte[] plain = new byte[FIRST_BUFFER];
  private int openedLength;
  private int plainLength;
  private long packetNumber;

  public InitialOpener() {
    try {
      block = Cipher.getInstance("AES/ECB/NoPadding");
      aead = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("AES is in every JDK", missing);
    }
  }

  /**
   * Opens a client's first packet, whose own destination identifier the keys are made of.
   *
   * @return the keys, which stay until the next call; null if they do not fit
   */
  public @Nullable InitialKeys openFirst(LongHeader header) {
    List<InitialSalt> salts = QuicVersion.salts(header.version());
    MemorySegment segment = header.segment();
    for (int i = 0; i < salts.size(); i++) {
      InitialSalt salt = salts.get(i);
      int length = header.destinationIdLength();
      if (!derived.areOf(salt, segment, header.destinationId(), length)) {
        derived.derive(hkdf, salt, segment, header.destinationId(), length);
      }
      if (open(header, derived.half(hkdf, true), -1)) {
        return derived;
      }
    }
    return null;
  }

  /**
   * Opens a packet with keys that are known; they become the version's if it is another one.
   *
   * @param ofClient whose packet it is
   * @param largest number of a packet of that side before; -1 if there was none
   */
  public boolean open(LongHeader header, InitialKeys keys, boolean ofClient, long largest) {
    List<InitialSalt> salts = QuicVersion.salts(header.version());
    if (!salts.contains(keys.salt())) {
      keys.derive(hkdf, salts.get(0));
    }
    return open(header, keys.half(hkdf, ofClient), largest);
  }

  private boolean open(LongHeader header, InitialKeys.Half half, long largest) {
    long size = header.end() - header.start();
    if (size > MOST_PACKET) {
      return false;
    }
    if (isOpen(header, (int) size, half)) {
      return true;
    }
    openedLength = 0;
    copy(header, (int) size);
    boolean opened = uncover(half, (int) (header.payload() - header.start()), (int) size, largest);
    if (opened) {
      openedLength = (int) size;
      System.arraycopy(half.key, 0, openedKey, 0, openedKey.length);
    }
    return opened;
  }

  private boolean isOpen(LongHeader header, int length, InitialKeys.Half half) {
    return length == openedLength
        && Arrays.equals(half.key, openedKey)
        && MemorySegment.mismatch(
                MemorySegment.ofArray(packet),
                0,
                length,
                header.segment(),
                header.start(),
                header.end())
            < 0;
  }

  private void copy(LongHeader header, int length) {
    if (length > packet.length) {
      int size = Math.min(MOST_PACKET, Math.max(length, 2 * packet.length));
      packet = new byte[size];
      plain = new byte[size];
    }
    MemorySegment.copy(header.segment(), ValueLayout.JAVA_BYTE, header.start(), packet, 0, length);
  }

  private boolean uncover(InitialKeys.Half half, int numberAt, int length, long largest) {
    try {
      block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(half.header, "AES"));
      block.doFinal(packet, numberAt + SAMPLE_AT, SAMPLE_BYTES, mask, 0);
      int numberBytes = 1 + ((packet[0] ^ mask[0]) & 3);
      // RFC 9000 §17.2 forbids others than 0: mostly these are the wrong keys.
      if (((packet[0] ^ mask[0]) & RESERVED_BITS) != 0) {
        return false;
      }
      applyMask(numberAt, numberBytes);
      boolean opened = decrypt(half, numberAt, numberBytes, length, largest);
      applyMask(numberAt, numberBytes);
      return opened;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES with a key of 16 bytes", impossible);
    }
  }

  /** Uncovers the header, or covers it again. */
  private void applyMask(int numberAt, int numberBytes) {
    packet[0] ^= (byte) (mask[0] & FIRST_BITS);
    for (int i = 0; i < numberBytes; i++) {
      packet[numberAt + i] ^= mask[1 + i];
    }
  }

  private boolean decrypt(
      InitialKeys.Half half, int numberAt, int numberBytes, int length, long largest)
      throws GeneralSecurityException {
    long truncated = 0;
    for (int i = 0; i < numberBytes; i++) {
      truncated = (truncated << 8) | (packet[numberAt + i] & 0xFF);
    }
    packetNumber = whole(truncated, 8 * numberBytes, largest);
    System.arraycopy(half.iv, 0, nonce, 0, nonce.length);
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[nonce.length - 1 - i] ^= (byte) (packetNumber >>> (8 * i));
    }
    int headerLength = numberAt + numberBytes;
    if (length - headerLength < TAG_BYTES) {
      return false;
    }
    try {
      aead.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(half.key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      aead.updateAAD(packet, 0, headerLength);
      plainLength = aead.doFinal(packet, headerLength, length - headerLength, plain, 0);
      return true;
    } catch (AEADBadTagException forged) {
      return false;
    }
  }

  /** The number that is nearest to the next one expected (RFC 9000 §A.3). */
  static long whole(long truncated, int bits, long largest) {
    long expected = largest + 1;
    long window = 1L << bits;
    long half = window / 2;
    long candidate = (expected & -window) | truncated;
    if (candidate <= expected - half && candidate < (1L << 62) - window) {
      return candidate + window;
    }
    return candidate > expected + half && candidate >= window ? candidate - window : candidate;
  }

  /** The frames of the packet that was opened last, from index 0. */
  public byte[] plain() {
    return plain;
  }

  public int plainLength() {
    return plainLength;
  }

  /** Number of the packet that was opened last. */
  public long packetNumber() {
    return packetNumber;
  }
}
