package tapwarden.benchmarks;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/** Takes everything and keeps nothing. */
public final class CountingReport implements Report {
  private final JsonWriter json = new JsonWriter();
  private final FlowSnapshot flow = EveWriterBenchmark.flow();
  private @Nullable Packet packet;
  private boolean events;
  private boolean stopped;
  private int count;

  /** Whether events are wanted. */
  public CountingReport events(boolean wanted) {
    events = wanted;
    return this;
  }

  /** Begins anew, with that packet. */
  public void restart(@Nullable Packet at) {
    packet = at;
    stopped = false;
  }

  /** Whether the reader has said that it will read no more. */
  public boolean isStopped() {
    return stopped;
  }

  public int count() {
    return count;
  }

  @Override
  public @Nullable Packet packet() {
    return packet;
  }

  @Override
  public long nanos() {
    return FrameMix.START_NANOS;
  }

  @Override
  public FlowSnapshot flow() {
    return flow;
  }

  @Override
  public int tcpFlags(boolean toServer) {
    return 0;
  }

  @Override
  public boolean wants(String eventType) {
    return events;
  }

  @Override
  public JsonWriter begin(String eventType) {
    return begin(eventType, true);
  }

  @Override
  public JsonWriter begin(String eventType, boolean toServer) {
    return json.reset().beginObject().field("event_type", eventType);
  }

  @Override
  public void end(JsonWriter written) {
    count += written.endObject().length();
  }

  @Override
  public void address(NameSource source, int ipVersion, long high, long low, int port) {
    count += port;
  }

  @Override
  public void name(NameSource source, byte[] text, int start, int length) {
    count += length;
  }

  @Override
  public void trait(String trait, Side of, byte[] text, int start, int length) {
    count += length;
  }

  @Override
  public void expect(
      String name, int ipVersion, long high, long low, int port, @Nullable Object note) {
    count++;
  }

  @Override
  public void handOverAhead(int taken, boolean toServer, byte[] ahead) {}

  @Override
  public void handOver(int taken) {
    stopped = true;
  }

  @Override
  public void handOver(int taken, byte[] before) {
    stopped = true;
  }

  @Override
  public void oddity(String what) {
    count++;
  }

  @Override
  public void violated(String what) {
    stopped = true;
  }
}
