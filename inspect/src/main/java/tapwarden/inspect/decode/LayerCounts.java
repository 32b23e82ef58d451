package tapwarden.inspect.decode;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many frames had each layer: the {@code layers} of {@code coverage.json}. A frame counts once
 * a layer, however deep and however often the layer occurs in it.
 *
 * <p>Neighbouring frames mostly have the same layers, so that a run of equal sets is counted by one
 * increment and spread over the layers only when the run ends. One thread counts; {@link #add}
 * brings the threads' counts together.
 */
public final class LayerCounts {
  /** Most different unsupported link types that are told apart; the rest counts as the last. */
  public static final int MAX_UNSUPPORTED_LINKS = 32;

  private final long[] frames = new long[Layer.values().length];
  private final int[] unsupportedLink = new int[MAX_UNSUPPORTED_LINKS];
  private final long[] unsupportedFrames = new long[MAX_UNSUPPORTED_LINKS];
  private int unsupportedLinks;
  private long runSet;
  private long runLength;

  /** Counts one decoded frame. */
  public void count(Packet packet) {
    long set = packet.layerSet();
    if (set != runSet) {
      endRun();
      runSet = set;
    }
    runLength++;
    if ((set & Layer.UNSUPPORTED_LINK.bit()) != 0) {
      countUnsupported(packet.linkType(), 1);
    }
  }

  private void endRun() {
    for (long rest = runSet; rest != 0; rest &= rest - 1) {
      frames[Long.numberOfTrailingZeros(rest)] += runLength;
    }
    runLength = 0;
  }

  private void countUnsupported(int linkType, long by) {
    int i = 0;
    while (i < unsupportedLinks && unsupportedLink[i] != linkType) {
      i++;
    }
    if (i == unsupportedLinks) {
      if (i == MAX_UNSUPPORTED_LINKS) {
        i--;
      } else {
        unsupportedLink[unsupportedLinks++] = linkType;
      }
    }
    unsupportedFrames[i] += by;
  }

  /** Frames with {@code layer} so far. */
  public long frames(Layer layer) {
    endRun();
    return frames[layer.ordinal()];
  }

  /** Adds what {@code other} counted. */
  public void add(LayerCounts other) {
    endRun();
    other.endRun();
    for (int i = 0; i < frames.length; i++) {
      frames[i] += other.frames[i];
    }
    for (int i = 0; i < other.unsupportedLinks; i++) {
      countUnsupported(other.unsupportedLink[i], other.unsupportedFrames[i]);
    }
  }

  /**
   * Frames by public layer name, layers without frames left out, in the order of {@link Layer}; a
   * link type that the decoder does not know is {@code unsupported-link-<n>}.
   */
  public Map<String, Long> byName() {
    endRun();
    Map<String, Long> out = new LinkedHashMap<>();
    for (int i = 0; i < frames.length; i++) {
      if (frames[i] > 0 && i != Layer.UNSUPPORTED_LINK.ordinal()) {
        out.put(Layer.at(i).id(), frames[i]);
      }
    }
    for (int i = 0; i < unsupportedLinks; i++) {
      out.put("unsupported-link-" + unsupportedLink[i], unsupportedFrames[i]);
    }
    return out;
  }
}
