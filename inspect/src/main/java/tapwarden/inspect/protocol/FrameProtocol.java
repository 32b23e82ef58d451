package tapwarden.inspect.protocol;

import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;

/** A protocol that frames carry without IP: found by its layer, never by the content of a flow. */
public abstract class FrameProtocol implements Protocol {
  private final Layer layer;

  protected FrameProtocol(Layer layer) {
    this.layer = layer;
  }

  /**
   * A frame with the protocol's layer.
   *
   * @param offset where the layer begins
   */
  protected abstract void read(Report report, Packet packet, long offset);

  @Override
  public final Recognition recognise(Opening opening) {
    return Recognition.NO;
  }

  @Override
  public final boolean mayBegin(boolean isStream, int firstByte) {
    return false;
  }

  @Override
  public final long frameLayers() {
    return layer.bit();
  }

  @Override
  public final void frame(Report report, Packet packet) {
    for (int i = 0; i < packet.layerCount(); i++) {
      if (packet.layer(i) == layer) {
        read(report, packet, packet.layerOffset(i));
        return;
      }
    }
  }
}
