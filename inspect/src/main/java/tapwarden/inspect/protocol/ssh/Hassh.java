package tapwarden.inspect.protocol.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * HASSH and HASSH-server fingerprints (Reardon, Salesforce 2018, BSD 3-Clause): MD5 of the lists
 * {@code kex;ciphers;macs;compressions} that a client offers for what it sends, or a server for
 * what it sends. One instance serves one thread.
 */
final class Hassh {
  private static final int MOST_BYTES = SshSide.MOST_OFFER_BYTES;

  private final MessageDigest md5 = md5();
  private final byte[] text = new byte[MOST_BYTES];
  private int length;

  /** The hash, of 32 lower-case hexadecimal digits. */
  String of(SshOffer offer, boolean ofClient) {
    write(offer, ofClient);
    md5.reset();
    md5.update(text, 0, length);
    return HexFormat.of().formatHex(md5.digest());
  }

  /**
   * Puts what is hashed into {@link #text}.
   *
   * @return how many bytes it has
   */
  int write(SshOffer offer, boolean ofClient) {
    length = 0;
    put(offer, SshOffer.KEX);
    put(offer, ofClient ? SshOffer.CIPHER_TO_SERVER : SshOffer.CIPHER_TO_CLIENT);
    put(offer, ofClient ? SshOffer.MAC_TO_SERVER : SshOffer.MAC_TO_CLIENT);
    put(offer, ofClient ? SshOffer.COMPRESSION_TO_SERVER : SshOffer.COMPRESSION_TO_CLIENT);
    // The last list is followed by no semicolon.
    return --length;
  }

  byte[] text() {
    return text;
  }

  private void put(SshOffer offer, int list) {
    System.arraycopy(offer.array(), offer.start(list), text, length, offer.length(list));
    length += offer.length(list);
    text[length++] = ';';
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("MD5 is in every JDK", missing);
    }
  }
}
