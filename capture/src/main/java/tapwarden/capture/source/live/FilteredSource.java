package tapwarden.capture.source.live;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/**
 * Another source without the frames that a filter expression rejects, each of which is counted as
 * {@link Counter#FRAMES_FILTERED}. There is one program for each link type, compiled when the first
 * frame of that type arrives. A frame of a type for which the expression has no meaning cannot be
 * judged and is let through, so that nothing is lost unseen.
 */
public final class FilteredSource implements PacketSource {
  private static final System.Logger LOG = System.getLogger(FilteredSource.class.getName());

  private final PacketSource source;
  private final String expression;
  private final CounterBlock counters;
  private final Frame view = new Frame();
  private int[] linkTypes = new int[4];
  private @Nullable BpfFilter[] filters = new BpfFilter[4];
  private int programs;
  private long filtered;

  /**
   * @param counters a block that the reading thread owns
   * @throws BpfSyntaxException if the expression is wrong
   * @throws CaptureException if libpcap is missing
   */
  public FilteredSource(PacketSource source, String expression, CounterBlock counters)
      throws CaptureException {
    this.source = source;
    this.expression = expression;
    this.counters = counters;
    List<CaptureInterface> interfaces = source.interfaces();
    if (interfaces.isEmpty()) {
      compileForAny();
    } else {
      // Here a wrong expression is the user's error; later it only does not suit a link type.
      int first = interfaces.getFirst().linkType();
      remember(first, BpfFilter.compile(expression, first, FrameBatch.MAX_FRAME_BYTES));
    }
  }

  /** Refuses an expression that means nothing on any of the usual links. */
  private void compileForAny() throws CaptureException {
    try {
      remember(
          LinkType.ETHERNET,
          BpfFilter.compile(expression, LinkType.ETHERNET, FrameBatch.MAX_FRAME_BYTES));
    } catch (BpfSyntaxException onEthernet) {
      try {
        // The one other family with words of its own (type, subtype, dir, wlan ...).
        int radio = LinkType.IEEE802_11_RADIOTAP;
        remember(radio, BpfFilter.compile(expression, radio, FrameBatch.MAX_FRAME_BYTES));
      } catch (BpfSyntaxException onRadioToo) {
        onEthernet.addSuppressed(onRadioToo);
        throw onEthernet;
      }
    }
  }

  @Override
  public int read(FrameBatch batch) throws IOException {
    while (true) {
      int before = batch.size();
      int added = source.read(batch);
      if (added <= 0) {
        return added;
      }
      int kept = keepMatching(batch, before);
      if (kept > 0 || source.isLive()) {
        return kept;
      }
    }
  }

  private int keepMatching(FrameBatch batch, int before) {
    int size = batch.size();
    int end = before;
    for (int i = before; i < size; i++) {
      if (matches(batch.frame(i, view))) {
        if (i != end) {
          batch.move(i, end);
        }
        end++;
      }
    }
    if (end < size) {
      batch.truncate(end);
      filtered += size - end;
      counters.add(Counter.FRAMES_FILTERED, size - end);
    }
    return end - before;
  }

  private boolean matches(Frame frame) {
    BpfFilter filter = filterFor(frame.linkType());
    return filter == null
        || filter.matches(
            frame.segment(), frame.offset(), frame.capturedLength(), frame.wireLength());
  }

  private @Nullable BpfFilter filterFor(int linkType) {
    for (int i = 0; i < programs; i++) {
      if (linkTypes[i] == linkType) {
        return filters[i];
      }
    }
    return compileFor(linkType);
  }

  private @Nullable BpfFilter compileFor(int linkType) {
    BpfFilter filter = null;
    try {
      filter = BpfFilter.compile(expression, linkType, FrameBatch.MAX_FRAME_BYTES);
    } catch (CaptureException meaningless) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: frames of link type {1} cannot be filtered and are all let through: {2}",
          name(),
          linkType,
          meaningless.getMessage());
    }
    remember(linkType, filter);
    return filter;
  }

  private void remember(int linkType, @Nullable BpfFilter filter) {
    if (programs == linkTypes.length) {
      linkTypes = Arrays.copyOf(linkTypes, 2 * programs);
      filters = Arrays.copyOf(filters, 2 * programs);
    }
    linkTypes[programs] = linkType;
    filters[programs++] = filter;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public boolean isLive() {
    return source.isLive();
  }

  @Override
  public List<CaptureInterface> interfaces() {
    return source.interfaces();
  }

  @Override
  public SourceStatistics statistics() {
    SourceStatistics inner = source.statistics();
    return new SourceStatistics(
        inner.received(),
        inner.kernelDropped(),
        inner.interfaceDropped(),
        inner.filtered() + filtered);
  }

  @Override
  public void interrupt() {
    source.interrupt();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
