package tapwarden.inspect.protocol.http2;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** HTTP/2 in clear on any port; its events are those of HTTP. */
public final class Http2Provider implements ProtocolProvider {
  @Override
  public String name() {
    return "http2";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(Http2Eve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new Http2Protocol(context.memory());
  }
}
