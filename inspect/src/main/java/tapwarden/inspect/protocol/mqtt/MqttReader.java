package tapwarden.inspect.protocol.mqtt;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.message.PartialMessage;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * One connection to a broker. A CONNECT waits for its answer, so that one event tells of both. Of
 * topics each is told once a direction and kind of packet: a device that reports every second is
 * one line, and what it reports is not read.
 */
final class MqttReader implements StreamReader {
  /** Most events of one connection in a minute. */
  static final int MOST_EVENTS_A_MINUTE = 128;

  static final int TOPIC_LENGTH_BYTES = 2;
  static final int QUALITY = 0x06;

  private final MqttSide client;
  private final MqttSide server;
  private final MqttTopics topics;
  private final EventBudget budget = new EventBudget(MOST_EVENTS_A_MINUTE);

  /** A CONNECT that waits for its answer; empty if none does. */
  private final PartialMessage connect;

  private final MqttConnect view = new MqttConnect();
  private final MqttPacket packet = new MqttPacket();
  private int connectHeader;
  private boolean connectToServer;
  private int version;

  MqttReader(StreamMemory memory) {
    topics = new MqttTopics(memory);
    client = new MqttSide(this, true, memory);
    server = new MqttSide(this, false, memory);
    connect = new PartialMessage(memory);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    MqttSide side = toServer ? client : server;
    side.data(report, segment, offset, length);
    return !side.isOver();
  }

  /** Behind it no packet's beginning is known. */
  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    (toServer ? client : server).end();
    return false;
  }

  @Override
  public void close(Report report) {
    tellConnect(report, -1, 0);
    client.end();
    server.end();
    topics.release();
  }

  /** How much of a packet of that type is read. */
  int wanted(int first) {
    return switch (first >>> 4) {
      case MqttPacket.CONNECT, MqttPacket.SUBSCRIBE, MqttPacket.UNSUBSCRIBE ->
          MqttSide.MOST_BODY_BYTES;
      case MqttPacket.PUBLISH -> TOPIC_LENGTH_BYTES;
      case MqttPacket.CONNACK -> 2;
      case MqttPacket.DISCONNECT -> 1;
      default -> 0;
    };
  }

  /**
   * A packet.
   *
   * @param length bytes of it that are there, of those that are read
   * @param behind bytes of it that are passed over
   * @return false if it cannot be one
   */
  boolean packet(
      Report report,
      boolean toServer,
      int first,
      MemorySegment segment,
      long at,
      int length,
      int behind) {
    int type = first >>> 4;
    if (type != MqttPacket.CONNACK && type != MqttPacket.AUTH) {
      tellConnect(report, -1, 0);
    }
    packet.wrap(segment, at, length);
    return switch (type) {
      case MqttPacket.CONNECT -> connect(report, toServer, first, segment, at, length);
      case MqttPacket.CONNACK -> connack(report, toServer, first, behind);
      case MqttPacket.PUBLISH -> publish(report, toServer, first, length);
      case MqttPacket.SUBSCRIBE, MqttPacket.UNSUBSCRIBE ->
          subscribe(report, toServer, first, behind);
      case MqttPacket.DISCONNECT -> {
        disconnect(report, toServer, first, length);
        yield true;
      }
      default -> true;
    };
  }

  private boolean connect(
      Report report, boolean toServer, int first, MemorySegment segment, long at, int length) {
    if (!view.wrap(segment, at, length)) {
      return false;
    }
    if (version != 0) {
      report.oddity("mqtt_second_connect");
    }
    version = view.version();
    if (view.clientIdLength() > 0) {
      report.trait(
          "mqtt-client-id",
          Side.of(toServer),
          segment,
          view.clientIdOffset(),
          Math.min(view.clientIdLength(), MqttEve.MOST_TEXT));
    }
    connectHeader = first;
    connectToServer = toServer;
    if (!report.wants(MqttEve.EVENT) || connect.append(segment, at, length)) {
      return true;
    }
    if (isRoom(report)) {
      MqttEve.connect(report, toServer, first, view, -1, 0);
    }
    return true;
  }

  private boolean connack(Report report, boolean toServer, int first, int behind) {
    int flags = packet.u8();
    int code = packet.u8();
    if (packet.isCut()) {
      return false;
    }
    if (version == 0 && behind > 0) {
      version = MqttConnect.VERSION_5;
    }
    if (connect.length() > 0) {
      tellConnect(report, first, flags << 8 | code);
    } else if (isRoom(report)) {
      MqttEve.connack(report, toServer, first, flags, code);
    }
    return true;
  }

  /**
   * Tells of the CONNECT that waits, if one does.
   *
   * @param answerHeader first byte of the CONNACK, or -1 without one
   * @param answer its flags in the high byte, its code in the low one
   */
  private void tellConnect(Report report, int answerHeader, int answer) {
    if (connect.length() == 0) {
      return;
    }
    if (view.wrap(connect.segment(), 0, connect.length()) && isRoom(report)) {
      MqttEve.connect(report, connectToServer, connectHeader, view, answerHeader, answer);
    }
    connect.release();
  }

  private boolean publish(Report report, boolean toServer, int first, int length) {
    packet.text();
    if (packet.textLength() == 0) {
      // Version 5 may name a topic by a number instead; what is longer than is read is no topic.
      return version == MqttConnect.VERSION_5 || length == MqttSide.MOST_BODY_BYTES;
    }
    long offset = packet.textOffset();
    int bytes = packet.textLength();
    int identifier = (first & QUALITY) == 0 ? -1 : packet.u16();
    if (packet.isCut()) {
      return false;
    }
    if (isNewTopic(report, toServer, first) && isRoom(report)) {
      MqttEve.publish(report, toServer, first, packet.segment(), offset, bytes, identifier);
    }
    return true;
  }

  private boolean subscribe(Report report, boolean toServer, int first, int behind) {
    int identifier = packet.u16();
    if (version == MqttConnect.VERSION_5) {
      packet.skipProperties();
    }
    boolean leaves = first >>> 4 == MqttPacket.UNSUBSCRIBE;
    long from = packet.at();
    boolean isNew = false;
    while (!packet.isAtEnd()) {
      packet.text();
      int options = leaves ? 0 : packet.u8();
      if (packet.isCut() || (options & 0x3) == 0x3) {
        break;
      }
      isNew |= isNewTopic(report, toServer, first);
    }
    if (packet.isCut() && behind == 0) {
      return false;
    }
    if (isNew && isRoom(report)) {
      packet.moveTo(from);
      MqttEve.subscribe(report, toServer, first, packet, identifier);
    }
    return true;
  }

  private void disconnect(Report report, boolean toServer, int first, int length) {
    int reason = length == 0 ? 0 : packet.u8();
    if (isRoom(report)) {
      MqttEve.disconnect(report, toServer, first, reason);
    }
    (toServer ? client : server).end();
  }

  private boolean isNewTopic(Report report, boolean toServer, int first) {
    return topics.isNew(report, first >>> 4 << 1 | (toServer ? 1 : 0), packet);
  }

  /** Whether another event is wanted and may be written. */
  private boolean isRoom(Report report) {
    return report.wants(MqttEve.EVENT) && budget.take(report);
  }
}
