package tapwarden.inspect.protocol.socks;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** SOCKS on any port, and the datagrams that it lets a client send. */
public final class SocksProvider implements ProtocolProvider {
  static final String WORD = "socks";

  @Override
  public String name() {
    return WORD;
  }

  @Override
  public List<String> eventTypes() {
    return List.of(SocksEve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new SocksProtocol(context.memory());
  }
}
