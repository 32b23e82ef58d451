package tapwarden.inspect.protocol.socks;

import org.jspecify.annotations.Nullable;

/** What was said in one connection to a proxy; numbers are -1 until they are known. */
final class SocksFacts {
  int version = -1;

  /** The one that the server chose. */
  int method = -1;

  int command = -1;
  int reply = -1;
  boolean hasPassword;
  byte @Nullable [] userName;
  final SocksRequest destination = new SocksRequest();
  final SocksRequest bound = new SocksRequest();

  boolean isGranted() {
    return reply == (version == SocksProtocol.VERSION_4 ? SocksReader.GRANTED_4 : 0);
  }
}
