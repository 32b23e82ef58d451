package tapwarden.inspect.codec.tls;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificates met last, by their SHA-256: the servers of a site show the same few in all their
 * connections. At most {@link #MOST} of up to {@link #MOST_BYTES} each, so 2 MiB, whatever is in
 * them. The digest is no less hard to steer than a keyed hash.
 */
final class KnownCertificates {
  static final int MOST = 256;

  /** Memory of a certificate that is kept; larger ones are read each time. */
  static final int MOST_BYTES = 8_192;

  /** What a text takes beside its characters: two objects, and its place in a list. */
  static final int TEXT_BYTES = 56;

  /** The certificate without its texts, and its place here. */
  static final int OTHER_BYTES = 384;

  private final Map<ByteBuffer, Certificate> bySha256 =
      new LinkedHashMap<>(2 * MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Certificate> eldest) {
          return size() > MOST;
        }
      };

  /** The certificate with those bytes' digest; null if it was not met lately. */
  @Nullable Certificate find(byte[] sha256) {
    return bySha256.get(ByteBuffer.wrap(sha256));
  }

  /** Remembers it, and keeps the array. */
  void add(byte[] sha256, Certificate certificate) {
    if (bytes(certificate) <= MOST_BYTES) {
      bySha256.put(ByteBuffer.wrap(sha256), certificate);
    }
  }

  private static int bytes(Certificate certificate) {
    return OTHER_BYTES
        + bytes(
            List.of(
                certificate.sha1(),
                certificate.sha256(),
                certificate.serial(),
                certificate.subject(),
                certificate.issuer()))
        + bytes(certificate.dnsNames())
        + bytes(certificate.addresses());
  }

  private static int bytes(List<String> texts) {
    int bytes = 0;
    for (String text : texts) {
      bytes += TEXT_BYTES + Character.BYTES * text.length();
    }
    return bytes;
  }
}
