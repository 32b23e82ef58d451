package tapwarden.inspect.protocol.cdp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** CDP, which comes in frames without IP. */
public final class CdpProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "cdp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(CdpEve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new CdpProtocol();
  }
}
