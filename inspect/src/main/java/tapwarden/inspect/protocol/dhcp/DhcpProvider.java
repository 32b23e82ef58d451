package tapwarden.inspect.protocol.dhcp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** DHCP over UDP, ports 67 and 68. */
public final class DhcpProvider implements ProtocolProvider {
  static final String EVENT_TYPE = "dhcp";

  @Override
  public String name() {
    return "dhcp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new DhcpProtocol();
  }
}
