package tapwarden.inspect.protocol.tls;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.tls.Certificate;
import tapwarden.inspect.codec.tls.CertificateReader;
import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.DtlsAssembler;
import tapwarden.inspect.codec.tls.HandshakeAssembler;
import tapwarden.inspect.codec.tls.HandshakeListener;
import tapwarden.inspect.codec.tls.HandshakeOptions;
import tapwarden.inspect.codec.tls.HandshakeState;
import tapwarden.inspect.codec.tls.HandshakeType;
import tapwarden.inspect.codec.tls.Ja3;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.codec.tls.ServerHello;
import tapwarden.inspect.protocol.tls.CaptureStreams.Piece;

/** What the TLS codec says of a capture, by the truth's keys; DTLS under keys of its own. */
final class TlsCaptureFacts {
  final Map<String, Set<String>> said = new TreeMap<>();

  /** Chains in the order of their directions. */
  final List<List<Certificate>> chains = new ArrayList<>();

  private final CertificateReader certificates = new CertificateReader();
  private final ClientHello client = new ClientHello();
  private final ServerHello server = new ServerHello();
  private final Ja3 ja3 = new Ja3();
  private final Ja4 ja4 = new Ja4();

  static TlsCaptureFacts of(Path capture) throws IOException {
    TlsCaptureFacts facts = new TlsCaptureFacts();
    CaptureStreams streams = CaptureStreams.of(capture);
    for (List<Piece> run : streams.runs()) {
      facts.readRun(run);
    }
    for (List<byte[]> datagrams : streams.datagrams()) {
      facts.readDatagrams(datagrams);
    }
    return facts;
  }

  /** TLS may start at any segment's start: behind STARTTLS, CONNECT or SOCKS. */
  private void readRun(List<Piece> run) {
    for (int start = 0; start < run.size(); start++) {
      Taker taker = new Taker("", Ja4.Transport.TCP);
      HandshakeAssembler assembler = new HandshakeAssembler(taker, HandshakeOptions.DEFAULTS);
      int at = start;
      while (at < run.size() && assembler.state() == HandshakeState.WANTS_MORE) {
        byte[] bytes = run.get(at++).bytes();
        assembler.feed(MemorySegment.ofArray(bytes), 0, bytes.length);
      }
      if (taker.hellos > 0) {
        return;
      }
    }
  }

  private void readDatagrams(List<byte[]> datagrams) {
    Taker taker = new Taker("dtls_", Ja4.Transport.DTLS);
    DtlsAssembler assembler = new DtlsAssembler(taker, HandshakeOptions.DEFAULTS);
    for (byte[] datagram : datagrams) {
      MemorySegment segment = MemorySegment.ofArray(datagram);
      if (assembler.records() > 0 || DtlsAssembler.isDtls(segment, 0, datagram.length)) {
        assembler.feed(segment, 0, datagram.length);
      }
    }
  }

  private void say(String key, @Nullable String value) {
    if (value != null) {
      said.computeIfAbsent(key, k -> new TreeSet<>()).add(value);
    }
  }

  private final class Taker implements HandshakeListener {
    private final String prefix;
    private final Ja4.Transport transport;
    int hellos;

    Taker(String prefix, Ja4.Transport transport) {
      this.prefix = prefix;
      this.transport = transport;
    }

    @Override
    public void onMessage(
        int type, MemorySegment segment, long offset, int length, int announcedLength) {
      switch (type) {
        case HandshakeType.CLIENT_HELLO -> onClient(segment, offset, length);
        case HandshakeType.SERVER_HELLO -> onServer(segment, offset, length);
        case HandshakeType.CERTIFICATE -> onCertificates(segment, offset, length);
        default -> {}
      }
    }

    private void onClient(MemorySegment segment, long offset, int length) {
      boolean read =
          transport == Ja4.Transport.DTLS
              ? client.parseDtls(segment, offset, length)
              : client.parse(segment, offset, length);
      if (read) {
        hellos++;
        say(prefix + "tls_sni", client.serverName());
        say(prefix + "ja3", ja3.of(client).hash());
        say(prefix + "ja4", ja4.of(client, transport));
      }
    }

    private void onServer(MemorySegment segment, long offset, int length) {
      if (server.parse(segment, offset, length)) {
        hellos++;
        say(prefix + "ja3s", ja3.of(server).hash());
      }
    }

    private void onCertificates(MemorySegment segment, long offset, int length) {
      List<Certificate> chain = certificates.readChain(segment, offset, length);
      chain.forEach(certificate -> say(prefix + "tls_cert_sha1", certificate.sha1()));
      if (!chain.isEmpty()) {
        chains.add(chain);
      }
    }
  }
}
