package tapwarden.inspect.codec.tls;

import java.util.List;

/**
 * What a certificate says (RFC 5280 §4.1), unchecked. Of one that is no X.509 the fingerprints
 * stand, the texts are empty and the times {@link #NO_TIME}, as far as it was not read.
 *
 * @param sha1 SHA-1 of its bytes, 40 lower-case hexadecimal digits; empty if not asked for
 * @param sha256 SHA-256, 64 digits; likewise
 * @param serial serial number's bytes, upper-case hexadecimal joined by colons
 * @param subject whose it is, see {@link DistinguishedName}
 * @param issuer who signed it
 * @param notBeforeSeconds start of validity, seconds since 1970
 * @param notAfterSeconds its end
 * @param dnsNames names of the subject, bytes outside printable ASCII as {@code \xNN}
 * @param addresses IP addresses of the subject
 * @param isWhole whether everything above was read
 */
public record Certificate(
    String sha1,
    String sha256,
    String serial,
    String subject,
    String issuer,
    long notBeforeSeconds,
    long notAfterSeconds,
    List<String> dnsNames,
    List<String> addresses,
    boolean isWhole) {
  public static final long NO_TIME = Long.MIN_VALUE;

  public Certificate {
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
  }

  /** Whether subject and issuer are the same. */
  public boolean isSelfIssued() {
    return !subject.isEmpty() && subject.equals(issuer);
  }
}
