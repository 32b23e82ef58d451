package tapwarden.inspect.codec.tls;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificates met last, by their SHA-256: the servers of a site show the same few in all their
 * connections. At most {@link #MOST} of up to {@link #MOST_CHARS} characters each, so 2.5 MB.
 */
final class KnownCertificates {
  static final int MOST = 256;

  /** Characters of a certificate that is kept; larger ones are read each time. */
  static final int MOST_CHARS = 8_192;

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

  void add(byte[] sha256, Certificate certificate) {
    if (characters(certificate) <= MOST_CHARS) {
      bySha256.put(ByteBuffer.wrap(sha256.clone()), certificate);
    }
  }

  private static int characters(Certificate certificate) {
    int characters = certificate.subject().length() + certificate.issuer().length();
    for (String name : certificate.dnsNames()) {
      characters += name.length();
    }
    for (String address : certificate.addresses()) {
      characters += address.length();
    }
    return characters;
  }
}
