package tapwarden.inspect.protocol.ntp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** NTP over UDP, port 123. */
public final class NtpProvider implements ProtocolProvider {
  static final String EVENT_TYPE = "ntp";

  @Override
  public String name() {
    return "ntp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new NtpProtocol();
  }
}
