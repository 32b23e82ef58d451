package tapwarden.inspect.pipeline;

import java.util.Arrays;
import java.util.List;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.Recognition;

/** One worker's analysers, and which of them the first bytes of a flow belong to. */
final class Recogniser {
  /** More bytes may tell. */
  static final int MORE = -1;

  private static final int BYTES = 256;

  private final Protocol[] protocols;
  private final byte[][] candidates;
  private final int first = ProtocolRegistry.firstProvided();
  private final long frameLayers;

  Recogniser(ProtocolContext context) {
    List<ProtocolProvider> providers = ProtocolRegistry.providers();
    protocols = new Protocol[providers.size()];
    long layers = 0;
    for (int i = 0; i < protocols.length; i++) {
      protocols[i] = providers.get(i).create(context);
      layers |= protocols[i].frameLayers();
    }
    frameLayers = layers;
    candidates = candidates(protocols);
  }

  /** The analyser of that number, which is one of those provided. */
  Protocol at(int number) {
    return protocols[number - first];
  }

  boolean isProvided(int number) {
    return number >= first;
  }

  /** All layers of which some analyser wants to hear in frames without IP. */
  long frameLayers() {
    return frameLayers;
  }

  /** Numbers are below it. */
  int end() {
    return first + protocols.length;
  }

  /**
   * Asks who is sure, else whether more bytes may tell, else who thinks so.
   *
   * @param opening at least one byte
   * @param last whether no more bytes will be shown
   * @return a number, {@link ProtocolRegistry#NONE} or {@link #MORE}
   */
  int recognise(Opening opening, boolean last) {
    byte[] asked = candidates[(opening.isStream() ? BYTES : 0) + opening.u8(0)];
    int likely = ProtocolRegistry.NONE;
    boolean more = false;
    for (byte place : asked) {
      Recognition said = protocols[place].recognise(opening);
      if (said == Recognition.YES) {
        return first + place;
      }
      more |= said == Recognition.MORE;
      if (said == Recognition.LIKELY && likely == ProtocolRegistry.NONE) {
        likely = first + place;
      }
    }
    return more && !last ? MORE : likely;
  }

  /** Who is asked about bytes that begin so: datagrams, then streams, by their first byte. */
  private static byte[][] candidates(Protocol[] protocols) {
    byte[][] candidates = new byte[2 * BYTES][];
    byte[] some = new byte[protocols.length];
    for (int i = 0; i < candidates.length; i++) {
      int count = 0;
      for (int p = 0; p < protocols.length; p++) {
        if (protocols[p].mayBegin(i >= BYTES, i % BYTES)) {
          some[count++] = (byte) p;
        }
      }
      candidates[i] = Arrays.copyOf(some, count);
    }
    return candidates;
  }
}
