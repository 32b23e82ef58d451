package tapwarden.inspect.protocol.dhcpv6;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** DHCPv6 over UDP, ports 546 and 547. */
public final class Dhcpv6Provider implements ProtocolProvider {
  static final String EVENT_TYPE = "dhcpv6";

  @Override
  public String name() {
    return "dhcpv6";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new Dhcpv6Protocol();
  }
}
