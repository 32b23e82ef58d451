package tapwarden.inspect.protocol.nbns;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** NetBIOS name service over UDP, port 137. */
public final class NbnsProvider implements ProtocolProvider {
  static final String EVENT_TYPE = "nbns";

  @Override
  public String name() {
    return "nbns";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new NbnsProtocol();
  }
}
