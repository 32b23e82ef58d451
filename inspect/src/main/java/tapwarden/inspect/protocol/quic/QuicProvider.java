package tapwarden.inspect.protocol.quic;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** Registers QUIC. */
public final class QuicProvider implements ProtocolProvider {
  static final String NAME = "quic";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> eventTypes() {
    return List.of(NAME);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new QuicProtocol(context);
  }
}
