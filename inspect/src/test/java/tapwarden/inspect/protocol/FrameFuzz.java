package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.json.JsonMapper;

/** Frames without IP, given to a protocol as the pipeline does. */
public final class FrameFuzz {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long NANOS = 1_700_000_000_000_000_000L;

  public final RecordingReport report = new RecordingReport();
  private final Protocol protocol;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final Frame frame = new Frame();

  public FrameFuzz(ProtocolProvider provider) {
    protocol = provider.create(new ProtocolContext(new StreamMemory(1 << 20), new CounterBlock()));
  }

  /**
   * An Ethernet frame.
   *
   * @return whether the protocol wants to hear of it
   */
  public boolean frame(byte[] bytes, long seconds) {
    long nanos = NANOS + seconds * 1_000_000_000L;
    MemorySegment segment = MemorySegment.ofArray(bytes);
    frame.wrap(segment, 0, bytes.length, bytes.length, nanos, LinkType.ETHERNET, 0, 1);
    decoder.decode(frame, packet);
    if ((packet.layerSet() & protocol.frameLayers()) == 0 || packet.ipVersion() != 0) {
      return false;
    }
    protocol.frame(report, packet);
    return true;
  }

  /** Any bytes behind a head: no exception, and an event at most, which is JSON. */
  public static void check(ProtocolProvider provider, byte[] head, byte[] data) {
    FrameFuzz frames = new FrameFuzz(provider);
    byte[] bytes = Arrays.copyOf(head, head.length + data.length);
    System.arraycopy(data, 0, bytes, head.length, data.length);
    boolean unused = frames.frame(bytes, 0);
    unused = frames.frame(bytes, 30);
    if (frames.report.events.size() > 1) {
      throw new AssertionError("told twice");
    }
    for (String event : frames.report.events) {
      if (!JSON.readTree(event).isObject()) {
        throw new AssertionError(event);
      }
    }
  }
}
