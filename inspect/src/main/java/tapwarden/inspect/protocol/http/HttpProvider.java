package tapwarden.inspect.protocol.http;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** HTTP/1.x. */
public final class HttpProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "http";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(HttpEve.HTTP, HttpEve.FILE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new HttpProtocol(context);
  }
}
