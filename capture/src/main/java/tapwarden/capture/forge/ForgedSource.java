package tapwarden.capture.forge;

import java.lang.foreign.MemorySegment;
import java.util.List;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/** Forged frames as a packet source: behaves like a file with one interface. */
public final class ForgedSource implements PacketSource {
  private final String name;
  private final int linkType;
  private final List<ForgedFrame> frames;
  private int next;
  private volatile boolean interrupted;

  public ForgedSource(String name, int linkType, List<ForgedFrame> frames) {
    this.name = name;
    this.linkType = linkType;
    this.frames = List.copyOf(frames);
  }

  /** Ethernet frames under the name {@code forge}. */
  public ForgedSource(List<ForgedFrame> frames) {
    this("forge", LinkType.ETHERNET, frames);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public List<CaptureInterface> interfaces() {
    return List.of(new CaptureInterface(name, linkType, FrameBatch.MAX_FRAME_BYTES, "forged"));
  }

  @Override
  public int read(FrameBatch batch) {
    int before = batch.size();
    while (!interrupted && next < frames.size() && append(batch, frames.get(next))) {
      next++;
    }
    int added = batch.size() - before;
    return added == 0 && (interrupted || next == frames.size()) ? END : added;
  }

  private boolean append(FrameBatch batch, ForgedFrame frame) {
    return batch.append(
        MemorySegment.ofArray(frame.bytes()),
        0,
        frame.bytes().length,
        frame.wireLength(),
        frame.timestampNanos(),
        linkType,
        0);
  }

  @Override
  public SourceStatistics statistics() {
    return SourceStatistics.NONE;
  }

  @Override
  public void interrupt() {
    interrupted = true;
  }

  @Override
  public void close() {}
}
