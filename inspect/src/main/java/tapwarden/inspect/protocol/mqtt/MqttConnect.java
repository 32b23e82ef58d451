package tapwarden.inspect.protocol.mqtt;

import java.lang.foreign.MemorySegment;

/**
 * A view of a CONNECT packet (MQTT 5 §3.1): where its fields lie. What is not there, as behind a
 * cut, has the length 0.
 */
final class MqttConnect {
  static final int VERSION_5 = 5;

  private static final int USER_NAME = 0x80;
  private static final int PASSWORD = 0x40;
  private static final int WILL_RETAIN = 0x20;
  private static final int WILL = 0x04;
  private static final int CLEAN_SESSION = 0x02;

  /** Bridges of Mosquitto set the highest bit of the version. */
  private static final int BRIDGE = 0x80;

  private final MqttPacket packet = new MqttPacket();
  private int version;
  private int flags;
  private long nameOffset;
  private int nameLength;
  private long clientIdOffset;
  private int clientIdLength;
  private long willTopicOffset;
  private int willTopicLength;
  private long userNameOffset;
  private int userNameLength;

  /**
   * @return false if it ends before the client's identifier: then it is none
   */
  boolean wrap(MemorySegment segment, long offset, int length) {
    packet.wrap(segment, offset, length).text();
    nameOffset = packet.textOffset();
    nameLength = packet.textLength();
    version = packet.u8() & ~BRIDGE;
    flags = packet.u8();
    packet.u16(); // How long the client may be silent.
    skipProperties();
    packet.text();
    if (packet.isCut()) {
      return false;
    }
    clientIdOffset = packet.textOffset();
    clientIdLength = packet.textLength();
    readWill();
    readUserName();
    return true;
  }

  private void readWill() {
    willTopicLength = 0;
    if (hasWill()) {
      skipProperties();
      packet.text();
      willTopicOffset = packet.textOffset();
      willTopicLength = packet.textLength();
      packet.text(); // What is then said.
    }
  }

  private void readUserName() {
    userNameLength = 0;
    if (hasUserName()) {
      packet.text();
      userNameOffset = packet.textOffset();
      userNameLength = packet.textLength();
    }
  }

  private void skipProperties() {
    if (version == VERSION_5) {
      packet.skipProperties();
    }
  }

  MemorySegment segment() {
    return packet.segment();
  }

  int version() {
    return version;
  }

  long nameOffset() {
    return nameOffset;
  }

  int nameLength() {
    return nameLength;
  }

  long clientIdOffset() {
    return clientIdOffset;
  }

  int clientIdLength() {
    return clientIdLength;
  }

  long willTopicOffset() {
    return willTopicOffset;
  }

  int willTopicLength() {
    return willTopicLength;
  }

  long userNameOffset() {
    return userNameOffset;
  }

  int userNameLength() {
    return userNameLength;
  }

  boolean hasUserName() {
    return (flags & USER_NAME) != 0;
  }

  boolean hasPassword() {
    return (flags & PASSWORD) != 0;
  }

  boolean hasWill() {
    return (flags & WILL) != 0;
  }

  boolean isWillRetained() {
    return (flags & WILL_RETAIN) != 0;
  }

  boolean isCleanSession() {
    return (flags & CLEAN_SESSION) != 0;
  }
}
