package tapwarden.inspect.protocol.lldp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** LLDP, which comes in frames without IP. */
public final class LldpProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "lldp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(LldpEve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new LldpProtocol();
  }
}
