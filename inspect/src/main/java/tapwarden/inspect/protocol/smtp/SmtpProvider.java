package tapwarden.inspect.protocol.smtp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** SMTP on any port. */
public final class SmtpProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(SmtpEve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new SmtpProtocol(context);
  }
}
