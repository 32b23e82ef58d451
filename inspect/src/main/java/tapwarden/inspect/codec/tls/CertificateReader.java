package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.IpAddress;

/**
 * Reads the certificates of a Certificate message up to TLS 1.2 (RFC 5246 §7.4.2). With a DER
 * reader of its own: the JDK's CertificateFactory refuses certificates that clients take, and
 * decodes keys and extensions that nobody asked for. No input makes it throw. One instance serves
 * one thread.
 */
public final class CertificateReader {
  /** Certificates read of a chain; real chains have up to five. */
  public static final int MOST_CERTIFICATES = 16;

  /** Names and addresses read of a certificate. */
  public static final int MOST_NAMES = 256;

  private static final int MOST_SERIAL = 64;

  /** Bytes of the list's length, which the certificates follow. */
  private static final int LIST_HEAD = 3;

  private static final int VERSION = 0xA0;
  private static final int EXTENSIONS = 0xA3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private final MessageDigest sha1 = Digests.of("SHA-1");
  private final MessageDigest sha256 = Digests.of("SHA-256");
  private final KnownCertificates known = new KnownCertificates();

  // Of the certificate at hand.
  private String serial = "";
  private String subject = "";
  private String issuer = "";
  private long notBefore;
  private long notAfter;
  private final List<String> dnsNames = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  /**
   * Reads the chain in the message's body; a certificate that is cut ends it.
   *
   * @return the server's or client's own first, then those that vouch for it
   */
  public List<Certificate> readChain(MemorySegment segment, long offset, int length) {
    List<Certificate> chain = new ArrayList<>();
    long end = offset + length;
    long at = offset + LIST_HEAD;
    while (at + 3 <= end && chain.size() < MOST_CERTIFICATES) {
      int bytes = Bytes.u24(segment, at);
      if (at + 3 + bytes > end) {
        break;
      }
      chain.add(read(segment, at + 3, bytes));
      at += 3L + bytes;
    }
    return chain;
  }

  /**
   * Reads the chain's first certificate, without its digests.
   *
   * @return null if it is not all there
   */
  public @Nullable Certificate readNames(MemorySegment segment, long offset, int length) {
    int bytes = length >= LIST_HEAD + 3 ? Bytes.u24(segment, offset + LIST_HEAD) : length;
    return LIST_HEAD + 3 + bytes > length
        ? null
        : read(segment, offset + LIST_HEAD + 3, bytes, "", "");
  }

  /** Reads one certificate's DER. */
  public Certificate read(MemorySegment segment, long offset, int length) {
    // Not toArray: that makes a message of the class's name each time, in case of an error.
    byte[] der = new byte[length];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, der, 0, length);
    byte[] digest = sha256.digest(der);
    Certificate certificate = known.find(digest);
    if (certificate == null) {
      String hex = HexFormat.of().formatHex(digest);
      certificate = read(segment, offset, length, HexFormat.of().formatHex(sha1.digest(der)), hex);
      known.add(digest, certificate);
    }
    return certificate;
  }

  private Certificate read(
      MemorySegment segment, long offset, int length, String sha1Hex, String sha256Hex) {
    serial = "";
    subject = "";
    issuer = "";
    notBefore = Certificate.NO_TIME;
    notAfter = Certificate.NO_TIME;
    dnsNames.clear();
    addresses.clear();
    DerReader outer = new DerReader(segment, offset, offset + length);
    boolean whole =
        outer.next(DerReader.SEQUENCE)
            && outer.offset() + outer.length() == offset + length
            && readSigned(outer.enter());
    return new Certificate(
        sha1Hex, sha256Hex, serial, subject, issuer, notBefore, notAfter, dnsNames, addresses,
        whole);
  }

  private boolean readSigned(DerReader signed) {
    if (!signed.next(DerReader.SEQUENCE)) {
      return false;
    }
    DerReader fields = signed.enter();
    if (!fields.next() || (fields.tag() == VERSION && !fields.next())) {
      return false;
    }
    if (fields.tag() != DerReader.INTEGER) {
      return false;
    }
    serial = hex(fields);
    boolean hasAlgorithm = fields.next(DerReader.SEQUENCE);
    if (!hasAlgorithm || !fields.next(DerReader.SEQUENCE)) {
      return false;
    }
    issuer = DistinguishedName.text(fields.enter());
    if (!fields.next(DerReader.SEQUENCE) || !readValidity(fields.enter())) {
      return false;
    }
    if (!fields.next(DerReader.SEQUENCE)) {
      return false;
    }
    subject = DistinguishedName.text(fields.enter());
    if (!fields.next(DerReader.SEQUENCE)) {
      return false;
    }
    while (fields.next()) {
      if (fields.tag() == EXTENSIONS) {
        DerReader wrapper = fields.enter();
        return wrapper.next(DerReader.SEQUENCE) && readExtensions(wrapper.enter());
      }
    }
    return true;
  }

  private static String hex(DerReader element) {
    return COLONS.formatHex(element.bytes(MOST_SERIAL));
  }

  private boolean readValidity(DerReader validity) {
    if (validity.next()) {
      notBefore = DerTime.seconds(validity);
    }
    if (validity.next()) {
      notAfter = DerTime.seconds(validity);
    }
    return notBefore != Certificate.NO_TIME && notAfter != Certificate.NO_TIME;
  }

  private boolean readExtensions(DerReader extensions) {
    while (extensions.next(DerReader.SEQUENCE)) {
      DerReader extension = extensions.enter();
      if (extension.next(DerReader.OBJECT_IDENTIFIER)
          && DistinguishedName.identifier(extension).equals(SUBJECT_ALTERNATIVE_NAME)) {
        // A boolean, critical, may stand before the value.
        while (extension.next()) {
          if (extension.tag() == DerReader.OCTET_STRING) {
            return readNames(extension.enter());
          }
        }
        return false;
      }
    }
    return true;
  }

  private boolean readNames(DerReader value) {
    if (!value.next(DerReader.SEQUENCE)) {
      return false;
    }
    DerReader names = value.enter();
    while (names.next()) {
      if (dnsNames.size() + addresses.size() == MOST_NAMES) {
        return false;
      }
      if (names.tag() == DNS_NAME) {
        int shown = Math.min(names.length(), DistinguishedName.MOST_TEXT);
        dnsNames.add(WireNames.text(names.segment(), names.offset(), shown));
      } else if (names.tag() == IP_ADDRESS) {
        addAddress(names);
      }
    }
    return true;
  }

  private void addAddress(DerReader name) {
    MemorySegment segment = name.segment();
    long at = name.offset();
    if (name.length() == 4) {
      addresses.add(new IpAddress(4, 0, Bytes.u32(segment, at)).toString());
    } else if (name.length() == 16) {
      addresses.add(
          new IpAddress(6, Bytes.i64(segment, at), Bytes.i64(segment, at + 8)).toString());
    }
  }
}
