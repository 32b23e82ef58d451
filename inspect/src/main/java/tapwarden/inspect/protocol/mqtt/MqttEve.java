package tapwarden.inspect.protocol.mqtt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/** MQTT in EVE JSON, in Suricata's shape; without passwords and without what is published. */
final class MqttEve {
  static final String EVENT = "mqtt";

  /** Longest text that is written. */
  static final int MOST_TEXT = 1_024;

  /** Most topics of one event. */
  static final int MOST_TOPICS = 32;

  private static final int RETAIN = 0x01;
  private static final int DUPLICATE = 0x08;
  private static final int SESSION_PRESENT = 0x01;

  private MqttEve() {}

  /**
   * @param answerHeader first byte of the answer, or -1 without one
   * @param answer its flags in the high byte, its code in the low one
   */
  static void connect(
      Report report,
      boolean toServer,
      int header,
      MqttConnect connect,
      int answerHeader,
      int answer) {
    JsonWriter json = report.begin(EVENT, toServer);
    json.name("mqtt").beginObject();
    begin(json, "connect", header);
    MemorySegment segment = connect.segment();
    text(json, "protocol_string", segment, connect.nameOffset(), connect.nameLength());
    json.field("protocol_version", connect.version());
    json.name("flags").beginObject();
    json.field("username", connect.hasUserName());
    json.field("password", connect.hasPassword());
    json.field("will_retain", connect.isWillRetained());
    json.field("will", connect.hasWill());
    json.field("clean_session", connect.isCleanSession());
    json.endObject();
    text(json, "client_id", segment, connect.clientIdOffset(), connect.clientIdLength());
    if (connect.hasUserName()) {
      text(json, "username", segment, connect.userNameOffset(), connect.userNameLength());
    }
    if (connect.hasWill()) {
      json.name("will").beginObject();
      text(json, "topic", segment, connect.willTopicOffset(), connect.willTopicLength());
      json.endObject();
    }
    json.endObject();
    if (answerHeader >= 0) {
      writeConnack(json, answerHeader, answer >>> 8, answer & 0xFF);
    }
    report.end(json.endObject());
  }

  static void connack(Report report, boolean toServer, int header, int flags, int code) {
    JsonWriter json = report.begin(EVENT, toServer);
    json.name("mqtt").beginObject();
    writeConnack(json, header, flags, code);
    report.end(json.endObject());
  }

  private static void writeConnack(JsonWriter json, int header, int flags, int code) {
    begin(json, "connack", header);
    json.field("session_present", (flags & SESSION_PRESENT) != 0);
    json.field("return_code", code).endObject();
  }

  /**
   * @param identifier of the packet, or -1 if it has none
   */
  static void publish(
      Report report,
      boolean toServer,
      int header,
      MemorySegment segment,
      long topic,
      int length,
      int identifier) {
    JsonWriter json = report.begin(EVENT, toServer);
    json.name("mqtt").beginObject();
    begin(json, "publish", header);
    text(json, "topic", segment, topic, length);
    if (identifier >= 0) {
      json.field("message_id", identifier);
    }
    report.end(json.endObject().endObject());
  }

  /**
   * SUBSCRIBE or UNSUBSCRIBE.
   *
   * @param packet at its first topic
   */
  static void subscribe(
      Report report, boolean toServer, int header, MqttPacket packet, int identifier) {
    boolean leaves = header >>> 4 == MqttPacket.UNSUBSCRIBE;
    JsonWriter json = report.begin(EVENT, toServer);
    json.name("mqtt").beginObject();
    begin(json, leaves ? "unsubscribe" : "subscribe", header);
    json.field("message_id", identifier).name("topics").beginArray();
    for (int i = 0; i < MOST_TOPICS && !packet.isAtEnd(); i++) {
      packet.text();
      int options = leaves ? 0 : packet.u8();
      if (packet.isCut()) {
        break;
      }
      int length = Math.min(MOST_TEXT, packet.textLength());
      if (leaves) {
        value(json, packet.segment(), packet.textOffset(), length);
      } else {
        json.beginObject();
        text(json, "topic", packet.segment(), packet.textOffset(), length);
        json.field("qos", options & 0x3).endObject();
      }
    }
    report.end(json.endArray().endObject().endObject());
  }

  static void disconnect(Report report, boolean toServer, int header, int reason) {
    JsonWriter json = report.begin(EVENT, toServer);
    json.name("mqtt").beginObject();
    begin(json, "disconnect", header);
    json.field("reason_code", reason);
    report.end(json.endObject().endObject());
  }

  /** What the fixed header says, of packets of any type. */
  private static void begin(JsonWriter json, String packet, int header) {
    json.name(packet).beginObject();
    json.field("qos", (header & MqttReader.QUALITY) >>> 1);
    json.field("retain", (header & RETAIN) != 0);
    json.field("dup", (header & DUPLICATE) != 0);
  }

  private static void text(
      JsonWriter json, String name, MemorySegment segment, long offset, int length) {
    value(json.name(name), segment, offset, Math.min(MOST_TEXT, length));
  }

  private static void value(JsonWriter json, MemorySegment segment, long offset, int length) {
    json.value(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE), 0, length);
  }
}
