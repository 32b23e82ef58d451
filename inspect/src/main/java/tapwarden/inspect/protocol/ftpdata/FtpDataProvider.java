package tapwarden.inspect.protocol.ftpdata;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** Data connections that an FTP control connection announced. */
public final class FtpDataProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "ftp-data";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(FtpDataEve.EVENT, FtpDataEve.FILE_EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new FtpDataProtocol(context);
  }
}
