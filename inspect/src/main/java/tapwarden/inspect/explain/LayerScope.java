package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;

/**
 * Where a layer stands that is to be explained.
 *
 * @param packet the decoded frame
 * @param index the layer's place in it
 * @param end first offset that the layer may not read
 */
record LayerScope(Packet packet, int index, long end) {
  MemorySegment segment() {
    return packet.segment();
  }

  Layer layer() {
    return packet.layer(index);
  }

  /** Where the layer's header starts, absolute in the segment. */
  long offset() {
    return packet.layerOffset(index);
  }

  boolean isFirst() {
    return index == 0;
  }

  boolean isLast() {
    return index == packet.layerCount() - 1;
  }

  /** The layer around this one; {@link Layer#PAYLOAD} around the outermost. */
  Layer previous() {
    return isFirst() ? Layer.PAYLOAD : packet.layer(index - 1);
  }

  long previousOffset() {
    return packet.layerOffset(index - 1);
  }

  /** The layer inside this one; {@link Layer#PAYLOAD} inside the innermost. */
  Layer next() {
    return isLast() ? Layer.PAYLOAD : packet.layer(index + 1);
  }
}
