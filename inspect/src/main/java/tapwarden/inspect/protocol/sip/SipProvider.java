package tapwarden.inspect.protocol.sip;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** SIP over UDP and TCP, commonly port 5060. */
public final class SipProvider implements ProtocolProvider {
  static final String EVENT_TYPE = "sip";

  @Override
  public String name() {
    return "sip";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new SipProtocol(context.memory());
  }
}
