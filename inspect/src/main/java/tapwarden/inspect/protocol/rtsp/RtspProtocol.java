package tapwarden.inspect.protocol.rtsp;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/** Reads RTSP: each message is a fact of its own. Over UDP, which nobody uses, it is only named. */
final class RtspProtocol implements Protocol {
  private final StreamMemory memory;
  private final DatagramBytes bytes = new DatagramBytes();
  private final RtspFacts facts = new RtspFacts();

  RtspProtocol(StreamMemory memory) {
    this.memory = memory;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return RtspOpening.mayBegin(firstByte);
  }

  @Override
  public Recognition recognise(Opening opening) {
    return RtspOpening.recognise(opening);
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new RtspStream(memory, bytes, facts);
  }
}
