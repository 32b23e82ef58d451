package tapwarden.inspect.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.mqtt.Packets.packet;
import static tapwarden.inspect.protocol.mqtt.Packets.text;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MqttReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Flags of the example in MQTT 3.1.1 §3.1.2.10: user name, password, will of quality 1, clean.
   */
  private static final byte[] CONNECT =
      packet(
          0x10,
          text("MQTT"),
          "04 CE 000A",
          text("camera-17"),
          text("state/17"),
          text("gone"),
          text("dev"),
          text("s3cret"));

  private static final byte[] CONNACK = {0x20, 2, 1, 0};

  /** Version 5: an expiry of 60 s (17) as property, user properties (38) of the will. */
  private static final byte[] CONNECT_5 =
      packet(
          0x10,
          text("MQTT"),
          "05 04 003C",
          "05 11 0000003C",
          text("rtu"),
          "0B 26",
          text("key"),
          text("val"),
          text("last/words"),
          text("bye"));

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final MqttProtocol protocol = new MqttProtocol(memory);

  private RecordingReport play(Talk talk, int chunk) {
    RecordingReport report = talk.play(protocol.newStream(null), chunk);
    assertThat(memory.usedBytes()).isZero();
    return report;
  }

  private List<JsonNode> events(Talk talk) {
    RecordingReport report = play(talk, Integer.MAX_VALUE);
    assertThat(report.violation).isNull();
    return report.events.stream().map(event -> JSON.readTree(event).get("mqtt")).toList();
  }

  private static Talk session() {
    return new Talk()
        .client(CONNECT)
        .server(CONNACK)
        .client(packet(0x82, "0007", text("cmd/17"), "01", text("cfg/#"), "00"))
        .server(packet(0x90, "0007 01 00"))
        .client(packet(0x33, text("temp/17"), "0009", "31 32 33"))
        .server(packet(0x40, "0009"))
        .client(packet(0x30, text("temp/17"), "34"))
        .client(packet(0x30, text("fan/17"), "00"))
        .server(packet(0x30, text("cmd/17"), "6f6e"))
        .client(packet(0xC0))
        .server(packet(0xD0))
        .client(packet(0xA2, "0008", text("cfg/#")))
        .client(packet(0xE0));
  }

  @Test
  void tellsWhoConnectsAndWhatTheBrokerSays() {
    assertThat(events(new Talk().client(CONNECT).server(CONNACK)))
        .containsExactly(
            JSON.readTree(
                """
                {"connect": {"qos": 0, "retain": false, "dup": false, "protocol_string": "MQTT",
                  "protocol_version": 4, "flags": {"username": true, "password": true,
                  "will_retain": false, "will": true, "clean_session": true},
                  "client_id": "camera-17", "username": "dev", "will": {"topic": "state/17"}},
                 "connack": {"qos": 0, "retain": false, "dup": false, "session_present": true,
                  "return_code": 0}}
                """));
    RecordingReport report = play(new Talk().client(CONNECT).server(CONNACK), 1);
    assertThat(report.traits).containsExactly("mqtt-client-id CLIENT camera-17");
    assertThat(report.events).hasSize(1).noneMatch(event -> event.contains("s3cret"));
  }

  @Test
  void tellsOfAConnectWithoutAnAnswerAtTheEnd() {
    assertThat(events(new Talk().client(CONNECT)))
        .singleElement()
        .satisfies(mqtt -> assertThat(mqtt.has("connack")).isFalse());
  }

  @Test
  void passesOverThePropertiesOfVersion5() {
    JsonNode mqtt =
        events(new Talk().client(CONNECT_5).server(packet(0x20, "00 87 03 21000A"))).get(0);
    assertThat(mqtt.at("/connect/client_id").asString()).isEqualTo("rtu");
    assertThat(mqtt.at("/connect/will/topic").asString()).isEqualTo("last/words");
    assertThat(mqtt.at("/connack/return_code").asInt()).isEqualTo(0x87);
    JsonNode subscribe =
        events(
                new Talk()
                    .client(CONNECT_5)
                    .client(packet(0x82, "0001", "02 0B 05", text("a/b"), "2E")))
            .get(1);
    assertThat(subscribe)
        .isEqualTo(
            JSON.readTree(
                """
                {"subscribe": {"qos": 1, "retain": false, "dup": false, "message_id": 1,
                  "topics": [{"topic": "a/b", "qos": 2}]}}
                """));
    JsonNode disconnect = events(new Talk().client(CONNECT_5).client(packet(0xE0, "8E 00"))).get(1);
    assertThat(disconnect.at("/disconnect/reason_code").asInt()).isEqualTo(0x8E);
  }

  @Test
  void tellsEachTopicOnce() {
    List<JsonNode> events = events(session());
    assertThat(events.stream().map(event -> event.propertyNames().iterator().next()))
        .containsExactly(
            "connect", "subscribe", "publish", "publish", "publish", "unsubscribe", "disconnect");
    assertThat(events.get(2))
        .isEqualTo(
            JSON.readTree(
                """
                {"publish": {"qos": 1, "retain": true, "dup": false, "topic": "temp/17",
                  "message_id": 9}}
                """));
    assertThat(events.get(3).at("/publish/topic").asString()).isEqualTo("fan/17");
    assertThat(events.get(4).at("/publish/topic").asString()).isEqualTo("cmd/17");
    assertThat(events.get(5).at("/unsubscribe/topics/0").asString()).isEqualTo("cfg/#");
  }

  @Test
  void readsTheSameOutOfPiecesOfAnySize() {
    RecordingReport whole = play(session(), Integer.MAX_VALUE);
    for (int size = 1; size < 40; size++) {
      assertThat(play(session(), size).events).isEqualTo(whole.events);
    }
  }

  @Test
  void claimsNothingOfWhatIsCut() {
    int size = session().size();
    List<String> whole = play(session(), Integer.MAX_VALUE).events;
    for (int cut = 1; cut <= size; cut++) {
      RecordingReport report = play(session().without(cut), 7);
      assertThat(report.violation).isNull();
      assertThat(whole.size()).isGreaterThanOrEqualTo(report.events.size());
      for (int i = 1; i < report.events.size(); i++) {
        assertThat(report.events.get(i)).isEqualTo(whole.get(i));
      }
    }
  }

  @Test
  void fitsThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    for (String event : play(session(), 3).events) {
      assertThat(schema.problems(event)).as(event).isEmpty();
    }
  }

  @Test
  void stopsAtAsManyTopicsAsItKeeps() {
    Talk talk = new Talk().client(CONNECT);
    for (int i = 0; i < 2 * MqttTopics.MOST; i++) {
      talk.client(packet(0x30, text("t/" + i), "00"));
    }
    RecordingReport report = play(talk, Integer.MAX_VALUE);
    assertThat(report.events).hasSize(1 + MqttTopics.MOST);
    assertThat(report.oddities).containsExactly("mqtt_more_topics");
  }

  @Test
  void stopsAtAsManyEventsAsOneConnectionMayHave() {
    Talk talk = new Talk();
    for (int i = 0; i < 2 * MqttReader.MOST_EVENTS_A_MINUTE; i++) {
      talk.client(CONNECT).server(CONNACK);
    }
    RecordingReport report = play(talk, Integer.MAX_VALUE);
    assertThat(report.events).hasSize(MqttReader.MOST_EVENTS_A_MINUTE);
    assertThat(report.oddities).contains("event_limit", "mqtt_second_connect");
  }

  @Test
  void passesOverALongMessageWithoutKeepingIt() {
    MqttReader reader = (MqttReader) protocol.newStream(null);
    Talk talk = new Talk().client(packet(0x30, text("big"), "00".repeat(100_000)));
    RecordingReport report = talk.client(packet(0x30, text("next"), "00")).play(reader, 1_000);
    assertThat(report.events).hasSize(2);
    StreamMemory small = new StreamMemory(200);
    assertThat(talk.play(new MqttProtocol(small).newStream(null), 1_000).events).hasSize(2);
  }

  @Test
  void goesOnWithoutMemory() {
    RecordingReport report =
        session().play(new MqttProtocol(new StreamMemory(0)).newStream(null), 5);
    assertThat(report.violation).isNull();
    assertThat(report.oddities).contains("mqtt_no_memory");
  }

  @Test
  void refusesWhatIsNoPacket() {
    assertThat(play(new Talk().client(new byte[] {0x00, 0x00}), 1).violation)
        .isEqualTo("mqtt_type");
    assertThat(play(new Talk().client(new byte[] {0x30, -1, -1, -1, -1, 1}), 1).violation)
        .isEqualTo("mqtt_length");
    assertThat(play(new Talk().client(packet(0x10, text("MQTT"), "04")), 1).violation)
        .isEqualTo("mqtt_packet");
    assertThat(play(new Talk().client(packet(0x30, "0010 6162")), 1).violation)
        .isEqualTo("mqtt_packet");
  }

  @Test
  void letsADirectionGoAtAGap() {
    RecordingReport report =
        play(new Talk().client(CONNECT).clientGap(9).client(CONNECT).server(CONNACK), 50);
    assertThat(report.events).hasSize(1);
    assertThat(JSON.readTree(report.events.get(0)).at("/mqtt/connack/return_code").asInt())
        .isZero();
  }

  @Test
  void isRecognisedByItsNameAlone() {
    for (int i = 1; i < 8; i++) {
      byte[] begun = java.util.Arrays.copyOf(CONNECT, i);
      assertThat(Talk.recognise(protocol, true, 9_999, begun)).isEqualTo(Recognition.MORE);
    }
    assertThat(Talk.recognise(protocol, true, 9_999, CONNECT)).isEqualTo(Recognition.YES);
    byte[] first = packet(0x10, text("MQIsdp"), "03 02 003C", text("id"));
    assertThat(Talk.recognise(protocol, true, 9_999, first)).isEqualTo(Recognition.YES);
    byte[] other = packet(0x10, text("MQTX"), "04 02 003C", text("id"));
    assertThat(Talk.recognise(protocol, true, 1_883, other)).isEqualTo(Recognition.NO);
    assertThat(Talk.recognise(protocol, false, 1_883, CONNACK)).isEqualTo(Recognition.NO);
    assertThat(Talk.recognise(protocol, true, 1_883, "GET / HTTP/1.1\r\n"))
        .isEqualTo(Recognition.NO);
  }
}
