package tapwarden.inspect.codec.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

class CertificateReaderFuzzTest {
  private final CertificateReader reader = new CertificateReader();

  @FuzzTest
  void readsAnyChainWithinBounds(byte[] data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment body = arena.allocate(Math.max(1, data.length));
      MemorySegment.copy(data, 0, body, ValueLayout.JAVA_BYTE, 0, data.length);
      List<Certificate> chain = reader.readChain(body, 0, data.length);
      check(chain.size() <= CertificateReader.MOST_CERTIFICATES, "chain bounded");
      for (Certificate certificate : chain) {
        check(certificate.sha1().length() == 40, "SHA-1");
        check(certificate.subject().length() <= DistinguishedName.MOST_TEXT, "subject bounded");
        check(certificate.issuer().length() <= DistinguishedName.MOST_TEXT, "issuer bounded");
        int names = certificate.dnsNames().size() + certificate.addresses().size();
        check(names <= CertificateReader.MOST_NAMES, "names bounded");
      }
      reader.read(body, 0, data.length);
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
