package tapwarden.inspect.protocol.telnet;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** Telnet on any port. */
public final class TelnetProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "telnet";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(TelnetReader.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new TelnetProtocol();
  }
}
