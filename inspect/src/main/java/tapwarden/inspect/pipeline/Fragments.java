package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.fragment.Reassembler;

/**
 * Finds the fragment in a frame, whatever carries it or is carried by it, and what it makes whole:
 * the outermost first, and what comes out of that in fragments again.
 *
 * <p>There is one for all workers, because the fragments of one datagram need not be one worker's:
 * only the first one shows ports, by which DNS goes to its client, or what is inside a tunnel. With
 * one worker it is the worker's, else the capture thread's, which sends the workers notices. Both
 * see every frame and every tick in order, so it makes no difference.
 */
final class Fragments implements Reassembler.Listener {
  /** What is found is said here, in the order of {@code sequence}, which begins with each frame. */
  interface Out {
    /**
     * The fragments of a datagram contradict each other, as one of them shows.
     *
     * @param fragment innermost in it is the fragment
     * @param carrying the frame in which the fragment was found
     * @param ipOffset in the frame, before which lengths mean nothing; 0 in a frame of the wire
     */
    void differ(Packet fragment, Frame carrying, int ipOffset, int level, int sequence);

    /**
     * @param whole the datagram and what is in it; may be inside a tunnel that is in fragments, and
     *     a fragment itself
     * @param carrying it as one frame
     * @param ipOffset where in that frame it begins
     * @param chosen whether this is the reading to go by, or another, which is to be searched too
     */
    void whole(Packet whole, Frame carrying, int ipOffset, boolean chosen, int sequence);
  }

  private final Out out;
  private final Reassembler reassembler;
  private final PacketDecoder decoder = new PacketDecoder();
  private final @Nullable Packet[] wholes = new Packet[Reassembler.MOST_DEPTH];
  private final @Nullable Packet[] fragments = new Packet[Reassembler.MOST_DEPTH];
  private Frame frame = new Frame();
  private int ipOffset;
  private int level;
  private int sequence;
  private int depth;

  Fragments(FragmentOptions options, long secret, CounterBlock counters, Out out) {
    this.out = out;
    reassembler = new Reassembler(options, secret, counters, this);
  }

  void advance(long nanos) {
    reassembler.advance(nanos);
  }

  /** A frame of the wire in which there is a fragment ({@link Layer#FRAGMENT}). */
  void take(Frame carrying, Packet packet) {
    sequence = 0;
    depth = 0;
    take(carrying, 0, packet);
  }

  private void take(Frame carrying, int whereWhole, Packet packet) {
    if (packet.outerIpVersion() == 0) {
      add(carrying, whereWhole, Packet.MAX_LAYERS, packet);
      return;
    }
    Packet outer = of(fragments);
    for (int at = 1; at <= Packet.MAX_LAYERS; at++) {
      decoder.decodeWhole(carrying, whereWhole, outer, at);
      if (outer.isFragment()) {
        add(carrying, whereWhole, at, outer);
        return;
      }
      if (outer.networkOffset() == packet.networkOffset()) {
        return;
      }
    }
  }

  /** Each depth has its own. */
  private Packet of(@Nullable Packet[] packets) {
    Packet packet = packets[depth];
    if (packet == null) {
      packet = new Packet();
      packets[depth] = packet;
    }
    return packet;
  }

  private void add(Frame carrying, int whereWhole, int at, Packet fragment) {
    frame = carrying;
    ipOffset = whereWhole;
    level = at;
    reassembler.add(fragment);
  }

  @Override
  public void differ(Packet fragment) {
    out.differ(fragment, frame, ipOffset, level, sequence++);
  }

  @Override
  public void whole(Frame made, int begins, Packet completedBy, boolean chosen) {
    Packet whole = of(wholes);
    decoder.decodeWhole(made, begins, whole, Packet.MAX_LAYERS);
    out.whole(whole, made, begins, chosen, sequence++);
    if (chosen && whole.has(Layer.FRAGMENT) && depth < Reassembler.MOST_DEPTH - 1) {
      depth++;
      take(made, begins, whole);
      depth--;
    }
  }
}
