package tapwarden.inspect.protocol.ftp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** FTP on any port. */
public final class FtpProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "ftp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(FtpEve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new FtpProtocol(context);
  }
}
