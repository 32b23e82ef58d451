package tapwarden.inspect.protocol.tftp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** TFTP over UDP: requests to port 69, transfers between any ports. */
public final class TftpProvider implements ProtocolProvider {
  static final String NAME = "tftp";
  static final String FILE_EVENT_TYPE = "fileinfo";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> eventTypes() {
    return List.of(NAME, FILE_EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new TftpProtocol(context.memory());
  }
}
