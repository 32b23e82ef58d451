package tapwarden.inspect.protocol.sip;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection of SIP that is fed in pieces. */
final class SipConnection {
  private static final JsonMapper JSON = JsonMapper.shared();

  final RecordingReport report = new RecordingReport(6, 40000, 5060);
  final StreamMemory memory = new StreamMemory(1 << 20);
  private final Protocol protocol =
      new SipProvider().create(new ProtocolContext(memory, new CounterBlock()));
  private final StreamReader reader = protocol.newStream(null);
  private boolean[] isOver = new boolean[2];

  static JsonNode parse(String event) {
    return JSON.readTree(event);
  }

  /** The {@code sip} object of an event. */
  JsonNode sip(int event) {
    return parse(report.events.get(event)).get("sip");
  }

  JsonNode own(int event) {
    return parse(report.events.get(event)).at("/tapwarden/sip");
  }

  Recognition recognise(byte[] bytes) {
    return protocol.recognise(
        new Opening().flow(true, 40000, 5060).bytes(true, exactly(bytes), 0, bytes.length));
  }

  /** Feeds bytes in pieces of that size, until no more are wanted. */
  void data(boolean toServer, byte[] bytes, int pieceBytes) {
    MemorySegment segment = exactly(bytes);
    for (int at = 0; at < bytes.length && !isOver[toServer ? 1 : 0]; at += pieceBytes) {
      int some = Math.min(pieceBytes, bytes.length - at);
      isOver[toServer ? 1 : 0] = !reader.data(report, toServer, segment, at, some);
    }
  }

  void gap(boolean toServer, long bytes) {
    if (!isOver[toServer ? 1 : 0]) {
      isOver[toServer ? 1 : 0] = !reader.gap(report, toServer, bytes);
    }
  }

  boolean isOver(boolean toServer) {
    return isOver[toServer ? 1 : 0];
  }

  void close() {
    reader.close(report);
  }

  private static MemorySegment exactly(byte[] bytes) {
    return MemorySegment.ofArray(bytes);
  }
}
