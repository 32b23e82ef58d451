package tapwarden.inspect.protocol.mqtt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/** Tells a connection by what its client must send first, a CONNECT packet. */
final class MqttProtocol implements Protocol {
  /** Names of versions 3.1 and later, behind their lengths. */
  private static final byte[] NAME = "\0\u0004MQTT".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] FIRST_NAME = "\0\u0006MQIsdp".getBytes(StandardCharsets.US_ASCII);

  private final StreamMemory memory;

  MqttProtocol(StreamMemory memory) {
    this.memory = memory;
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (!opening.isStream() || opening.length() == 0) {
      return Recognition.NO;
    }
    return opening.u8(0) == MqttPacket.CONNECT << 4 ? connect(opening) : Recognition.NO;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return isStream && firstByte == MqttPacket.CONNECT << 4;
  }

  private static Recognition connect(Opening opening) {
    int at = 1;
    int bytes = 0;
    while (at < opening.length() && (opening.u8(at++) & 0x80) != 0) {
      if (++bytes == MqttPacket.LENGTH_BYTES) {
        return Recognition.NO;
      }
    }
    if (at >= opening.length()) {
      return Recognition.MORE;
    }
    Recognition name = opening.has(at, NAME);
    return name == Recognition.NO ? opening.has(at, FIRST_NAME) : name;
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new MqttReader(memory);
  }
}
