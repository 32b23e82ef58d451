package tapwarden.inspect.protocol.proxyprotocol;

import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** The header that a load balancer or relay puts before a connection that it passes on. */
public final class ProxyProtocolProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "proxyprotocol";
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new ProxyProtocol(context.memory());
  }
}
