package tapwarden.inspect.protocol.quic;

import tapwarden.inspect.codec.quic.ClearPacket;
import tapwarden.inspect.codec.quic.GoogleFrames;
import tapwarden.inspect.codec.quic.GoogleHello;
import tapwarden.inspect.codec.quic.IetfFrames;
import tapwarden.inspect.codec.quic.InitialOpener;
import tapwarden.inspect.codec.quic.LongHeader;
import tapwarden.inspect.codec.quic.TransportParameters;
import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.HelloExtensions;
import tapwarden.inspect.codec.tls.HostNames;
import tapwarden.inspect.codec.tls.Ja3;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.codec.tls.ServerHello;
import tapwarden.inspect.stream.StreamMemory;

/** What one worker reads all its connections with, one after the other; nothing stays in it. */
final class QuicTools {
  final StreamMemory memory;
  final InitialOpener opener = new InitialOpener();
  final LongHeader header = new LongHeader();
  final ClearPacket clear = new ClearPacket();
  final IetfFrames frames = new IetfFrames();
  final GoogleFrames googleFrames = new GoogleFrames();
  final GoogleHello googleHello = new GoogleHello();
  final TransportParameters parameters = new TransportParameters();
  final ClientHello clientHello = new ClientHello();
  final HostNames names = new HostNames();
  final ServerHello serverHello = new ServerHello();
  final HelloExtensions cursor = new HelloExtensions();
  final Ja3 ja3 = new Ja3();
  final Ja4 ja4 = new Ja4();
  private byte[] scratch = new byte[2_048];

  QuicTools(StreamMemory memory) {
    this.memory = memory;
  }

  /** Room for frames that are in clear. */
  byte[] scratch(int length) {
    if (length > scratch.length) {
      scratch = new byte[Math.max(length, 2 * scratch.length)];
    }
    return scratch;
  }
}
