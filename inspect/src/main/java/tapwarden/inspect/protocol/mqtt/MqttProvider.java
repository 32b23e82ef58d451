package tapwarden.inspect.protocol.mqtt;

import java.util.List;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;

/** MQTT on any port. */
public final class MqttProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public List<String> eventTypes() {
    return List.of(MqttEve.EVENT);
  }

  @Override
  public Protocol create(ProtocolContext context) {
    return new MqttProtocol(context.memory());
  }
}
