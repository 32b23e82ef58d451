package tapwarden.inspect.protocol.rtsp;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** RTSP over TCP, commonly port 554 or 8554. */
public final class RtspProvider implements ProtocolProvider {
  static final String EVENT_TYPE = "rtsp";

  @Override
  public String name() {
    return "rtsp";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(EVENT_TYPE);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new RtspProtocol(context.memory());
  }
}
