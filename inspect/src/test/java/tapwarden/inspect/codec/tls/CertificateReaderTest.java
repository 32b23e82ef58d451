package tapwarden.inspect.codec.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.tls.Wire.RFC_CERTIFICATE;
import static tapwarden.inspect.codec.tls.Wire.hex;
import static tapwarden.inspect.codec.tls.Wire.join;
import static tapwarden.inspect.codec.tls.Wire.number;

import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CertificateReaderTest {
  /** RFC 8448 §3: the certificate in the Certificate message, 432 octets. */
  private static final byte[] RFC = Arrays.copyOfRange(RFC_CERTIFICATE, 11, 443);

  /** Made with openssl req -x509 for these tests: names in UTF-8, a name with a comma, and SANs. */
  private static final byte[] OPENSSL =
      hex(
          """
          308202a230820248a003020102020900d1e2f3a4b5c6d7e8300a06082a8648ce3d04030230818831
          0b3009060355040613024a503110300e06035504080c0754c58d6b79c58d31163014060355040a0c
          0d4578616d706c652c20496e632e31153013060355040b0c0c4669656c642c204e6f727468311930
          1706035504030c1063616d2d372e6578616d706c652e6a70311d301b06092a864886f70d01090116
          0e6f616d406578616d706c652e6a703020170d3236313132333131353932335a180f323038313038
          32363131353932335a308188310b3009060355040613024a503110300e06035504080c0754c58d6b
          79c58d31163014060355040a0c0d4578616d706c652c20496e632e31153013060355040b0c0c4669
          656c642c204e6f7274683119301706035504030c1063616d2d372e6578616d706c652e6a70311d30
          1b06092a864886f70d010901160e6f616d406578616d706c652e6a703059301306072a8648ce3d02
          0106082a8648ce3d03010703420004cf2623266354ee236f048b65a1742c6c57b113619dcf6d4ab3
          287ea01394bb0b740802012973c6336642dd99d1bfff6560f937936999383d2adebb38f5b37889a3
          819630819330670603551d110101ff045d305b821063616d2d372e6578616d706c652e6a70820c2a
          2e6578616d706c652e6a708704c0000207871020010db8000000000000000000000007810c784065
          78616d706c652e6a70861368747470733a2f2f6578616d706c652e6a702f30090603551d13040230
          00301d0603551d0e04160414bb3a1fb5a4ddd26750a5eeb5aabbd97461db0b63300a06082a8648ce
          3d0403020348003045022019a9a0570fb2a5827bf294f242807d76eb4c1bef4795aaf3e77b01a497
          f71eda022100cf36819562231ee610be76bb4d59b14b92d38be1f6b663c45b1e65536a82e2ad\
          """);

  private final CertificateReader reader = new CertificateReader();

  private Certificate read(byte[] der) {
    return reader.read(MemorySegment.ofArray(der), 0, der.length);
  }

  private List<Certificate> chain(byte[]... certificates) {
    byte[] list = {};
    for (byte[] der : certificates) {
      list = join(list, number(der.length, 3), der);
    }
    byte[] body = join(number(list.length, 3), list);
    return reader.readChain(MemorySegment.ofArray(body), 0, body.length);
  }

  /** The servers of a site show the same few certificates in all their connections. */
  @Test
  void readsACertificateThatItMetLatelyNoSecondTime() {
    Certificate first = read(OPENSSL);
    assertThat(read(OPENSSL.clone())).isSameAs(first);
    byte[] other = OPENSSL.clone();
    other[other.length - 1] ^= 1;
    assertThat(read(other)).isNotSameAs(first);
    assertThat(read(other).sha256()).isNotEqualTo(first.sha256());
    assertThat(read(OPENSSL)).isSameAs(first);
    for (int i = 0; i < KnownCertificates.MOST; i++) {
      Certificate unused = read(number(i, 3));
    }
    assertThat(read(OPENSSL)).as("pushed out by others").isEqualTo(first).isNotSameAs(first);
  }

  /** Of two bytes a character; and many names of no characters take room too. */
  @Test
  void keepsNoLargeCertificate() {
    int left =
        KnownCertificates.MOST_BYTES
            - KnownCertificates.OTHER_BYTES
            - 5 * KnownCertificates.TEXT_BYTES;
    String most = "\u4e2d".repeat(left / 2);
    KnownCertificates known = new KnownCertificates();
    byte[] digest = {1};
    known.add(digest, named(most + "x", List.of()));
    assertThat(known.find(digest)).isNull();
    List<String> empty = Collections.nCopies(CertificateReader.MOST_NAMES, "");
    known.add(digest, named("", empty));
    assertThat(known.find(digest)).isNull();
    Certificate fits = named(most, List.of());
    known.add(digest, fits);
    assertThat(known.find(digest)).isSameAs(fits);
  }

  private static Certificate named(String subject, List<String> names) {
    return new Certificate("", "", "", subject, "", 0, 0, names, List.of(), true);
  }

  /** The message's length cut at every byte: the first certificate is there or is not. */
  @Test
  void readsTheNamesOfTheFirstAlone() {
    byte[] both = join(number(OPENSSL.length, 3), OPENSSL, number(RFC.length, 3), RFC);
    byte[] body = join(number(both.length, 3), both);
    int firstEnd = 3 + 3 + OPENSSL.length;
    for (int length = 0; length <= body.length; length++) {
      byte[] part = Arrays.copyOf(body, length);
      Certificate own = reader.readNames(MemorySegment.ofArray(part), 0, length);
      if (length < firstEnd) {
        assertThat(own).isNull();
      } else {
        assertThat(own).isNotNull();
        // As openssl x509 -ext subjectAltName shows them.
        assertThat(own.dnsNames()).containsExactly("cam-7.example.jp", "*.example.jp");
        assertThat(own.subject()).isEqualTo(read(OPENSSL).subject());
        assertThat(own.sha256()).isEmpty();
      }
    }
  }

  @Test
  void readsTheCertificateOfRfc8448() {
    // Fingerprints by openssl x509 -fingerprint, times by date -u.
    assertThat(read(RFC))
        .isEqualTo(
            new Certificate(
                "23e0f7b6a95ddfa96558494a9494fea0785ace45",
                "a7ef15cef43e4b67bdb158fcc13cceef9041c8a6cef762046e825543a92bdc83",
                "02",
                "CN=rsa",
                "CN=rsa",
                1_469_841_839L,
                1_785_374_639L,
                List.of(),
                List.of(),
                true));
  }

  @Test
  void readsNamesAsSuricataWritesThem() {
    Certificate certificate = read(OPENSSL);
    assertThat(certificate.subject())
        .isEqualTo(
            "C=JP, ST=T\u014dky\u014d, O=Example, Inc., OU=Field, North, CN=cam-7.example.jp,"
                + " Email=oam@example.jp");
    assertThat(certificate.isSelfIssued()).isTrue();
    assertThat(certificate.serial()).isEqualTo("00:D1:E2:F3:A4:B5:C6:D7:E8");
    assertThat(certificate.sha1()).isEqualTo("3859c6dbfa3ef537981afb980463de3d629578b4");
    assertThat(certificate.notBeforeSeconds()).isEqualTo(1_795_435_163L);
    // From 2050 on times are generalized ones.
    assertThat(certificate.notAfterSeconds()).isEqualTo(3_523_435_163L);
    assertThat(certificate.dnsNames()).containsExactly("cam-7.example.jp", "*.example.jp");
    assertThat(certificate.addresses()).containsExactly("192.0.2.7", "2001:db8::7");
    assertThat(certificate.isWhole()).isTrue();
  }

  @Test
  void readsAChainInItsOrder() {
    assertThat(chain(OPENSSL, RFC))
        .extracting(Certificate::serial)
        .hasSize(2)
        .last()
        .isEqualTo("02");
    assertThat(chain()).isEmpty();
  }

  @Test
  void aChainEndsAtItsLimitAndWhereItIsCut() {
    byte[][] many = new byte[CertificateReader.MOST_CERTIFICATES + 4][];
    Arrays.fill(many, RFC);
    assertThat(chain(many)).hasSize(CertificateReader.MOST_CERTIFICATES);
    byte[] cut = join(number(2 * RFC.length, 3), number(RFC.length, 3), RFC, number(99, 3), RFC);
    cut[cut.length - RFC.length - 2] = 9;
    assertThat(reader.readChain(MemorySegment.ofArray(cut), 0, cut.length)).hasSize(1);
  }

  @Test
  void whatIsNoCertificateHasItsFingerprintsAlone() {
    // SHA-1 of "abc": FIPS 180-4.
    Certificate none = read(new byte[] {'a', 'b', 'c'});
    assertThat(none.sha1()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    assertThat(none.isWhole()).isFalse();
    assertThat(none.subject()).isEmpty();
    assertThat(none.notAfterSeconds()).isEqualTo(Certificate.NO_TIME);
  }

  @Test
  void truncatedAtEveryByteItIsNotWhole() {
    for (int length = 0; length < OPENSSL.length; length++) {
      assertThat(read(Arrays.copyOf(OPENSSL, length)).isWhole()).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void namesBeyondTheLimitAreLeftOutAndTold() {
    byte[] names = {};
    for (int i = 0; i <= CertificateReader.MOST_NAMES; i++) {
      names = join(names, hex("82 01 61"));
    }
    Certificate certificate = read(withNames(names));
    assertThat(certificate.dnsNames()).hasSize(CertificateReader.MOST_NAMES);
    assertThat(certificate.isWhole()).isFalse();
  }

  @Test
  void bytesOfANameOutsidePrintableAsciiAreEscaped() {
    assertThat(read(withNames(hex("82 04 61 00 2e ff"))).dnsNames())
        .containsExactly("a\\x00.\\xff");
  }

  /** A certificate with nothing but alternative names in it. */
  private static byte[] withNames(byte[] names) {
    byte[] extension = element(0x30, hex("0603551d11"), element(0x04, element(0x30, names)));
    byte[] time = element(0x17, "700101000000Z".getBytes(US_ASCII));
    byte[] empty = element(0x30);
    byte[] fields =
        element(
            0x30,
            hex("020101"),
            empty,
            empty,
            element(0x30, time, time),
            empty,
            empty,
            element(0xA3, element(0x30, extension)));
    return element(0x30, fields);
  }

  private static byte[] element(int tag, byte[]... parts) {
    byte[] all = join(parts);
    return join(new byte[] {(byte) tag, (byte) 0x82}, number(all.length, 2), all);
  }

  /** Where the JDK reads a damaged certificate, we read the same of it. */
  @Test
  void readsOfDamagedCertificatesWhatTheJdkReads() throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Random random = new Random(5280);
    int compared = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] der = (i % 2 == 0 ? RFC : OPENSSL).clone();
      der[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
      Certificate ours = read(der);
      X509Certificate theirs = jdk(factory, der);
      if (theirs != null) {
        compared++;
        assertThat(ours.notBeforeSeconds() * 1_000).isEqualTo(theirs.getNotBefore().getTime());
        assertThat(ours.notAfterSeconds() * 1_000).isEqualTo(theirs.getNotAfter().getTime());
        assertThat(ours.serial().replace(":", ""))
            .isEqualToIgnoringCase(
                HexFormat.of().formatHex(theirs.getSerialNumber().toByteArray()));
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  private static @Nullable X509Certificate jdk(CertificateFactory factory, byte[] der) {
    try {
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException refused) {
      return null;
    }
  }
}
