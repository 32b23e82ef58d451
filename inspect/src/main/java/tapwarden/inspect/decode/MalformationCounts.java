package tapwarden.inspect.decode;

import java.util.LinkedHashMap;
import java.util.Map;

/** How many frames had each malformation. One thread counts; {@link #add} joins the threads'. */
public final class MalformationCounts {
  private final long[] frames = new long[Malformation.values().length];

  /** Counts one decoded frame; nearly all have nothing to count. */
  public void count(Packet packet) {
    for (long rest = packet.malformations(); rest != 0; rest &= rest - 1) {
      frames[Long.numberOfTrailingZeros(rest)]++;
    }
  }

  /** Frames with {@code malformation} so far. */
  public long frames(Malformation malformation) {
    return frames[malformation.ordinal()];
  }

  /** Adds what {@code other} counted. */
  public void add(MalformationCounts other) {
    for (int i = 0; i < frames.length; i++) {
      frames[i] += other.frames[i];
    }
  }

  /** Frames by public code, codes without frames left out, in the order of the enum. */
  public Map<String, Long> byName() {
    Map<String, Long> out = new LinkedHashMap<>();
    for (int i = 0; i < frames.length; i++) {
      if (frames[i] > 0) {
        out.put(Malformation.at(i).id(), frames[i]);
      }
    }
    return out;
  }
}
