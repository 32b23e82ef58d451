package tapwarden.inspect.protocol.http;

import java.util.List;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays talks to a worker's HTTP, and picks from what it tells. */
final class HttpTalk {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FIN = 1;

  final StreamMemory memory = new StreamMemory(1 << 20);
  final HttpProtocol protocol;

  HttpTalk() {
    protocol = new HttpProtocol(new ProtocolContext(memory, new CounterBlock()));
  }

  /** Of connections of which no more than that is seen in each direction. */
  HttpTalk(long depthBytes) {
    protocol = new HttpProtocol(new ProtocolContext(memory, new CounterBlock(), depthBytes));
  }

  StreamReader reader() {
    return protocol.newStream(null);
  }

  RecordingReport play(Talk talk) {
    return play(talk, Integer.MAX_VALUE);
  }

  /** Both sides are seen to close the connection. */
  RecordingReport play(Talk talk, int chunk) {
    return talk.play(reader(), chunk, new RecordingReport(6, 49_152, 80, FIN));
  }

  static RecordingReport withoutFiles() {
    RecordingReport report = new RecordingReport(6, 49_152, 80, FIN);
    report.unwanted.add("fileinfo");
    return report;
  }

  static List<JsonNode> events(RecordingReport report, String type) {
    return report.events.stream()
        .map(JSON::readTree)
        .filter(event -> event.get("event_type").asString().equals(type))
        .toList();
  }

  /** The http objects of the exchanges. */
  static List<JsonNode> exchanges(RecordingReport report) {
    return events(report, "http").stream().map(event -> event.get("http")).toList();
  }

  static List<JsonNode> files(RecordingReport report) {
    return events(report, "fileinfo").stream().map(event -> event.get("fileinfo")).toList();
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }
}
