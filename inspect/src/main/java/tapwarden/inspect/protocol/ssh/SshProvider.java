package tapwarden.inspect.protocol.ssh;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** SSH on any port. */
public final class SshProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(SshEve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new SshProtocol(context);
  }
}
