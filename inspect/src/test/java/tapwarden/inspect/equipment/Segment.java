package tapwarden.inspect.equipment;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.wire.IpAddress;

/** A watched segment in a test: frames go in, facts take effect, owners are asked for. */
final class Segment {
  final CounterBlock counters = new CounterBlock();
  final IdentityTracker tracker;
  final Ownership ownership;
  final List<IdentityFact> facts = new ArrayList<>();
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private long number;

  Segment(Declared... declarations) {
    this(IdentityOptions.DEFAULT, declarations);
  }

  Segment(IdentityOptions options, Declared... declarations) {
    EquipmentDirectory directory =
        EquipmentDirectory.of(
            List.of(declarations).stream().map(Declared::build).toList(),
            Policies.none(),
            VendorGroups.standard());
    tracker = new IdentityTracker(directory, Networks.standard(), options, counters);
    ownership = new Ownership(directory, Networks.standard(), new IdentityView(options));
  }

  Segment send(Layer... layers) {
    return send(Forge.frame(layers));
  }

  Segment send(byte[] frame) {
    decode(frame, ++number * 1_000_000_000L);
    int count = tracker.observe(packet);
    for (int i = 0; i < count; i++) {
      facts.add(tracker.fact(i));
      ownership.view().apply(tracker.fact(i));
    }
    return this;
  }

  Packet decode(byte[] frame, long timestampNanos) {
    Frame view = new Frame();
    MemorySegment bytes = MemorySegment.ofArray(frame);
    view.wrap(bytes, 0, frame.length, frame.length, timestampNanos, LinkType.ETHERNET, 0, number);
    decoder.decode(view, packet);
    return packet;
  }

  /** Whose the source of the last frame is, with how it was found: {@code id [how, ...]}. */
  String source() {
    return owner(true);
  }

  String destination() {
    return owner(false);
  }

  private String owner(boolean source) {
    Equipment owner = ownership.resolve(packet, source);
    return owner == null ? "nobody" : owner.id() + " " + IdentifiedBy.ids(ownership.identifiedBy());
  }

  /** Whose the address is by hardware address. */
  String ownerOf(String text) {
    IpAddress a = IpAddress.parse(text);
    Equipment owner = ownership.view().ownerOf(a.version(), a.high(), a.low());
    return owner == null ? "nobody" : owner.id();
  }

  long count(Counter counter) {
    return counters.get(counter);
  }
}
