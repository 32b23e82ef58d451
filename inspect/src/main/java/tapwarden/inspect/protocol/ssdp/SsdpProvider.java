package tapwarden.inspect.protocol.ssdp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** SSDP over UDP, port 1900, and answers from any port. */
public final class SsdpProvider implements ProtocolProvider {
  static final String EVENT_TYPE = "ssdp";

  @Override
  public String name() {
    return "ssdp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new SsdpProtocol();
  }
}
