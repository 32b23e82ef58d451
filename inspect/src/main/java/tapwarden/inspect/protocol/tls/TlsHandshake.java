package tapwarden.inspect.protocol.tls;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.tls.Certificate;
import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.Fingerprint;
import tapwarden.inspect.codec.tls.HandshakeListener;
import tapwarden.inspect.codec.tls.HandshakeType;
import tapwarden.inspect.codec.tls.HostNames;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.codec.tls.ServerHello;
import tapwarden.inspect.codec.tls.TlsVersion;
import tapwarden.inspect.codec.tls.WireNames;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/**
 * What is learnt of one handshake from the messages of both sides, over TLS or DTLS. Which side a
 * message comes from shows in its type. It is told in one event; what only the event has, such as
 * JA3 and the digests of certificates, is not made where none is wanted.
 */
final class TlsHandshake implements HandshakeListener {
  /** Most names of a certificate that are told as names of the server. */
  static final int MOST_NAMES = 8;

  /** Hellos of a client whose names are looked at: a retry asks for one more, DTLS for two. */
  private static final int MOST_HELLOS = 3;

  private static final byte[] NOTHING = {};

  private final TlsReaders readers;
  private final Ja4.Transport transport;

  /** Where to report while a message is read. */
  private @Nullable Report report;

  private boolean clientSeen;
  private int hellos;
  private boolean serverSeen;
  private boolean certificatesSeen;
  private boolean told;
  private byte[] serverName = NOTHING;
  private boolean encryptedHello;
  private boolean offersResumption;
  private byte[] clientSessionId = NOTHING;
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
   * 8446 §4.1.2). Of its names those are told that the first did not begin with, for one of them is
   * the one which is served.
   */
  private void onClient(
      int type, MemorySegment segment, long offset, int length, int announcedLength) {
    ClientHello hello = readers.client;
    if (hellos == MOST_HELLOS || !parse(hello, type, segment, offset, length)) {
      return;
    }
    hellos++;
    if (clientSeen) {
      tellNames(hello, isNamed(hello));
      return;
    }
    clientSeen = true;
    int nameAt = hello.serverNameOffset();
    serverName = Arrays.copyOfRange(hello.bytes(), nameAt, nameAt + hello.serverNameLength());
    // What is hashed of a part would be the fingerprint of nobody.
    boolean all = length == announcedLength;
    boolean hasJa4 = all && readers.ja4.read(hello, transport);
    if (isEventWanted()) {
      encryptedHello = hello.hasEncryptedHello();
      offersResumption = hello.offersResumption();
      clientSessionId = hello.sessionId();
      clientProtocols = hello.protocols();
      ja3 = all ? readers.ja3.of(hello) : null;
      ja4 = hasJa4 ? new String(readers.ja4.text(), StandardCharsets.US_ASCII) : null;
    }
    Report now = report;
    if (now != null) {
      tellNames(hello, false);
      if (hasJa4) {
        now.trait("tls-ja4", Side.CLIENT, readers.ja4.text(), 0, Ja4.LENGTH);
      }
      if (!hello.isWhole()) {
        now.oddity("client_hello_damaged");
      }
    }
  }

  /** Whether the hello has the name that the first one had. */
  private boolean isNamed(ClientHello hello) {
    int at = hello.serverNameOffset();
    return Arrays.equals(
        hello.bytes(), at, at + hello.serverNameLength(), serverName, 0, serverName.length);
  }

  private void tellNames(ClientHello hello, boolean isFirstKnown) {
    Report now = report;
    if (now == null) {
      return;
    }
    HostNames names = readers.names.of(hello);
    boolean isKnown = isFirstKnown;
    while (names.next()) {
      if (!isKnown) {
        now.name(NameSource.SNI, hello.bytes(), names.offset(), names.length());
      }
      isKnown = false;
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
    if (!isEventWanted()) {
      return;
    }
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
    if (certificatesSeen) {
      // The client's own: it comes after the server's.
      return;
    }
    @Nullable Certificate own;
    if (isEventWanted()) {
      chain = readers.certificates.readChain(segment, offset, length);
      own = chain.isEmpty() ? null : chain.get(0);
    } else {
      own = readers.certificates.readNames(segment, offset, length);
    }
    certificatesSeen = own != null;
    Report now = report;
    if (now == null || own == null) {
      return;
    }
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

  private String eventType() {
    return transport == Ja4.Transport.DTLS ? "dtls" : "tls";
  }

  /** The same for all messages of a connection: events are sampled by flow. */
  private boolean isEventWanted() {
    Report now = report;
    return now == null || now.wants(eventType());
  }

  /** Tells what is known, once, if anything is. */
  void tell(Report now) {
    if (told || !saidAnything()) {
      return;
    }
    told = true;
    if (!now.wants(eventType())) {
      return;
    }
    JsonWriter json = now.begin(eventType());
    if (transport == Ja4.Transport.DTLS) {
      // EVE has no DTLS: its object is TLS's.
      json.name("tapwarden").beginObject();
      TlsEve.write(json, "dtls", facts());
      json.endObject();
    } else {
      TlsFacts facts = facts();
      TlsEve.write(json, "tls", facts);
      TlsEve.writeMore(json, facts);
    }
    now.end(json);
  }

  private TlsFacts facts() {
    String name = serverName.length == 0 ? null : WireNames.text(serverName, 0, serverName.length);
    return new TlsFacts(
        name,
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
