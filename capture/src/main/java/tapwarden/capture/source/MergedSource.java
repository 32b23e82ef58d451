package tapwarden.capture.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.packet.FrameBatch;

/**
 * Several live sources as one: read in turn, so that the two directions that two tap ports deliver
 * meet in one flow table. Frames of one turn are in the order of their source; between sources the
 * order is that of reading, as on a switch's mirror port. It ends when all have ended. One that
 * fails for good leaves the others; when no other is left either, reading fails as the first did.
 */
public final class MergedSource implements PacketSource {
  private final List<PacketSource> sources;
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private final int[] firstInterface;
  private final boolean[] failed;
  private @Nullable IOException firstFailure;
  private int turn;

  /**
   * @param sources live sources, each with interfaces that do not change
   */
  public MergedSource(List<PacketSource> sources) {
    this.sources = List.copyOf(sources);
    firstInterface = new int[sources.size()];
    failed = new boolean[sources.size()];
    for (int i = 0; i < firstInterface.length; i++) {
      firstInterface[i] = interfaces.size();
      interfaces.addAll(this.sources.get(i).interfaces());
    }
  }

  @Override
  public String name() {
    return sources.stream().map(PacketSource::name).collect(Collectors.joining(","));
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public List<CaptureInterface> interfaces() {
    return List.copyOf(interfaces);
  }

  @Override
  public int read(FrameBatch batch) throws IOException {
    int before = batch.size();
    int ended = 0;
    int lost = 0;
    for (int i = 0; i < sources.size() && !batch.isFull(); i++) {
      turn = turn + 1 == sources.size() ? 0 : turn + 1;
      int start = batch.size();
      int added = failed[turn] ? END : readThis(batch);
      if (added == END) {
        ended++;
        lost += failed[turn] ? 1 : 0;
      } else {
        batch.shiftInterfaces(start, firstInterface[turn]);
      }
    }
    if (lost == sources.size() && firstFailure != null) {
      throw firstFailure;
    }
    return ended == sources.size() ? END : batch.size() - before;
  }

  private int readThis(FrameBatch batch) {
    try {
      return sources.get(turn).read(batch);
    } catch (IOException problem) {
      failed[turn] = true;
      firstFailure = firstFailure == null ? problem : firstFailure;
      return END;
    }
  }

  @Override
  public SourceStatistics statistics() {
    long received = 0;
    long kernel = 0;
    long card = 0;
    long filtered = 0;
    long damaged = 0;
    for (PacketSource source : sources) {
      SourceStatistics s = source.statistics();
      received += s.received();
      kernel += s.kernelDropped();
      card += s.interfaceDropped();
      filtered += s.filtered();
      damaged += s.damaged();
    }
    return new SourceStatistics(received, kernel, card, filtered, damaged);
  }

  @Override
  public void interrupt() {
    sources.forEach(PacketSource::interrupt);
  }

  @Override
  public void close() throws IOException {
    IOException problem = null;
    for (PacketSource source : sources) {
      try {
        source.close();
      } catch (IOException e) {
        problem = e;
      }
    }
    if (problem != null) {
      throw problem;
    }
  }
}
