package tapwarden.inspect.protocol.tls;

import tapwarden.inspect.codec.tls.CertificateReader;
import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.HostNames;
import tapwarden.inspect.codec.tls.Ja3;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.codec.tls.ServerHello;

/** What all connections of one worker read messages with, one at a time. */
final class TlsReaders {
  final ClientHello client = new ClientHello();
  final HostNames names = new HostNames();
  final ServerHello server = new ServerHello();
  final CertificateReader certificates = new CertificateReader();
  final Ja3 ja3 = new Ja3();
  final Ja4 ja4 = new Ja4();
}
