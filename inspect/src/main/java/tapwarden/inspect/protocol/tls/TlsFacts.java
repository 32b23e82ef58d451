package tapwarden.inspect.protocol.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.tls.Certificate;
import tapwarden.inspect.codec.tls.Fingerprint;

/**
 * What is known of one TLS connection, as far as it was seen.
 *
 * @param serverName host name in the ClientHello; the outer one if the true hello is encrypted
 * @param hasEncryptedHello whether the ClientHello has an encrypted one within
 * @param version number that is spoken (of the ServerHello); 0 if no server answered
 * @param sessionResumed whether an earlier session was taken up, up to TLS 1.2
 * @param ja3 client's fingerprint
 * @param ja3s server's fingerprint
 * @param ja4 client's fingerprint
 * @param clientProtocols what the client offered by ALPN
 * @param serverProtocol what the server chose, if it is clear
 * @param chain the server's certificates, its own first
 */
public record TlsFacts(
    @Nullable String serverName,
    boolean hasEncryptedHello,
    int version,
    boolean sessionResumed,
    @Nullable Fingerprint ja3,
    @Nullable Fingerprint ja3s,
    @Nullable String ja4,
    List<String> clientProtocols,
    @Nullable String serverProtocol,
    List<Certificate> chain) {
  public TlsFacts {
    clientProtocols = List.copyOf(clientProtocols);
    chain = List.copyOf(chain);
  }
}
