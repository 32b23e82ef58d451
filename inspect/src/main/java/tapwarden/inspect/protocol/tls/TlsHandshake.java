package tapwarden.inspect.protocol.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.tls.Certificate;
import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.Fingerprint;
import tapwarden.inspect.codec.tls.HandshakeListener;
import tapwarden.inspect.codec.tls.HandshakeType;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.codec.tls.ServerHello;
import tapwarden.inspect.codec.tls.TlsVersion;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/**
 * What is learnt of one handshake from the messages of both sides, over TLS or DTLS. Which side a
 * message comes from shows in its type. It is told in one event.
 */
final class TlsHandshake implements HandshakeListener {
  /** Most names of a certificate that are told as names of the server. */
  static final int MOST_NAMES = 8;

  /** Hellos of a client whose names are looked at: a retry asks for one more, DTLS for two. */
  private static final int MOST_HELLOS = 3;

  private static final byte[] NO_ID = {};

  private final TlsReaders readers;
  private final Ja4.Transport transport;

  /** Where to report while a message is read. */
  private @Nullable Report report;

  private boolean clientSeen;
  private int hellos;
  private boolean serverSeen;
  private boolean told;
  private @Nullable String serverName;
  private boolean encryptedHello;
  private boolean offersResumption;
  private byte[] clientSessionId = NO_ID;
  private @Nullable Fingerprint ja3;
  private @Nullable Fingerprint ja3s;
  private @Nullable String ja4;
  private List<String> clientProtocols = List.of();
  private int version;
  private boolean resumed;
  private @Nullable String serverProtocol;
  private List<Certificate> chain = List.of();

  TlsHandshake(TlsReaders readers, Ja4.Transport transport) {
    this.readers = readers;
    this.transport = transport;
  }

  void enter(Report now) {
    report = now;
  }

  void leave() {
    report = null;
  }

  /** Whether any hello was read. */
  boolean saidAnything() {
    return clientSeen || serverSeen;
  }

  boolean isClientSeen() {
    return clientSeen;
  }

  @Override
  public void onMessage(
      int type, MemorySegment segment, long offset, int length, int announcedLength) {
    switch (type) {
      case HandshakeType.CLIENT_HELLO, HandshakeType.SSL2_CLIENT_HELLO ->
          onClient(type, segment, offset, length, announcedLength);
      case HandshakeType.SERVER_HELLO -> onServer(segment, offset, length);
      case HandshakeType.SSL2_SERVER_HELLO -> onSsl2Server();
      case HandshakeType.CERTIFICATE -> onCertificates(segment, offset, length);
      default -> {}
    }
  }

  /**
   * The first one counts: a second one, after a retry, differs in what the server asked for (RFC
   * 8446 §4.1.2). It is told if it has another name, for that is the one which is served.
   */
  private void onClient(
      int type, MemorySegment segment, long offset, int length, int announcedLength) {
    ClientHello hello = readers.client;
    if (hellos == MOST_HELLOS || !parse(hello, type, segment, offset, length)) {
      return;
    }
    hellos++;
    if (clientSeen) {
      if (!Objects.equals(serverName, hello.serverName())) {
        tellName(hello, segment);
      }
      return;
    }
    clientSeen = true;
    serverName = hello.serverName();
    encryptedHello = hello.hasEncryptedHello();
    offersResumption = hello.offersResumption();
    clientSessionId = hello.sessionId();
    clientProtocols = hello.protocols();
    if (length == announcedLength) {
      // What is hashed of a part would be the fingerprint of nobody.
      ja3 = readers.ja3.of(hello);
      ja4 = readers.ja4.of(hello, transport);
    }
    Report now = report;
    if (now != null) {
      tellName(hello, segment);
      if (ja4 != null) {
        trait(now, "tls-ja4", Side.CLIENT, ja4);
      }
      if (!hello.isWhole()) {
        now.oddity("client_hello_damaged");
      }
    }
  }

  private void tellName(ClientHello hello, MemorySegment segment) {
    Report now = report;
    if (now != null && hello.serverNameLength() > 0) {
      byte[] name = new byte[hello.serverNameLength()];
      MemorySegment.copy(
          segment, ValueLayout.JAVA_BYTE, hello.serverNameOffset(), name, 0, name.length);
      now.name(NameSource.SNI, name, 0, name.length);
    }
  }

  private boolean parse(
      ClientHello hello, int type, MemorySegment segment, long offset, int length) {
    if (transport == Ja4.Transport.DTLS) {
      return hello.parseDtls(segment, offset, length);
    }
    return type == HandshakeType.SSL2_CLIENT_HELLO
        ? hello.parseSsl2(segment, offset, length)
        : hello.parse(segment, offset, length);
  }

  private void onServer(MemorySegment segment, long offset, int length) {
    ServerHello hello = readers.server;
    if (serverSeen || !hello.parse(segment, offset, length) || hello.isRetryRequest()) {
      return;
    }
    serverSeen = true;
    version = hello.selectedVersion();
    serverProtocol = hello.protocol();
    ja3s = readers.ja3.of(hello);
    boolean echoed =
        offersResumption
            && version != TlsVersion.TLS_1_3
            && version != TlsVersion.DTLS_1_3
            && hello.echoes(clientSessionId);
    resumed = echoed || hello.tookPreSharedKey();
  }

  private void onSsl2Server() {
    serverSeen = true;
    version = TlsVersion.SSL_2;
  }

  private void onCertificates(MemorySegment segment, long offset, int length) {
    if (!chain.isEmpty()) {
      // The client's own: it comes after the server's.
      return;
    }
    chain = readers.certificates.readChain(segment, offset, length);
    Report now = report;
    if (now == null || chain.isEmpty()) {
      return;
    }
    Certificate own = chain.get(0);
    if (!own.subject().isEmpty()) {
      trait(now, "tls-subject", Side.SERVER, own.subject());
    }
    for (int i = 0; i < Math.min(MOST_NAMES, own.dnsNames().size()); i++) {
      byte[] name = own.dnsNames().get(i).getBytes(StandardCharsets.ISO_8859_1);
      now.name(NameSource.CERTIFICATE, name, 0, name.length);
    }
  }

  private static void trait(Report now, String word, Side side, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    now.trait(word, side, bytes, 0, bytes.length);
  }

  /** Tells what is known, once, if anything is. */
  void tell(Report now) {
    if (told || !saidAnything()) {
      return;
    }
    told = true;
    boolean datagrams = transport == Ja4.Transport.DTLS;
    String type = datagrams ? "dtls" : "tls";
    if (!now.wants(type)) {
      return;
    }
    JsonWriter json = now.begin(type);
    if (datagrams) {
      // EVE has no DTLS: its object is TLS's.
      json.name("tapwarden").beginObject();
      TlsEve.write(json, "dtls", facts());
      json.endObject();
    } else {
      TlsEve.write(json, "tls", facts());
      TlsEve.writeMore(json, facts());
    }
    now.end(json);
  }

  private TlsFacts facts() {
    return new TlsFacts(
        serverName,
        encryptedHello,
        version,
        resumed,
        ja3,
        ja3s,
        ja4,
        clientProtocols,
        serverProtocol,
        chain);
  }
}
