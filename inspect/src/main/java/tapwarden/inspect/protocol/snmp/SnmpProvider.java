package tapwarden.inspect.protocol.snmp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** SNMP over UDP, commonly ports 161 and 162. */
public final class SnmpProvider implements ProtocolProvider {
  static final String EVENT_TYPE = "snmp";

  @Override
  public String name() {
    return "snmp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new SnmpProtocol();
  }
}
